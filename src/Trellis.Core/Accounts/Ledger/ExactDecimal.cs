using System.Numerics;
using Trellis.Core.Numerics;

namespace Trellis.Core.Accounts.Ledger;

/// <summary>
/// The arithmetic of amounts, rounded once. A decimal's own product or quotient is already rounded at 28 digits,
/// and rounding that again at the twelfth decimal can miss by a unit; here everything before the one rounding is
/// an integer, of any length where 64 bits don't do.
/// </summary>
public static class ExactDecimal
{
    /// <summary>Decimals of an amount of money.</summary>
    public const int MoneyDecimals = Money.Decimals;

    /// <summary>a × b × c, half to even at the twelfth decimal.</summary>
    public static decimal Product(decimal a, decimal b, decimal c = 1m) => DecimalUnits.TryProduct(a, b, c, MoneyDecimals, out var product)
        ? product
        : LongProduct(a, b, c);

    /// <summary>value × part ÷ whole, half to even at the twelfth decimal.</summary>
    /// <param name="whole">Not 0.</param>
    public static decimal Share(decimal value, decimal part, decimal whole) => DecimalUnits.TryShare(value, part, whole, MoneyDecimals, out var share)
        ? share
        : LongShare(value, part, whole);

    /// <summary>a × b − c, towards plus infinity at the given decimal.</summary>
    public static decimal ProductUp(decimal a, decimal b, decimal c = 0m, int decimals = MoneyDecimals) =>
        Up((Fraction.Of(a) * Fraction.Of(b)) - Fraction.Of(c), decimals);

    /// <summary>a ÷ b, towards plus infinity at the twelfth decimal.</summary>
    /// <param name="b">Not 0.</param>
    public static decimal QuotientUp(decimal a, decimal b) => Up(Fraction.Of(a) / Fraction.Of(b), MoneyDecimals);

    /// <summary>Whether an amount is a whole number of 10^-12.</summary>
    public static bool IsMoney(decimal amount) => amount.Scale <= MoneyDecimals || amount == decimal.Round(amount, MoneyDecimals);

    internal static decimal LongProduct(decimal a, decimal b, decimal c) => HalfEven(Fraction.Of(a) * Fraction.Of(b) * Fraction.Of(c));

    internal static decimal LongShare(decimal value, decimal part, decimal whole) => HalfEven(Fraction.Of(value) * Fraction.Of(part) / Fraction.Of(whole));

    private static decimal HalfEven(Fraction value)
    {
        var (quotient, twice) = Floor(value, MoneyDecimals);
        var comparison = twice.CompareTo(value.Denominator);
        return ToDecimal(comparison > 0 || (comparison == 0 && !quotient.IsEven) ? quotient + 1 : quotient, MoneyDecimals);
    }

    private static decimal Up(Fraction value, int decimals)
    {
        var (quotient, twice) = Floor(value, decimals);
        return ToDecimal(twice.IsZero ? quotient : quotient + 1, decimals);
    }

    /// <summary>The floor in units of 10^-decimals, and twice what is left of the numerator.</summary>
    private static (BigInteger Quotient, BigInteger TwiceRemainder) Floor(Fraction value, int decimals)
    {
        var quotient = BigInteger.DivRem(value.Numerator * BigInteger.Pow(10, decimals), value.Denominator, out var remainder);
        return remainder.Sign < 0
            ? (quotient - 1, (remainder + value.Denominator) * 2)
            : (quotient, remainder * 2);
    }

    private static decimal ToDecimal(BigInteger units, int decimals)
    {
        var magnitude = BigInteger.Abs(units);
        if (magnitude.GetBitLength() > 96)
        {
            throw new RunException($"the amount {units} × 10^-{decimals} is too large; with {decimals} decimals at most 79228162514264337593543950335 × 10^-{decimals} can be held. Use smaller balances or quantities");
        }

        var low = (ulong)(magnitude & ulong.MaxValue);
        return new decimal((int)low, (int)(low >> 32), (int)(uint)(magnitude >> 64), units.Sign < 0, (byte)decimals);
    }

    /// <summary>A ratio of integers with a denominator above 0.</summary>
    private readonly record struct Fraction(BigInteger Numerator, BigInteger Denominator)
    {
        public static Fraction Of(decimal value)
        {
            Span<int> bits = stackalloc int[4];
            decimal.GetBits(value, bits);
            var magnitude = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
            return new Fraction(value < 0 ? -magnitude : magnitude, BigInteger.Pow(10, value.Scale));
        }

        public static Fraction operator *(Fraction left, Fraction right) =>
            new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

        public static Fraction operator /(Fraction left, Fraction right) => right.Numerator.Sign < 0
            ? new(-left.Numerator * right.Denominator, -left.Denominator * right.Numerator)
            : new(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

        public static Fraction operator -(Fraction left, Fraction right) =>
            new((left.Numerator * right.Denominator) - (right.Numerator * left.Denominator), left.Denominator * right.Denominator);
    }
}
