using System.Numerics;
using Trellis.Core.Numerics;

namespace Trellis.Core.Tests.Numerics;

public sealed class SharesTests
{
    [Theory]
    [InlineData("1", 10_000_000_000)]
    [InlineData("0.00000000005", 0)]
    [InlineData("0.00000000015", 2)]
    [InlineData("-0.00000000015", -2)]
    public void A_percentage_is_rounded_half_to_even_at_the_twelfth_decimal_of_its_share(string percent, long expected) =>
        Shares.OfPercent(decimal.Parse(percent, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(expected);

    [Fact]
    public void A_division_goes_to_the_next_whole_number_on_the_side_asked_for()
    {
        var random = new Random(54);
        for (var i = 0; i < 2_000; i++)
        {
            var (value, divisor) = ((Int128)random.NextInt64(-1_000_000, 1_000_000) * random.Next(1, 5), (Int128)random.Next(1, 400));
            var floor = (Int128)BigInteger.Divide(value - (((value % divisor) + divisor) % divisor), divisor);

            Shares.Divide(value, divisor, up: false).ShouldBe(floor);
            Shares.Divide(value, divisor, up: true).ShouldBe(floor * divisor == value ? floor : floor + 1);
        }
    }
}
