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

        var block = NextBlock(candles, watch, from, to, out var hits);
        var start = block << FanShift;
        if (hits == 0)
        {
            if (start >= to)
            {
                return to;
            }

            candles.PrefetchBlock(block);
            hits = HitsOfEach(candles, watch, block);
        }

        return Math.Min(to, start + BitOperations.TrailingZeroCount(hits));
    }

    /// <summary>The block of 64 of the first candle from this one on that meets the watch; one that begins at or behind to where none does before.</summary>
    /// <param name="candles">To search.</param>
    /// <param name="watch">What they must meet.</param>
    /// <param name="from">Below to.</param>
    /// <param name="to">At most the count of the candles.</param>
    /// <param name="hits">Which candles of the block meet it, where that is the block of the first candle looked at; 0 where it has not been looked at.</param>
    public static int NextBlock(PinnedCandles candles, in PriceWatch watch, int from, int to, out ulong hits)
    {
        var block = from >> FanShift;
        hits = HitsOfEach(candles, watch, block) & From(from);
        if (hits != 0)
        {
            return block;
        }

        block++;
        var end = CandleIndex.BlockCount(to, FanShift);
        while (block < end)
        {
            var blocks = Hits(candles.Small, watch, block >> FanShift) & From(block);
            if (blocks != 0)
            {
                return (block & -Fan) + BitOperations.TrailingZeroCount(blocks);
            }

            block = NextLarge(candles.Large, watch, (block >> FanShift) + 1) << FanShift;
        }

        return block;
    }

    /// <summary>Which candles of a block of 64 meet the watch, the first in the lowest bit.</summary>
    public static ulong HitsOfEach(PinnedCandles candles, in PriceWatch watch, int block)
    {
        var origin = candles.Compact.OriginOf(block);
        if (origin == CompactCandles.Wide)
        {
            return Hits(candles.Each, watch, block);
        }

        // What is missing in the last block may meet a watch of closes; it lies behind every range.
        var low = candles.Compact.At(block);
        var hits = Beyond(low, low + Fan, AtOrBelow(watch.LowAtOrBelow, origin), AtOrAbove(watch.HighAtOrAbove, origin));
        if (watch.WatchesCloses)
        {
            var close = low + (2 * Fan);
            hits |= Beyond(close, close, AtOrBelow(watch.CloseAtOrBelow, origin), AtOrAbove(watch.CloseAtOrAbove, origin));
        }

        return hits;
    }

    /// <summary>The same, found by looking at every candle.</summary>
    public static int NextOfEach(PinnedCandles candles, in PriceWatch watch, int from, int to)
    {
        var first = From(from);
        for (var start = from & -Fan; start < to; start += Fan)
        {
            var hits = HitsOfEach(candles, watch, start >> FanShift) & first;
            if (hits != 0)
            {
                return Math.Min(to, start + BitOperations.TrailingZeroCount(hits));
            }

            first = ulong.MaxValue;
        }

        return to;
    }

    /// <summary>The first block of 4096 from this one on that meets the watch; beyond the last where none does.</summary>
    private static int NextLarge(in PinnedLevel large, in PriceWatch watch, int from)
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
    private static ulong Hits(in PinnedLevel level, in PriceWatch watch, int group)
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Beyond(ushort* low, ushort* high, Vector512<ushort> below, Vector512<ushort> above)
    {
        var first = Vector512.LessThanOrEqual(Vector512.Load(low), below) | Vector512.GreaterThanOrEqual(Vector512.Load(high), above);
        var second = Vector512.LessThanOrEqual(Vector512.Load(low + 32), below) | Vector512.GreaterThanOrEqual(Vector512.Load(high + 32), above);
        return first.ExtractMostSignificantBits() | (second.ExtractMostSignificantBits() << 32);
    }

    /// <summary>A price as a distance that no hole's low is at or below.</summary>
    private static Vector512<ushort> AtOrBelow(int price, int origin) =>
        Vector512.Create((ushort)Math.Clamp((long)price - origin, 0, CompactCandles.MostDistance));

    /// <summary>A price as a distance that no hole's high is at or above.</summary>
    private static Vector512<ushort> AtOrAbove(int price, int origin) =>
        Vector512.Create((ushort)Math.Clamp((long)price - origin, 1, CompactCandles.MostDistance + 1));

    private static ulong HitsAtTheEnd(in PinnedLevel level, in PriceWatch watch, int start)
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
