using System.Globalization;
using Trellis.Core.Numerics;
using Trellis.Research.Backtesting;
using Trellis.Research.Results;
using Trellis.Research.Tests.Vectors;

namespace Trellis.Research.Tests.Results;

public sealed class MetricsTests
{
    private const int Cases = 250;

    [Fact]
    public void Parts_sum_to_totals_and_months_multiply_to_the_return_in_random_runs()
    {
        var (trades, months) = (0, 0);
        foreach (var result in Results())
        {
            var metrics = result.Equity.Metrics;
            var costs = result.Total.Fees + result.Total.Funding;
            metrics.Trades.Realized.ShouldBe(result.Total.Realized);
            (metrics.Trades.Profit + metrics.Carried).ShouldBe(result.Total.Realized + costs);
            (metrics.RoundTrips.Profit + metrics.OpenRoundTrips).ShouldBe(result.Total.Realized + costs);
            metrics.Distribution.Sum(bin => bin.Count).ShouldBe(metrics.Trades.Count);
            metrics.Instruments.Sum(each => each.Trades.Count).ShouldBe(metrics.Trades.Count);
            Sum(metrics.Instruments.Select(each => each.Turnover)).ShouldBe(metrics.Turnover);
            Sum(metrics.Months.Select(month => month.Change)).ShouldBe(result.Change);
            Sum(metrics.Months.Select(month => month.Fees)).ShouldBe(result.Total.Fees);
            Sum(metrics.Months.Select(month => month.Funding)).ShouldBe(result.Total.Funding);
            Sum(metrics.Months.Select(month => month.Realized)).ShouldBe(result.Total.Realized);
            Sum(metrics.Months.Select(month => month.Turnover)).ShouldBe(metrics.Turnover);
            metrics.Months.Sum(month => month.Fills).ShouldBe((int)result.Total.Fills);
            if (metrics.Months.All(month => month.Return is not null))
            {
                metrics.Months.Aggregate(1.0, (product, month) => product * (1 + month.Return!.Value)).ShouldBe(1 + result.Return, 1e-9);
            }

            (trades, months) = (trades + metrics.Trades.Count, months + metrics.Months.Count);
        }

        trades.ShouldBeGreaterThan(Cases);
        months.ShouldBeGreaterThan(Cases);
    }

    [Fact]
    public async Task The_independent_computation_finds_the_same_numbers()
    {
        var parent = Directory.CreateTempSubdirectory("trellis-metrics-");
        try
        {
            var folders = new List<string>();
            foreach (var setup in Stretched.Of(Cases))
            {
                var outcome = new BacktestRun(setup, Engine.Auto).Finish();
                var folder = Path.Combine(parent.FullName, $"{folders.Count}");
                ResultFolder.WriteTo(folder, SmallRun.Description(), setup, outcome);
                await File.WriteAllLinesAsync(Path.Combine(folder, "closes.csv"), Closes(setup, outcome), TestContext.Current.CancellationToken);
                folders.Add(folder);
            }

            folders.Count.ShouldBeGreaterThan(Cases / 2);
            await PythonScript.Judge("metrics.py", [.. folders]);
        }
        finally
        {
            parent.Delete(recursive: true);
        }
    }

    private static IEnumerable<BacktestResult> Results() => Stretched.Of(Cases).Select(setup => BacktestResult.Of(SmallRun.Description(), setup, new BacktestRun(setup, Engine.Auto).Finish()));

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (sum, amount) => sum + amount);

    private static IEnumerable<string> Closes(BacktestSetup setup, RunOutcome outcome) =>
        ResultLane.Of(setup, outcome).DistinctBy(lane => lane.Instrument).Select(lane => string.Join(
            ',',
            [lane.Instrument.ToString(), lane.Units.Instrument.ContractMultiplier.ToString(CultureInfo.InvariantCulture), .. lane.Closes(outcome.Range.Count).ToArray().Select(close => lane.Units.ToPrice(close).ToString(CultureInfo.InvariantCulture))]));
}
