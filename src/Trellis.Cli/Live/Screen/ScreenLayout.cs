using Trellis.Engine;

namespace Trellis.Cli.Live.Screen;

/// <summary>Divides the screen among its parts; side by side where it is wide.</summary>
internal sealed class ScreenLayout(LiveFacts facts)
{
    private const int Wide = 140;
    private const string Between = " │ ";

    /// <returns>At most <paramref name="height"/> lines of exactly <paramref name="width"/> cells.</returns>
    public IReadOnlyList<ScreenLine> Draw(ScreenContent content, int width, int height)
    {
        List<ScreenLine> lines = [.. HeadFacts.Of(facts, content, width)];
        if (content.Status is { } status)
        {
            List<ScreenLine> foot = [SectionStyle.Title("health", width), .. Flow.Of(HealthFacts.Of(facts, status, content.Now), width)];
            var rows = height - lines.Count - foot.Count;
            lines.AddRange(Body(status, content, width, Math.Max(0, rows)));
            lines.AddRange(foot);
        }
        else
        {
            lines.Add(new ScreenLine("the engine begins: it reads its journal and asks the exchange for the account", Palette.Dim));
        }

        return [.. lines.Take(height).Select(line => line.Fit(width))];
    }

    private List<ScreenLine> Body(EngineStatus status, ScreenContent content, int width, int rows)
    {
        var amounts = new Amounts(status.View.Equity);
        var bots = new BotSection(facts, status.View, amounts);
        var ladders = new LadderSection(facts, status.View);
        var fills = new FillSection(facts, content.Fills, amounts);
        var alerts = new AlertSection(facts, content.Alerts);
        if (width < Wide)
        {
            return Stack([bots, ladders, alerts, fills], width, rows, isFilled: true);
        }

        var top = Math.Min(bots.Wanted, Math.Max(bots.Least, rows / 3));
        var left = (width - Between.Length) / 2;
        return [.. Stack([bots], width, top, isFilled: false), .. Beside(Stack([ladders], left, rows - top, isFilled: true), Stack([alerts, fills], width - left - Between.Length, rows - top, isFilled: true), left)];
    }

    /// <param name="isFilled">Whether empty rows follow, so that what comes below stays where it is.</param>
    private static List<ScreenLine> Stack(IReadOnlyList<ISection> sections, int width, int rows, bool isFilled)
    {
        var given = Rows.Divide(rows, [.. sections.Select(section => new Claim(section.Least, section.Wanted, section.Weight))]);
        List<ScreenLine> lines = [.. sections.SelectMany((section, index) => given[index] == 0 ? [] : section.Draw(width, given[index]))];
        while (isFilled && lines.Count < rows)
        {
            lines.Add(new ScreenLine());
        }

        return lines;
    }

    private static IEnumerable<ScreenLine> Beside(IEnumerable<ScreenLine> left, IEnumerable<ScreenLine> right, int width) =>
        left.Zip(right, (one, other) => one.Fit(width).Add(Between, Palette.Dim).Add(other));
}
