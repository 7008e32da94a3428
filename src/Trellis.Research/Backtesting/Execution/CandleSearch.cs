using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Trellis.Core.Markets;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>Prices at which a candle matters to a lane; each candle that meets one is looked at.</summary>
internal record struct PriceWatch(int LowAtOrBelow, int HighAtOrAbove, int CloseAtOrBelow, int CloseAtOrAbove)
{
    public static PriceWatch Nothing { get; } = new(int.MinValue, int.MaxValue, int.MinValue, int.MaxValue);

    public readonly bool WatchesCloses => CloseAtOrBelow != int.MinValue || CloseAtOrAbove != int.MaxValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool IsMetBy(int low, int high, int close) =>
        low <= LowAtOrBelow || high >= HighAtOrAbove || close <= CloseAtOrBelow || close >= CloseAtOrAbove;
}

/// <summary>
/// Finds the next candle that meets a <see cref="PriceWatch"/>. Candles, blocks of 64 and blocks of 4096 are looked at in the same way,
/// 64 at a time without a branch: one bit each.
/// </summary>
internal static unsafe class CandleSearch
{
    private const int Fan = 1 << CandleIndex.SmallShift;
    private const int FanShift = CandleIndex.SmallShift;

    /// <summary>The first candle in [from, to) that meets the watch; to where none does.</summary>
    public static int Next(PinnedCandles candles, in PriceWatch watch, int from, int to)
    {
        if (from >= to)
        {
            return to;
        }

        var hits = Hits(candles.Each, watch, from >> FanShift) & From(from);
        if (hits != 0)
        {
            return Math.Min(to, (from & -Fan) + BitOperations.TrailingZeroCount(hits));
        }

        var block = (from >> FanShift) + 1;
        var end = CandleIndex.BlockCount(to, FanShift);
        while (block < end)
        {
            hits = Hits(candles.Small, watch, block >> FanShift) & From(block);
            if (hits == 0)
            {
                block = NextLarge(candles.Large, watch, (block >> FanShift) + 1) << FanShift;
                continue;
            }

            block = (block & -Fan) + BitOperations.TrailingZeroCount(hits);
            if (block >= end)
            {
                return to;
            }

            candles.PrefetchBlock(block << FanShift);
            return Math.Min(to, (block << FanShift) + BitOperations.TrailingZeroCount(Hits(candles.Each, watch, block)));
        }

        return to;
    }

    /// <summary>The first block of 4096 from this one on that meets the watch; beyond the last where none does.</summary>
    private static int NextLarge(PinnedLevel large, in PriceWatch watch, int from)
    {
        for (var block = from; block < large.Count; block = (block & -Fan) + Fan)
        {
            var hits = Hits(large, watch, block >> FanShift) & From(block);
            if (hits != 0)
            {
                return (block & -Fan) + BitOperations.TrailingZeroCount(hits);
            }
        }

        return large.Count;
    }

    private static ulong From(int index) => ulong.MaxValue << (index & (Fan - 1));

    /// <summary>Which of the entries 64 × group to 64 × group + 63 of a level meet the watch, the first in the lowest bit.</summary>
    private static ulong Hits(PinnedLevel level, in PriceWatch watch, int group)
    {
        var start = group << FanShift;
        if (start + Fan > level.Count)
        {
            return HitsAtTheEnd(level, watch, start);
        }

        var low = level.LowMin.At(start);
        var high = level.HighMax.At(start);
        var below = Vector512.Create(watch.LowAtOrBelow);
        var above = Vector512.Create(watch.HighAtOrAbove);
        var hits = Beyond(low, high, below, above) | (Beyond(low + 16, high + 16, below, above) << 16) |
            (Beyond(low + 32, high + 32, below, above) << 32) | (Beyond(low + 48, high + 48, below, above) << 48);
        if (watch.WatchesCloses)
        {
            low = level.CloseMin.At(start);
            high = level.CloseMax.At(start);
            below = Vector512.Create(watch.CloseAtOrBelow);
            above = Vector512.Create(watch.CloseAtOrAbove);
            hits |= Beyond(low, high, below, above) | (Beyond(low + 16, high + 16, below, above) << 16) |
                (Beyond(low + 32, high + 32, below, above) << 32) | (Beyond(low + 48, high + 48, below, above) << 48);
        }

        return hits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Beyond(int* low, int* high, Vector512<int> below, Vector512<int> above) =>
        (Vector512.LessThanOrEqual(Vector512.Load(low), below) | Vector512.GreaterThanOrEqual(Vector512.Load(high), above)).ExtractMostSignificantBits();

    private static ulong HitsAtTheEnd(PinnedLevel level, in PriceWatch watch, int start)
    {
        var hits = 0ul;
        for (var i = start; i < level.Count; i++)
        {
            if (level.LowMin[i] <= watch.LowAtOrBelow || level.HighMax[i] >= watch.HighAtOrAbove ||
                level.CloseMin[i] <= watch.CloseAtOrBelow || level.CloseMax[i] >= watch.CloseAtOrAbove)
            {
                hits |= 1ul << (i - start);
            }
        }

        return hits;
    }
}
