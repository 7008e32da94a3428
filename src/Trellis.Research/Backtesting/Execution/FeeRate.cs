using System.Numerics;
using System.Runtime.CompilerServices;
using Trellis.Core.Markets;
using Trellis.Core.Numerics;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>A share of a notional, exact: numerator ÷ denominator, where the denominator is a power of ten.</summary>
internal readonly struct FeeRate
{
    private const int MostDecimals = 18;

    private readonly long numerator;
    private readonly long denominator;

    /// <summary>Rate × notional factor where that is a whole number: the usual case, without a division.</summary>
    private readonly long exactFactor;
    private readonly long notionalFactor;

    /// <summary>The rate itself where it has more digits than the integers above hold.</summary>
    private readonly decimal wide;

    public FeeRate(decimal rate, long notionalFactor)
    {
        this.notionalFactor = notionalFactor;
        denominator = 1;
        if (InstrumentUnits.DecimalsOf(rate) > MostDecimals || Math.Abs(rate) >= 1)
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
        if (notionalFactor % denominator == 0 && Math.Abs(rate) < denominator)
        {
            exactFactor = notionalFactor / denominator * numerator;
            IsExact = notionalFactor + Math.Abs(exactFactor) <= long.MaxValue / int.MaxValue;
        }
    }

    /// <summary>Whether the fee of any fill is a whole number of money units, and price × (1 + rate) fits a long.</summary>
    public bool IsExact { get; }

    /// <summary>Rate × notional, rounded half to even.</summary>
    /// <param name="price">In price units.</param>
    /// <param name="quantity">In quantity units.</param>
    /// <param name="unitValue">Price × notional factor.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Int128 Of(int price, long quantity, long unitValue) =>
        IsExact ? Math.BigMul(price * exactFactor, quantity) : InexactOf(quantity, unitValue);

    /// <summary>Notional and fee in one product, where the rate <see cref="IsExact"/>: what a buy costs, what a sell brings below 0.</summary>
    /// <param name="price">In price units.</param>
    /// <param name="sign">+1 for a buy, −1 for a sell.</param>
    /// <param name="quantity">In quantity units.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Int128 CostOf(int price, int sign, long quantity) => Math.BigMul(price * ((sign * notionalFactor) + exactFactor), quantity);

    private Int128 InexactOf(long quantity, long unitValue)
    {
        var notional = Math.BigMul(unitValue, quantity);
        if (wide != 0)
        {
            return WideOf(notional, roundUp: false);
        }

        return numerator >= 0
            ? Money.MultiplyDivide(notional, numerator, denominator)
            : -Money.MultiplyDivide(notional, -numerator, denominator);
    }

    /// <summary>Rate × quantity, rounded up.</summary>
    public long OfQuantity(long quantity)
    {
        if (wide != 0)
        {
            return (long)WideOf(quantity, roundUp: true);
        }

        var product = (Int128)quantity * numerator;
        var quotient = (long)(product / denominator);
        return product > 0 && quotient * (Int128)denominator != product ? quotient + 1 : quotient;
    }

    private Int128 WideOf(Int128 amount, bool roundUp)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(wide, bits);
        var magnitude = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        var divisor = BigInteger.Pow(10, wide.Scale);
        var quotient = BigInteger.DivRem(magnitude * amount * Math.Sign(wide), divisor, out var rest);
        var twice = BigInteger.Abs(rest) * 2;
        var grows = roundUp ? rest.Sign > 0 : twice > divisor || (twice == divisor && !quotient.IsEven);
        return (Int128)(grows ? quotient + (rest.Sign < 0 ? -1 : 1) : quotient);
    }
}
