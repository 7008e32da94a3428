using System.Numerics;

namespace Trellis.Core.Numerics;

/// <summary>A share of an amount (a fee, funding, a margin rate), exact: a whole number over a power of ten.</summary>
public readonly struct Rate
{
    private const int MostDecimals = 18;

    private readonly long numerator;
    private readonly long denominator;

    /// <summary>The rate itself where it has more digits than the integers above hold.</summary>
    private readonly decimal wide;

    /// <param name="rate">Any sign: 0.0005 is 0.05 %.</param>
    public Rate(decimal rate)
    {
        denominator = 1;
        if (Markets.InstrumentUnits.DecimalsOf(rate) > MostDecimals || Math.Abs(rate) >= 9)
        {
            wide = rate;
            return;
        }

        while (rate != decimal.Truncate(rate))
        {
            rate *= 10;
            denominator *= 10;
        }

        numerator = (long)rate;
    }

    /// <summary>Rate × amount, rounded half to even.</summary>
    public Int128 Of(Int128 amount)
    {
        if (wide != 0)
        {
            return WideOf(amount, roundUp: false);
        }

        return numerator >= 0
            ? Money.MultiplyDivide(amount, numerator, denominator)
            : -Money.MultiplyDivide(amount, -numerator, denominator);
    }

    /// <summary>Rate × amount, rounded towards plus infinity.</summary>
    public Int128 UpOf(Int128 amount)
    {
        if (wide != 0 || Int128.Abs(amount) > (Int128)1 << 64)
        {
            return WideOf(amount, roundUp: true);
        }

        var product = amount * numerator;
        var quotient = product / denominator;
        return product > 0 && quotient * denominator != product ? quotient + 1 : quotient;
    }

    private Int128 WideOf(Int128 amount, bool roundUp)
    {
        BigInteger magnitude = numerator;
        BigInteger divisor = denominator;
        if (wide != 0)
        {
            Span<int> bits = stackalloc int[4];
            decimal.GetBits(wide, bits);
            magnitude = (((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0]) * Math.Sign(wide);
            divisor = BigInteger.Pow(10, wide.Scale);
        }

        var quotient = BigInteger.DivRem(magnitude * amount, divisor, out var rest);
        var twice = BigInteger.Abs(rest) * 2;
        var grows = roundUp ? rest.Sign > 0 : twice > divisor || (twice == divisor && !quotient.IsEven);
        return (Int128)(grows ? quotient + (rest.Sign < 0 ? -1 : 1) : quotient);
    }
}
