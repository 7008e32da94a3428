namespace Trellis.Cli.Live.Screen;

/// <summary>The top of the screen: what kind of money this is, whether trading is forbidden, and how much there is.</summary>
internal static class HeadFacts
{
    public static IEnumerable<ScreenLine> Of(LiveFacts facts, ScreenContent content, int width)
    {
        var clock = LiveWords.Clock(content.Status?.View.Time is > 0 and var time ? Math.Max(time, content.Now) : content.Now) + " UTC";
        var left = new ScreenLine($" {LiveWords.Of(facts.Mode)} ", Palette.Of(facts.Mode)).Add($" {facts.Exchange} {facts.Account}", Palette.Bold).Add($"  {facts.Address}  trellis {facts.Version}", Palette.Dim);
        yield return left.Fit(Math.Max(0, width - clock.Length - 1)).Add(" ").Add(clock);
        foreach (var line in Alarms(facts, content))
        {
            yield return line.Fit(width);
        }

        if (content.Status is { View: var view })
        {
            var amounts = new Amounts(view.Equity);
            foreach (var line in Flow.Of(Money(facts, view, amounts), width))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<ScreenLine> Alarms(LiveFacts facts, ScreenContent content)
    {
        if (content.Trouble.Length > 0)
        {
            yield return new ScreenLine($" {facts.Redaction.Clean(content.Trouble)} ", Palette.Alarm);
        }

        if (content.Status?.View is { KilledBy.Length: > 0 } killed)
        {
            yield return new ScreenLine($" KILL SWITCH ON, thrown by {facts.Redaction.Clean(killed.KilledBy)}: no order is sent until it is released ", Palette.Alarm);
        }

        if (content.Status?.View is { Forbidden.Length: > 0 } forbidden)
        {
            yield return new ScreenLine($" NOT ALLOWED TO TRADE: {facts.Redaction.Clean(forbidden.Forbidden)} ", Palette.Alarm);
        }
    }

    private static IEnumerable<ScreenLine> Money(LiveFacts facts, Core.Trading.Views.TradingView view, Amounts amounts)
    {
        yield return new ScreenLine().Add("equity ", Palette.Dim).Add($"{amounts.Of(view.Equity)} {facts.Settings.Currency}", Palette.Bold);
        if (view.PeakEquity is { } peak and > 0)
        {
            var fall = (1 - (view.Equity / peak)) * 100;
            var limit = facts.Settings.Limits.MaxDrawdownPercent is { } most ? $" of {most:0.##} % allowed" : "";
            yield return new ScreenLine().Add("drawdown ", Palette.Dim).Add($"{Math.Max(0, fall):0.00} %{limit}");
        }

        yield return new ScreenLine().Add("kill switch ", Palette.Dim).Add(view.KilledBy.Length > 0 ? "ON" : "off", view.KilledBy.Length > 0 ? Palette.Alarm : Palette.Plain);
    }
}
