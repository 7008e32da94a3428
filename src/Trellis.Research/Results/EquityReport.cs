using Trellis.Core.Metrics;
using Trellis.Core.Numerics;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Results;

/// <summary>The curve of equity: as <c>equity.csv</c>, as a short column to draw, and what it says of performance.</summary>
/// <param name="Exposure">Over every close.</param>
/// <param name="Underwater">Over every close.</param>
/// <param name="Metrics">docs/metrics.md.</param>
/// <param name="Points">Equity at the closes that <c>equity.csv</c> lists.</param>
public sealed record EquityReport(Exposure Exposure, UnderwaterMeter Underwater, PerformanceMetrics Metrics, IReadOnlyList<Money> Points)
{
    private const long Day = DailyReturnsMeter.Day;

    /// <summary>Walks over the run once, and writes the rows of <c>equity.csv</c> on the way.</summary>
    /// <param name="setup">What was run.</param>
    /// <param name="outcome">What it left behind.</param>
    /// <param name="csv">Gets the rows; null where only the numbers are wanted.</param>
    public static EquityReport Write(BacktestSetup setup, RunOutcome outcome, TextWriter? csv)
    {
        var range = outcome.Range;
        var lanes = ResultLane.Of(setup, outcome);
        var metrics = new MetricsAccumulator(range.StartTime, outcome.StartBalance, lanes.Count * 2, ResultLane.Instruments(lanes).Max() + 1);
        var walk = new EquityWalk(outcome, lanes, metrics);
        var points = new List<Money>();
        csv?.Write(Header(lanes));
        for (var candle = 0; candle < range.Count; candle = NextRow(candle, outcome))
        {
            walk.MoveTo(candle);
            metrics.Take(range.TimeOf(candle + 1), new Money(walk.Equity));
            points.Add(new Money(walk.Equity));
            csv?.Write(Row(walk, lanes, candle, range.TimeOf(candle + 1)));
        }

        return new EquityReport(walk.Exposure.Result, walk.Underwater, metrics.Result(outcome.MaxDrawdown.Share), points);
    }

    /// <summary>The next candle that closes a UTC day, was that of the liquidation, or is the last.</summary>
    private static int NextRow(int candle, RunOutcome outcome)
    {
        var range = outcome.Range;
        if (candle == range.Count - 1)
        {
            return range.Count;
        }

        var close = range.TimeOf(candle + 1);
        var midnight = ((close / Day) + 1) * Day;
        var next = Math.Min((long)range.Count - 1, candle + ((midnight - close + range.Interval - 1) / range.Interval));
        return (int)(outcome.LiquidatedAt > candle ? Math.Min(next, outcome.LiquidatedAt.Value) : next);
    }

    private static string Header(IReadOnlyList<ResultLane> lanes) =>
        "time,time_ms,equity,wallet,unrealized,drawdown" +
        string.Concat(lanes.Select(lane => $",{lane.BotName} {lane.Instrument} close,{lane.BotName} {lane.Instrument} position")) + "\n";

    private static string Row(EquityWalk walk, IReadOnlyList<ResultLane> lanes, int candle, long closeTime)
    {
        var row = string.Join(
            ',',
            CanonicalText.Time(closeTime),
            closeTime,
            CanonicalText.Of(walk.Equity),
            CanonicalText.Of(walk.Wallet),
            CanonicalText.Of(walk.Equity - walk.Wallet),
            CanonicalText.Of(walk.Drawdown));
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            var units = lanes[lane].Units;
            row += $",{CanonicalText.Of(units.ToPrice(walk.Close(lane, candle)))},{CanonicalText.Of(units.ToQuantity(walk.NetSize(lane)))}";
        }

        return row + "\n";
    }
}
