using Trellis.Research.Backtesting.Execution;

namespace Trellis.Research.Tests.Backtesting.Execution;

public sealed class EquityBoundsTests
{
    [Fact]
    public void Bounds_hold_the_exact_equity_also_where_small_negative_cash_rounds_coarsely()
    {
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            Int128 cash = random.NextInt64(-(1L << random.Next(1, 60)), 1000);
            var (slope, low, high) = (random.Next(1, 1_000), random.Next(1, 100), random.Next(100, 200));
            var bounds = EquityBounds.Of(Estimate.Of(cash), slope, low, high);
            ((Int128)Math.Floor(bounds.Low)).ShouldBeLessThanOrEqualTo(cash + (slope * low));
            ((Int128)Math.Ceiling(bounds.High)).ShouldBeGreaterThanOrEqualTo(cash + (slope * high));
        }
    }
}
