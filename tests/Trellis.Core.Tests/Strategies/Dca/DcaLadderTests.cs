using System.Numerics;
using Trellis.Core.Strategies.Dca;
using Trellis.Core.Tests.Strategies.Grid;

namespace Trellis.Core.Tests.Strategies.Dca;

public sealed class DcaLadderTests
{
    [Fact]
    public void A_safety_order_lies_on_the_first_tick_at_least_its_deviation_away()
    {
        var random = new Random(51);
        for (var i = 0; i < 500; i++)
        {
            // Deviation and step scale in hundredths; basis points of the base price, times 100 for each power of the scale.
            var (deviation, scale, direction) = (random.Next(1, 300), random.Next(50, 180), random.Next(2) == 0 ? 1 : -1);
            var mode = (DeviationMode)random.Next(2);
            var options = DcaSome.Options with
            {
                Direction = direction > 0 ? DcaDirection.Long : DcaDirection.Short,
                MaxSafetyOrders = 6,
                DeviationPercent = deviation / 100m,
                StepScale = scale / 100m,
                DeviationMode = mode,
            };
            var tick = random.Next(1, 30);
            var terms = new DcaTerms(GridSome.Units(GridSome.Rules with { TickSize = tick / 10m }), GridSome.Rules with { TickSize = tick / 10m });
            var ladder = new DcaLadder(options);
            var basePrice = random.Next(1_000, 1_000_000);
            var offset = BigInteger.Zero;
            for (var n = 0; n < 6; n++)
            {
                // offset = sum ÷ (10^4 × 100^n)
                var step = deviation * BigInteger.Pow(scale, n);
                offset = mode == DeviationMode.Cumulative ? (offset * 100) + step : step;
                var whole = 10_000 * BigInteger.Pow(100, n);
                if (offset >= whole)
                {
                    break;
                }

                // In ticks: base × (whole − direction × offset) ÷ (whole × tick), away from the base.
                var (value, divisor) = (basePrice * (whole - (direction * offset)), whole * tick);
                var ticks = direction > 0 ? value / divisor : (value + divisor - 1) / divisor;
                ladder.Price(n, basePrice, terms).ShouldBe((int)(ticks * tick), $"case {i}, order {n}");
            }
        }
    }

    [Fact]
    public void A_size_is_the_first_times_a_power_of_the_scale_rounded_down()
    {
        var ladder = new DcaLadder(DcaSome.Options with { MaxSafetyOrders = 20, VolumeScale = 1.3m });

        // 1.3^12 = 23.298085122481 and 1.3^13 = 30.2875106592253, both to the last digit; the latter has 13 decimals.
        ladder.Size(12, 1_000).ShouldBe(23_298);
        ladder.Size(12, (Int128)3_000_000_000_001 * 1_000_000_000_000).ShouldBe((Int128)69_894_255_367_466_298_085_122_481m);
        ladder.Factor(12).ShouldBe(23_298_085_122_481);
        ladder.Factor(13).ShouldBe(30_287_510_659_225);
    }

    [Fact]
    public void Nothing_grows_beyond_what_numbers_hold()
    {
        var ladder = new DcaLadder(DcaSome.Options with { MaxSafetyOrders = 100, StepScale = 10m, VolumeScale = 10m, Direction = DcaDirection.Short });

        ladder.Price(99, 1_000, new DcaTerms(GridSome.Units(), GridSome.Rules)).ShouldBe(0);
        ladder.Factor(99).ShouldBe(9_000_000_000_000_000);
    }
}
