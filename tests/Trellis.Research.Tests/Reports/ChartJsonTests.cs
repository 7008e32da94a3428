using System.Text.Json.Nodes;
using Trellis.Research.Backtesting;
using Trellis.Research.Reports;
using Trellis.Research.Results;
using Trellis.Research.Tests.Results;

namespace Trellis.Research.Tests.Reports;

public sealed class ChartJsonTests
{
    [Fact]
    public void Every_candle_of_a_short_run_comes_back_and_holes_stay_holes()
    {
        var holes = 0;
        foreach (var setup in RandomSetups.Of(60))
        {
            var outcome = new BacktestRun(setup, Engine.Auto).Finish();
            var chart = JsonNode.Parse(ChartJson.Write(setup, outcome, "hash"))!;
            var lanes = ResultLane.Of(setup, outcome).DistinctBy(lane => lane.Instrument).ToList();
            chart["instruments"]!.AsArray().Count.ShouldBe(lanes.Count);
            for (var i = 0; i < lanes.Count; i++)
            {
                holes += Check(chart["instruments"]![i]!, lanes[i], outcome.Range);
            }
        }

        holes.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void The_curve_ends_at_the_equity_of_the_result_and_holds_its_extremes()
    {
        foreach (var setup in RandomSetups.Of(60))
        {
            var outcome = new BacktestRun(setup, Engine.Auto).Finish();
            var curve = JsonNode.Parse(ChartJson.Write(setup, outcome, "hash"))!["curve"]!;
            var (equity, below, above) = (Steps(curve["equity"]!), Packed.Read($"{curve["below"]}"), Packed.Read($"{curve["above"]}"));
            var unit = Math.Pow(10, -curve["decimals"]!.GetValue<int>());

            (equity[^1] * unit).ShouldBe((double)outcome.Equity.ToDecimal(), unit);
            below.Concat(above).ShouldAllBe(distance => distance >= 0);
            var trough = outcome.MaxDrawdown.TroughCandle < 0 ? (double)outcome.StartBalance.ToDecimal() : (double)outcome.MaxDrawdown.Trough.ToDecimal();
            equity.Zip(below, (value, distance) => (value - distance) * unit).Any(low => Math.Abs(low - trough) <= unit || outcome.MaxDrawdown.TroughCandle < 0).ShouldBeTrue();
        }
    }

    private static int Check(JsonNode instrument, ResultLane lane, RunRange range)
    {
        var series = lane.Setup.Candles;
        var missing = new HashSet<long>();
        var runs = Packed.Read($"{instrument["missing"]}");
        for (var i = 0; i < runs.Count; i += 2)
        {
            missing.UnionWith(Enumerable.Range((int)runs[i], (int)runs[i + 1]).Select(each => (long)each));
        }

        var prices = Packed.Read($"{instrument["prices"]}");
        var (last, at) = (0L, 0);
        instrument["count"]!.GetValue<int>().ShouldBe(range.Count);
        for (var candle = 0; candle < range.Count; candle++)
        {
            missing.Contains(candle).ShouldBe(series.IsHole(lane.Offset + candle));
            if (missing.Contains(candle))
            {
                continue;
            }

            var open = last + prices[at];
            var close = open + prices[at + 1];
            (open, close).ShouldBe((series.Open.Span[lane.Offset + candle], series.Close.Span[lane.Offset + candle]));
            (Math.Max(open, close) + prices[at + 2]).ShouldBe(series.High.Span[lane.Offset + candle]);
            (Math.Min(open, close) - prices[at + 3]).ShouldBe(series.Low.Span[lane.Offset + candle]);
            (last, at) = (close, at + 4);
        }

        at.ShouldBe(prices.Count);
        return missing.Count;
    }

    private static List<long> Steps(JsonNode packed)
    {
        var sum = 0L;
        return [.. Packed.Read($"{packed}").Select(step => sum += step)];
    }
}
