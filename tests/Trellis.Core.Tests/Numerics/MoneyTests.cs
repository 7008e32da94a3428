using Trellis.Core.Numerics;
using System.Numerics;

namespace Trellis.Core.Tests.Numerics;

public sealed class MoneyTests
{
    [Fact]
    public void A_product_is_divided_half_to_even_as_whole_numbers_of_any_size_are()
    {
        var random = new Random(11);
        for (var i = 0; i < 50_000; i++)
        {
            var denominator = Math.Max(1, random.NextInt64() >> random.Next(63));
            var numerator = random.Next(5) == 0 ? denominator : Math.Min(denominator, random.NextInt64() >> random.Next(63));
            var value = Random128(random);

            Money.MultiplyDivide(value, numerator, denominator).ShouldBe((Int128)HalfEven((BigInteger)value * numerator, denominator), $"{value} × {numerator} ÷ {denominator}");
        }
    }

    [Fact]
    public void A_share_of_a_cost_is_exact_next_to_whole_numbers_and_halves_too()
    {
        var random = new Random(14);
        for (var i = 0; i < 100_000; i++)
        {
            var denominator = 1 + (random.NextInt64(1L << 50) >> random.Next(50));
            var numerator = random.Next(6) switch
            {
                0 => denominator,
                1 => denominator - 1,
                2 => (denominator + 1) / 2,
                3 => 1,
                _ => random.NextInt64(denominator + 1),
            };

            // What lies nearest to a multiple, or half a multiple, of the denominator decides how the quotient is rounded.
            var half = random.NextInt64(1L << 62) >> random.Next(62);
            var value = numerator == 0 || random.Next(3) == 0 ? half : (long)BigInteger.Min((BigInteger)half * denominator / (2 * (BigInteger)numerator), (1L << 62) - 2) + random.Next(2);

            Money.MultiplyDivide(value, numerator, denominator).ShouldBe((Int128)HalfEven((BigInteger)value * numerator, denominator), $"{value} × {numerator} ÷ {denominator}");
        }
    }

    [Theory]
    [InlineData(5, 1, 2, 2)]
    [InlineData(7, 1, 2, 4)]
    [InlineData(-5, 1, 2, -2)]
    [InlineData(-7, 1, 2, -4)]
    [InlineData(3, 1, 4, 1)]
    [InlineData(1, 1, 4, 0)]
    public void Halves_go_to_the_even_neighbour(int value, long numerator, long denominator, int expected) =>
        Money.MultiplyDivide(value, numerator, denominator).ShouldBe((Int128)expected);

    [Fact]
    public void A_quotient_is_rounded_up()
    {
        var random = new Random(12);
        for (var i = 0; i < 50_000; i++)
        {
            var value = Int128.Abs(Random128(random));
            var divisor = Math.Max(1, random.NextInt64() >> random.Next(63));
            var quotient = BigInteger.DivRem(value, divisor, out var rest);

            Money.DivideUp(value, divisor).ShouldBe((Int128)(quotient + (rest.IsZero ? 0 : 1)), $"{value} ÷ {divisor}");
        }
    }

    [Fact]
    public void Decimals_come_back_as_they_went_in()
    {
        var random = new Random(13);
        for (var i = 0; i < 20_000; i++)
        {
            var amount = new decimal(random.Next(), random.Next(), random.Next(1 << 20), random.Next(2) == 0, 12);

            Money.FromDecimal(amount).ToDecimal().ShouldBe(amount);
        }
    }

    [Theory]
    [InlineData("0.0000000000005", 0)]
    [InlineData("0.0000000000015", 2)]
    [InlineData("-0.0000000000025", -2)]
    [InlineData("1", 1_000_000_000_000)]
    public void What_is_finer_than_the_unit_is_rounded_half_to_even(string amount, long units) =>
        Money.FromDecimal(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)).Units.ShouldBe((Int128)units);

    [Fact]
    public void An_amount_beyond_a_decimal_says_so() =>
        Should.Throw<OverflowException>(() => new Money(Int128.MaxValue).ToDecimal()).Message.ShouldContain("beyond");

    private static Int128 Random128(Random random)
    {
        var wide = new Int128((ulong)random.NextInt64() >> 2, (ulong)random.NextInt64()) >> random.Next(126);
        return random.Next(2) == 0 ? wide : -wide;
    }

    private static BigInteger HalfEven(BigInteger value, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(BigInteger.Abs(value), divisor, out var rest);
        var order = (rest * 2).CompareTo(divisor);
        quotient += order > 0 || (order == 0 && !quotient.IsEven) ? 1 : 0;
        return value.Sign * quotient;
    }
}
