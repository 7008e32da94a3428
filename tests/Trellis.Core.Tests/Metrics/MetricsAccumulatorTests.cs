using Trellis.Core.Metrics;
using Trellis.Core.Numerics;

namespace Trellis.Core.Tests.Metrics;

public sealed class MetricsAccumulatorTests
{
    private const long Day = DailyReturnsMeter.Day;

    /// <summary>2024-01-30.</summary>
    private const long Start = 1_706_572_800_000;

    [Fact]
    public void Growth_is_compounded_over_the_days_of_the_run()
    {
        var metrics = Run(1000m, 1100m, 1210m);

        metrics.Days.ShouldBe(2);
        metrics.Return.ShouldBe(0.21, 1e-12);
        metrics.DailyGain!.Value.ShouldBe(0.1, 1e-12);
        metrics.AnnualizedReturn!.Value.ShouldBe(Math.Pow(1.1, 365) - 1, Math.Pow(1.1, 365) * 1e-9);
        Run(1000m, 900m).Calmar!.Value.ShouldBe((Math.Pow(0.9, 365) - 1) / 0.5, 1e-12);
    }

    [Fact]
    public void Nothing_left_is_a_loss_of_everything_a_year()
    {
        Run(1000m, -5m).AnnualizedReturn.ShouldBe(-1);
        Run(1000m, -5m).DailyGain.ShouldBe(-1);
    }

    [Fact]
    public void What_no_double_can_hold_and_less_than_a_day_are_not_annualized()
    {
        Run(0.001m, 1_000_000m).AnnualizedReturn.ShouldBeNull();
        var hour = new MetricsAccumulator(Start, Money.FromDecimal(1000m), 1, 1);
        hour.Take(Start + 3_600_000, Money.FromDecimal(1001m));
        var metrics = hour.Result(0.1);
        (metrics.AnnualizedReturn, metrics.DailyGain, metrics.Calmar).ShouldBe((null, null, null));
    }

    [Fact]
    public void Months_end_at_midnight_UTC_and_an_entry_belongs_to_the_month_of_its_candle()
    {
        var accumulator = new MetricsAccumulator(Start, Money.FromDecimal(100m), 1, 1);
        accumulator.Take(new AccountEntry { Time = Start + (2 * Day) - 60_000, IsFill = true, SizeChange = 1, Fee = -7, Notional = 50 });
        accumulator.Take(Start + Day, Money.FromDecimal(110m));
        accumulator.Take(Start + (2 * Day), Money.FromDecimal(121m));
        accumulator.Take(new AccountEntry { Time = Start + (2 * Day), Funding = -3 });
        accumulator.Take(Start + (3 * Day), Money.FromDecimal(60.5m));

        var months = accumulator.Result(0).Months;

        months.Select(month => (month.Year, month.Month)).ShouldBe([(2024, 1), (2024, 2)]);
        (months[0].Return, months[1].Return).ShouldBe((0.21, -0.5));
        (months[0].Fees.Units, months[0].Fills, months[0].Turnover.Units, months[1].Funding.Units, months[1].Fills).ShouldBe((-7, 1, 50, -3, 0));
    }

    [Fact]
    public void A_run_that_ends_with_a_month_does_not_begin_the_next() => Run(100m, 101m, 102m).Months.ShouldHaveSingleItem().End.ShouldBe(Money.FromDecimal(102m));

    private static PerformanceMetrics Run(params decimal[] equity)
    {
        var accumulator = new MetricsAccumulator(Start, Money.FromDecimal(equity[0]), 1, 1);
        for (var i = 1; i < equity.Length; i++)
        {
            accumulator.Take(Start + (i * Day), Money.FromDecimal(equity[i]));
        }

        return accumulator.Result(0.5);
    }
}
