namespace Trellis.Data.Format;

internal static class PowersOfTen
{
    /// <summary>10^exponent for 0 to 18.</summary>
    public static long Of(int exponent) => Table[exponent];

    private static ReadOnlySpan<long> Table =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
        10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
    ];
}
