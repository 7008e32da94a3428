using System.Numerics;
using System.Runtime.CompilerServices;

namespace Trellis.Core.Numerics;

/// <summary>
/// An exact amount of quote currency in units of 10^-12: the money of matching and backtests, where every
/// amount is a whole number of units. <see cref="ToDecimal"/> is the one way out, to ledger, files and screens.
/// </summary>
public readonly struct Money(Int128 units) : IEquatable<Money>, IComparable<Money>
{
    /// <summary>Decimals of the unit.</summary>
    public const int Decimals = 12;

    public static Money Zero => default;

    /// <summary>Amount × 10^12.</summary>
    public Int128 Units { get; } = units;

    public bool IsZero => Units == 0;

    /// <summary>The units as a double, within a few parts in 10^16: for answers that are far from doubtful.</summary>
    public double Rough => ToDouble(Units);

    /// <summary>Rounds half to even at the twelfth decimal.</summary>
    /// <exception cref="OverflowException">The amount exceeds 7.9e16, beyond which it could not come back.</exception>
    public static Money FromDecimal(decimal amount)
    {
        if (Math.Abs(amount) >= 79_000_000_000_000_000m)
        {
            throw new OverflowException($"the amount {amount} is beyond what money with twelve decimals holds");
        }

        Span<int> bits = stackalloc int[4];
        decimal.GetBits(decimal.Round(amount, Decimals, MidpointRounding.ToEven), bits);
        var magnitude = new Int128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        var scale = (bits[3] >> 16) & 0xFF;
        for (var i = scale; i < Decimals; i++)
        {
            magnitude *= 10;
        }

        return new Money(bits[3] < 0 ? -magnitude : magnitude);
    }

    /// <exception cref="OverflowException">The amount exceeds 7.9e16.</exception>
    public decimal ToDecimal()
    {
        var negative = Units < 0;
        var magnitude = (UInt128)(negative ? -Units : Units);
        if (magnitude >> 96 != 0)
        {
            throw new OverflowException($"the amount {Units} × 10^-12 is beyond what a decimal holds with twelve decimals");
        }

        var low = (ulong)magnitude;
        return new decimal((int)low, (int)(low >> 32), (int)(ulong)(magnitude >> 64), negative, Decimals);
    }

    /// <summary>value × numerator ÷ denominator, rounded half to even.</summary>
    /// <param name="value">Any sign.</param>
    /// <param name="numerator">At least 0.</param>
    /// <param name="denominator">Above 0.</param>
    public static Int128 MultiplyDivide(Int128 value, long numerator, long denominator)
    {
        // The usual case, a share of a cost, is told by looking at halves: no arithmetic of 128 bits at all.
        var low = (long)value;
        if ((long)(value >> 64) == 0 && (ulong)low < 1UL << 62 && numerator <= denominator && denominator < 1L << 50)
        {
            return Share(low, numerator, denominator);
        }

        var negative = value < 0;
        var magnitude = (UInt128)(negative ? -value : value);
        if (magnitude >> 64 != 0 && numerator > 1 && magnitude > UInt128.MaxValue / (ulong)numerator)
        {
            return MultiplyDivideWide(value, numerator, denominator);
        }

        var product = magnitude * (ulong)numerator;
        var quotient = Quotient(product, (ulong)denominator, out var remainder);
        var twice = (UInt128)remainder << 1;
        if (twice > (ulong)denominator || (twice == (ulong)denominator && (quotient & 1) == 1))
        {
            quotient++;
        }

        return negative ? -(Int128)quotient : (Int128)quotient;
    }

    /// <summary>value ÷ divisor rounded up, for value and divisor above or equal to 0.</summary>
    public static Int128 DivideUp(Int128 value, long divisor)
    {
        var quotient = Quotient((UInt128)value, (ulong)divisor, out var remainder);
        return (Int128)quotient + (remainder == 0 ? 0 : 1);
    }

    public static Money operator +(Money left, Money right) => new(left.Units + right.Units);

    public static Money operator -(Money left, Money right) => new(left.Units - right.Units);

    public static Money operator -(Money value) => new(-value.Units);

    public static bool operator ==(Money left, Money right) => left.Units == right.Units;

    public static bool operator !=(Money left, Money right) => left.Units != right.Units;

    public static bool operator <(Money left, Money right) => left.Units < right.Units;

    public static bool operator >(Money left, Money right) => left.Units > right.Units;

    public static bool operator <=(Money left, Money right) => left.Units <= right.Units;

    public static bool operator >=(Money left, Money right) => left.Units >= right.Units;

    public bool Equals(Money other) => Units == other.Units;

    public override bool Equals(object? obj) => obj is Money other && Equals(other);

    public override int GetHashCode() => Units.GetHashCode();

    public int CompareTo(Money other) => Units.CompareTo(other.Units);

    public override string ToString() => ToDecimal().ToString("0.############", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>
    /// value × numerator ÷ denominator, rounded half to even, for a value below 2^62, a numerator of at most the denominator and a
    /// denominator below 2^50. A double guesses the quotient within 2^12: so the rest of the guess fits 64 bits, although the products that
    /// it is the difference of may not. A second guess, of the rest, is off by one at most, and only where the rest lies next to a multiple
    /// of the denominator: there rounding repairs it. The signs and halves of the rest are as good as random, so nothing branches on them.
    /// </summary>
    private static long Share(long value, long numerator, long denominator)
    {
        var reciprocal = 1.0 / denominator;
        var quotient = (long)(value * (numerator * reciprocal));
        var rest = (value * numerator) - (quotient * denominator);
        var step = (long)(rest * reciprocal);
        rest -= step * denominator;
        var below = rest >> 63;
        rest += below & denominator;
        quotient += step + below;
        var twice = 2 * rest;
        return quotient + (twice > denominator ? 1 : 0) + ((twice == denominator ? 1 : 0) & (int)quotient);
    }

    /// <summary>
    /// 128 by 64 bit division. The framework's own goes digit by digit through a span; here a double guesses and
    /// exact multiplication corrects, which is several times faster for the sizes that money has.
    /// </summary>
    private static UInt128 Quotient(UInt128 value, ulong divisor, out ulong remainder)
    {
        if (value >> 64 == 0)
        {
            var (quotient, rest) = Math.DivRem((ulong)value, divisor);
            remainder = rest;
            return quotient;
        }

        if (value >> 110 != 0 || divisor >> 62 != 0)
        {
            var wide = value / divisor;
            remainder = (ulong)(value - (wide * divisor));
            return wide;
        }

        // Each round leaves a rest below value × 2^-50: two rounds bring any 110 bit value within a few divisors.
        UInt128 total = 0;
        var rest128 = (Int128)value;
        var reciprocal = 1.0 / divisor;
        while (rest128 < 0 || rest128 >= divisor)
        {
            var guess = Math.Floor(ToDouble(rest128) * reciprocal);
            var step = Math.Abs(guess) < 9e18 ? (Int128)(long)guess : (Int128)guess;
            if (step == 0)
            {
                step = rest128 < 0 ? -1 : 1;
            }

            total = (UInt128)((Int128)total + step);
            rest128 -= step * (Int128)divisor;
        }

        remainder = (ulong)rest128;
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ToDouble(Int128 value)
    {
        var high = (long)(value >> 64);
        var low = (ulong)value;
        return (high * 18446744073709551616.0) + low;
    }

    private static Int128 MultiplyDivideWide(Int128 value, long numerator, long denominator)
    {
        var product = (BigInteger)value * numerator;
        var quotient = BigInteger.DivRem(BigInteger.Abs(product), denominator, out var remainder);
        var twice = remainder * 2;
        if (twice > denominator || (twice == denominator && !quotient.IsEven))
        {
            quotient++;
        }

        return (Int128)(product.Sign < 0 ? -quotient : quotient);
    }
}
