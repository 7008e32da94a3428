using Spectre.Console;
using Trellis.Engine;

namespace Trellis.Cli.Live.Screen;

/// <summary>The bottom of the screen: streams, clock, limits, storage and whether the account is understood.</summary>
internal static class HealthFacts
{
    private const long Quiet = 10_000;
    private const long LargestClockOffset = 1_000;
    private const double NearLimit = 90;

    public static IEnumerable<ScreenLine> Of(LiveFacts facts, EngineStatus status, long now)
    {
        var (health, view) = (status.Health, status.View);
        yield return Fact("market stream ", health.MarketStreamUp ? $"up{QuietFor(health.LastMarketData, now + health.ClockOffset)}" : "DOWN", health.MarketStreamUp ? Palette.Plain : Palette.Alarm);
        yield return Fact("user stream ", health.UserStreamUp ? "up" : "DOWN", health.UserStreamUp ? Palette.Plain : Palette.Alarm);
        yield return Fact("clock ", $"{health.ClockOffset:+0;-0;0} ms", Math.Abs(health.ClockOffset) > LargestClockOffset ? Palette.Doubtful : Palette.Plain);
        yield return Fact("request limit ", $"{health.UsedWeightPercent:0} % used", health.UsedWeightPercent > NearLimit ? Palette.Doubtful : Palette.Plain);
        yield return Fact("circuit ", health.CircuitOpen ? "OPEN" : "closed", health.CircuitOpen ? Palette.Alarm : Palette.Plain);
        yield return Fact("requests ", $"{status.Requests:N0} open, {status.Waiting:N0} inputs wait", Palette.Plain);
        var behind = Math.Max(0, status.Sequence - status.Committed);
        yield return status.StorageTrouble.Length > 0
            ? Fact("journal ", $"NOT ON DISK since {status.Committed:N0}, {behind:N0} behind: {facts.Redaction.Clean(status.StorageTrouble)}", Palette.Alarm)
            : Fact("journal ", $"{status.Committed:N0} on disk, {behind:N0} behind", Palette.Plain);
        var reconciliation = view.Reconciliation;
        yield return reconciliation switch
        {
            { Problem.Length: > 0 } => Fact("account ", $"NOT RECONCILED: {facts.Redaction.Clean(reconciliation.Problem)}", Palette.Alarm),
            { IsReconciled: false } => Fact("account ", "not reconciled yet", Palette.Doubtful),
            _ => Fact("account ", $"reconciled {LiveWords.Clock(reconciliation.CertainUntil)}", Palette.Good),
        };
        if (reconciliation.Corrected != 0)
        {
            yield return Fact("corrected ", LiveWords.Exact(decimal.Round(reconciliation.Corrected, 8)), Palette.Doubtful);
        }

        if (view.ForeignOrders.Count > 0)
        {
            yield return Fact("foreign orders ", $"{view.ForeignOrders.Count:N0}", Palette.Plain);
        }
    }

    private static string QuietFor(long last, long now) => last > 0 && now - last > Quiet ? $", quiet for {(now - last) / 1000} s" : "";

    private static ScreenLine Fact(string name, string value, Style style) => new ScreenLine(name, Palette.Dim).Add(value, style);
}
