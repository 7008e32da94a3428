namespace Trellis.Core.Numerics;

/// <summary>Percentages and rates as whole numbers of 10^-12, and the one division that rounds what they give.</summary>
public static class Shares
{
    /// <summary>100 %.</summary>
    public const long Whole = 1_000_000_000_000;

    /// <summary>1 % is 10^10; rounded half to even.</summary>
    /// <param name="percent">Within ± 100,000,000.</param>
    public static long OfPercent(decimal percent) => Of(percent / 100m);

    /// <summary>0.01 is 10^10; rounded half to even.</summary>
    /// <param name="rate">Within ± 1,000,000.</param>
    public static long Of(decimal rate) => (long)decimal.Round(rate * Whole, MidpointRounding.ToEven);

    /// <summary>value ÷ divisor to the next whole number, up or down.</summary>
    /// <param name="value">Any sign.</param>
    /// <param name="divisor">Above 0.</param>
    /// <param name="up">Towards plus infinity, else towards minus infinity.</param>
    public static Int128 Divide(Int128 value, Int128 divisor, bool up)
    {
        var (quotient, remainder) = Int128.DivRem(value, divisor);
        return up
            ? quotient + (remainder > 0 ? 1 : 0)
            : quotient - (remainder < 0 ? 1 : 0);
    }
}
