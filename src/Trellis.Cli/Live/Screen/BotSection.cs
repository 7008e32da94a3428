using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Views;

namespace Trellis.Cli.Live.Screen;

/// <summary>The bots: state, the four numbers whose sum is the change of equity, and equity; with room, positions and why a bot does not run.</summary>
internal sealed class BotSection(LiveFacts facts, TradingView view, Amounts amounts) : ISection
{
    private const int LeastRows = 3;
    private const int UsualRows = 5;
    private const int LongestName = 18;
    private const int StateWidth = 8;

    /// <summary>A note that is cut earlier says nothing.</summary>
    private const int LeastNote = 20;
    private static readonly string[] Numbers = ["realized", "unrealized", "fees", "funding", "equity"];

    private readonly IReadOnlyList<Row> rows = [.. view.Bots.Select(bot => RowOf(facts, bot, amounts))];

    public int Least => Math.Min(Wanted, UsualRows);

    public int Wanted => 2 + rows.Count + (HasTotal ? 1 : 0);

    private bool HasTotal => rows.Count > 1;

    public IReadOnlyList<ScreenLine> Draw(int width, int height)
    {
        var lines = new List<ScreenLine> { SectionStyle.Title(view.Bots.Count == 1 ? "1 bot" : $"{view.Bots.Count} bots", width) };
        if (height < LeastRows)
        {
            return [.. lines.Take(height)];
        }

        var total = Total();
        var columns = Columns([.. rows, total]);
        lines.Add(Line(new Row("bot", "state", Numbers, [], false, "position"), columns, width, isHead: true));
        var room = height - 2;
        var body = rows.Select(row => Line(row, columns, width, isHead: false)).ToList();
        if (!HasTotal || room < 3)
        {
            lines.AddRange(SectionStyle.FirstOf(body, room));
            return lines;
        }

        lines.AddRange(SectionStyle.FirstOf(body, room - 1));
        lines.Add(Line(total, columns, width, isHead: false));
        return lines;
    }

    private static Row RowOf(LiveFacts facts, BotView bot, Amounts amounts)
    {
        decimal[] values = [bot.Realized, bot.Unrealized, bot.Fees, bot.Funding];
        var capital = facts.Settings.Bots[bot.Bot].Capital;
        var reason = bot.State is BotState.Running || bot.Reason.Length == 0 ? "" : facts.Redaction.Clean(bot.Reason);
        var positions = string.Join(", ", bot.Positions.Select(position => Position(facts, position)));
        var note = reason.Length > 0 && positions.Length > 0 ? $"{reason}; {positions}" : reason + positions;
        return new Row(
            facts.Bot(bot.Bot), LiveWords.Of(bot.State), [.. values.Select(amounts.Signed), amounts.Of(capital + values.Sum())], values, bot.State is BotState.Failed, note.Length > 0 ? note : bot.Report?.State ?? "");
    }

    private static string Position(LiveFacts facts, PositionView position)
    {
        var market = facts.Settings.Markets[position.Market];
        var side = position.Side == PositionSide.Net ? position.Size > 0 ? "long" : "short" : LiveWords.Of(position.Side);
        return $"{facts.ShortName(position.Market)} {side} {Amounts.Quantity(Math.Abs(position.Size), market)} at {Amounts.Price(position.EntryPrice, market)}";
    }

    private static int[] Columns(IReadOnlyList<Row> rows) =>
    [
        Math.Clamp(rows.Max(row => Cells.Width(row.Name)), 3, LongestName),
        .. Numbers.Index().Select(number => Math.Max(number.Item.Length, rows.Max(row => row.Texts[number.Index].Length))),
    ];

    private static ScreenLine Line(Row row, int[] columns, int width, bool isHead)
    {
        var line = new ScreenLine().Add(Cells.Left(row.Name, columns[0]), isHead ? Palette.Dim : Palette.Bold);
        line.Add(" " + Cells.Left(row.State, StateWidth), isHead ? Palette.Dim : row.HasFailed ? Palette.Alarm : row.State is "running" or "" ? Palette.Plain : Palette.Doubtful);
        for (var i = 0; i < row.Texts.Count; i++)
        {
            line.Add("  " + Cells.Right(row.Texts[i], columns[i + 1]), isHead ? Palette.Dim : i < row.Values.Count ? Palette.Of(row.Values[i]) : Palette.Bold);
        }

        return width - line.Width >= LeastNote ? line.Add("  " + row.Note, Palette.Dim) : line;
    }

    private Row Total()
    {
        decimal[] values = [view.Bots.Sum(bot => bot.Realized), view.Bots.Sum(bot => bot.Unrealized), view.Bots.Sum(bot => bot.Fees), view.Bots.Sum(bot => bot.Funding)];
        var capital = view.Bots.Sum(bot => facts.Settings.Bots[bot.Bot].Capital);
        return new Row("all", "", [.. values.Select(amounts.Signed), amounts.Of(capital + values.Sum())], values, false, "");
    }

    private sealed record Row(string Name, string State, IReadOnlyList<string> Texts, IReadOnlyList<decimal> Values, bool HasFailed, string Note);
}
