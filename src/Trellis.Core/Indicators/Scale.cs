namespace Trellis.Core.Indicators;

/// <summary>What turns integer prices into doubles.</summary>
internal static class Scale
{
    /// <summary>The longest window: with it sums of prices are exact in a long and in a double, and so are products of two windows.</summary>
    public const int LongestPeriod = 10_000;

    /// <summary>10^decimals, exact: a price is n ÷ this, rounded once.</summary>
    /// <param name="decimals">0 to 22.</param>
    public static double Of(int decimals)
    {
        var power = 1.0;
        for (var i = 0; i < decimals; i++)
        {
            power *= 10.0;
        }

        return power;
    }

    /// <exception cref="ArgumentOutOfRangeException">The period is not from 1 to <see cref="LongestPeriod"/>.</exception>
    public static int Checked(int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(period, LongestPeriod);
        return period;
    }
}
