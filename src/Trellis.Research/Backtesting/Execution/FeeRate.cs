using Trellis.Core.Accounts;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>A share of a notional, exact: numerator ÷ denominator, where the denominator is a power of ten.</summary>
internal readonly struct FeeRate
{
    private readonly long numerator;
    private readonly long denominator;

    /// <summary>Rate × notional factor where that is a whole number: the usual case, without a division.</summary>
    private readonly long exactFactor;
    private readonly bool exact;

    public FeeRate(decimal rate, long notionalFactor)
    {
        denominator = 1;
        while (rate != decimal.Truncate(rate))
        {
            rate *= 10;
            denominator *= 10;
        }

        numerator = (long)rate;
        exact = notionalFactor % denominator == 0 && Math.Abs(rate) < denominator;
        exactFactor = exact ? notionalFactor / denominator * numerator : 0;
    }

    public bool IsZero => numerator == 0;

    /// <summary>Rate × notional, rounded half to even.</summary>
    /// <param name="price">In price units.</param>
    /// <param name="quantity">In quantity units.</param>
    /// <param name="unitValue">Price × notional factor.</param>
    public Int128 Of(int price, long quantity, long unitValue)
    {
        if (exact)
        {
            return Math.BigMul(price * exactFactor, quantity);
        }

        var notional = Math.BigMul(unitValue, quantity);
        return numerator >= 0
            ? Money.MultiplyDivide(notional, numerator, denominator)
            : -Money.MultiplyDivide(notional, -numerator, denominator);
    }

    /// <summary>Rate × quantity, rounded up.</summary>
    public long OfQuantity(long quantity)
    {
        var product = (Int128)quantity * numerator;
        var quotient = (long)(product / denominator);
        return product > 0 && quotient * (Int128)denominator != product ? quotient + 1 : quotient;
    }
}
