using Trellis.Core.Trading.Views;

namespace Trellis.Cli.Live.Screen;

/// <summary>The ladders of all instruments, one below another.</summary>
internal sealed class LadderSection(LiveFacts facts, TradingView view) : ISection
{
    private const int LeastRows = 2;

    private readonly IReadOnlyList<Ladder> ladders = [.. view.Markets.Select(market => new Ladder(facts, view, market))];

    public int Least => Math.Min(ladders.Count * LeastRows, 4);

    public int Wanted => ladders.Sum(ladder => ladder.Wanted);

    public int Weight => 4;

    public IReadOnlyList<ScreenLine> Draw(int width, int rows)
    {
        if (ladders.Count * LeastRows <= rows)
        {
            var given = Rows.Divide(rows, [.. ladders.Select(ladder => new Claim(LeastRows, ladder.Wanted))]);
            return [.. ladders.SelectMany((ladder, index) => ladder.Draw(width, given[index]))];
        }

        return [.. SectionStyle.FirstOf([.. ladders.Select(ladder => ladder.Head(width))], rows)];
    }
}
