using System.Runtime.CompilerServices;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>
/// Doubles stand in for exact money where an answer is far from doubtful. Each estimate is within a few parts in 10^15
/// of the amounts that went into it; who uses one allows 10^-9 of them and asks the exact numbers in between.
/// </summary>
internal static class Estimate
{
    public const double Doubt = 1e-9;

    /// <summary>Added to what a doubt is a share of: ten units of quote currency, which covers the error of small amounts.</summary>
    public const double Floor = 1e13;

    /// <summary>The amount as a double; much faster than the framework's conversion, as it does not round to the nearest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(Int128 amount) => ((long)(amount >> 64) * 18446744073709551616.0) + (ulong)amount;
}
