using Trellis.Core.Metrics;

namespace Trellis.Core.Tests.Metrics;

public sealed class DailyReturnsTests
{
    private const long Day = DailyReturnsMeter.Day;

    [Fact]
    public void The_ratios_are_those_computed_by_hand()
    {
        // Returns +10 %, −5 %, +2 %: mean 7/3 %, squared distances 58.78 + 53.78 + 0.11, below 0 only −5 %.
        var daily = Of(1000, 1100, 1045, 1065.9);

        daily.Days.ShouldBe(3);
        daily.Mean!.Value.ShouldBe(0.07 / 3, 1e-12);
        daily.Deviation!.Value.ShouldBe(Math.Sqrt(((0.0766666667 * 0.0766666667) + (0.0733333333 * 0.0733333333) + (0.0033333333 * 0.0033333333)) / 2), 1e-9);
        daily.Sharpe!.Value.ShouldBe(0.07 / 3 / daily.Deviation.Value * Math.Sqrt(365), 1e-9);
        daily.Sortino!.Value.ShouldBe(0.07 / 3 / Math.Sqrt(0.0025 / 3) * Math.Sqrt(365), 1e-9);
        daily.Omega!.Value.ShouldBe(0.12 / 0.05, 1e-9);
        (daily.Best!.Value, daily.Worst!.Value).ShouldBe((0.1, -0.05));
        daily.Positive!.Value.ShouldBe(2.0 / 3);
    }

    [Fact]
    public void Without_two_days_or_a_spread_there_is_no_ratio()
    {
        var one = Of(1000, 1010);
        (one.Days, one.Sharpe, one.Sortino, one.Omega, one.Deviation).ShouldBe((1, null, null, null, null));
        var flat = Of(1000, 1000, 1000);
        (flat.Days, flat.Sharpe, flat.Sortino, flat.Omega, flat.Deviation).ShouldBe((2, null, null, null, 0.0));
        Of(1000).Mean.ShouldBeNull();
    }

    [Fact]
    public void A_part_of_a_day_is_none_and_neither_is_one_that_begins_with_nothing()
    {
        var meter = new DailyReturnsMeter();
        meter.Take((5 * Day) + 60_000, 1000);
        meter.Take(6 * Day, 1100);
        meter.Take(7 * Day, 0);
        meter.Take(8 * Day, 0);
        meter.Take((8 * Day) + 60_000, 5);

        meter.Result.Days.ShouldBe(1);
        meter.Result.Mean.ShouldBe(-1);
    }

    private static DailyReturns Of(params double[] equity)
    {
        var meter = new DailyReturnsMeter();
        for (var i = 0; i < equity.Length; i++)
        {
            meter.Take(i * Day, (Int128)(equity[i] * 1e12));
        }

        return meter.Result;
    }
}
