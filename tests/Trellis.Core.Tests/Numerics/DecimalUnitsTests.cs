using Trellis.Core.Accounts.Ledger;
using Trellis.Core.Numerics;

namespace Trellis.Core.Tests.Numerics;

public sealed class DecimalUnitsTests
{
    private static readonly decimal[] Odd =
    [
        0m, 0.0m, 1m, -1m, 1.0m, 0.5m, -0.5m, 0.1m, 100.20m, -99.999999999999m, 0.000000000001m, 0.0000000000005m, 0.0000000000015m, -0.0000000000005m, 18446744073709551615m,
        18446744073709551616m, 4611686018427387903m, 4611686018427387904m, 79228162514264337593543950335m, 0.0000000000000000000000000001m,
    ];

    [Fact]
    public void A_whole_number_becomes_the_decimal_that_dividing_gives_to_the_bit()
    {
        var random = new DeterministicRandom(1);
        for (var i = 0; i < 20_000; i++)
        {
            var decimals = (int)(random.NextUnit() * 13);
            var units = (long)random.NextBits() >> (int)(random.NextUnit() * 63);
            units = i % 3 == 0 ? units / 1000 * 1000 : units;
            var divided = units / Power(decimals);

            decimal.GetBits(DecimalUnits.ToDecimal(units, decimals)).ShouldBe(decimal.GetBits(divided), $"{units} × 10^-{decimals}");
        }

        DecimalUnits.ToDecimal(long.MinValue, 0).ShouldBe(long.MinValue);
    }

    [Fact]
    public void Decimals_become_units_where_they_are_whole_and_never_otherwise()
    {
        foreach (var value in Numbers(2).Take(20_000))
        {
            const int Decimals = 8;
            var isTold = DecimalUnits.TryUnits(value, Decimals, out var units);
            var isFloored = DecimalUnits.TryFloor(value, Decimals, out var floor);
            if (Math.Abs(value) < 1_000_000_000m && value.Scale <= Decimals + 19)
            {
                isTold.ShouldBe(value * Power(Decimals) == decimal.Truncate(value * Power(Decimals)), $"{value}");
                isFloored.ShouldBe(value >= 0, $"{value}");
            }

            if (isTold)
            {
                (units / Power(Decimals)).ShouldBe(value);
            }

            if (isFloored)
            {
                ((decimal)floor).ShouldBe(decimal.Floor(value * Power(Decimals)));
            }
        }
    }

    [Fact]
    public void Products_and_shares_are_those_of_integers_of_any_length_to_the_bit()
    {
        var (products, shares) = (0, 0);
        using var numbers = Numbers(3).GetEnumerator();
        for (var i = 0; i < 50_000; i++)
        {
            var (a, b, c) = (Next(numbers), Next(numbers), Next(numbers));
            if (DecimalUnits.TryProduct(a, b, c, ExactDecimal.MoneyDecimals, out var product))
            {
                products++;
                decimal.GetBits(product).ShouldBe(decimal.GetBits(ExactDecimal.LongProduct(a, b, c)), $"{a} × {b} × {c}");
            }

            if (c != 0 && DecimalUnits.TryShare(a, b, c, ExactDecimal.MoneyDecimals, out var share))
            {
                shares++;
                decimal.GetBits(share).ShouldBe(decimal.GetBits(ExactDecimal.LongShare(a, b, c)), $"{a} × {b} ÷ {c}");
            }
        }

        products.ShouldBeGreaterThan(10_000);
        shares.ShouldBeGreaterThan(10_000);
    }

    private static decimal Next(IEnumerator<decimal> numbers)
    {
        numbers.MoveNext();
        return numbers.Current;
    }

    private static IEnumerable<decimal> Numbers(ulong seed)
    {
        var random = new DeterministicRandom(seed);
        while (true)
        {
            if (random.NextUnit() < 0.1)
            {
                yield return Odd[(int)(random.NextUnit() * Odd.Length)];
                continue;
            }

            var units = random.NextBits() >> (int)(random.NextUnit() * 63);
            yield return new decimal((int)units, (int)(units >> 32), 0, random.NextUnit() < 0.4, (byte)(random.NextUnit() * 16));
        }
    }

    private static decimal Power(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }
}
