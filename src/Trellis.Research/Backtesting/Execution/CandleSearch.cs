using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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

/// <summary>Finds the next candle that meets a <see cref="PriceWatch"/>, by vectors within blocks and by the index between them.</summary>
internal static class CandleSearch
{
    private const int SmallSize = 1 << CandleIndex.SmallShift;
    private const int BlocksPerLarge = 1 << (CandleIndex.LargeShift - CandleIndex.SmallShift);

    /// <summary>The first candle in [from, to) that meets the watch; to where none does.</summary>
    public static int Next(PinnedCandles candles, in PriceWatch watch, int from, int to)
    {
        var low = candles.Low.Span;
        var high = candles.High.Span;
        var close = candles.Close.Span;
        var edge = Math.Min(to, (from + SmallSize - 1) & -SmallSize);
        var found = Scan(low, high, close, watch, from, edge);
        if (found < edge || edge >= to)
        {
            return found;
        }

        var small = candles.Small;
        var large = candles.Large;
        var block = edge >> CandleIndex.SmallShift;
        var lastBlock = CandleIndex.BlockCount(to, CandleIndex.SmallShift);
        while (block < lastBlock)
        {
            if ((block & (BlocksPerLarge - 1)) == 0)
            {
                block = SkipLarge(large, watch, block / BlocksPerLarge, CandleIndex.BlockCount(to, CandleIndex.LargeShift)) * BlocksPerLarge;
                if (block >= lastBlock)
                {
                    return to;
                }
            }

            var end = Math.Min(lastBlock, (block + BlocksPerLarge) & -BlocksPerLarge);
            block = watch.WatchesCloses
                ? ScanBlocks(small.LowMin.Span, small.HighMax.Span, small.CloseMin.Span, small.CloseMax.Span, watch, block, end)
                : ScanExtremes(small.LowMin.Span, small.HighMax.Span, watch, block, end);
            if (block < end)
            {
                var start = block << CandleIndex.SmallShift;
                var stop = Math.Min(to, start + SmallSize);
                candles.Low.PrefetchBlock(start);
                candles.High.PrefetchBlock(start);
                candles.Close.PrefetchBlock(start);
                found = Scan(low, high, close, watch, start, stop);
                if (found < stop)
                {
                    return found;
                }

                block++;
            }
        }

        return to;
    }

    private static int SkipLarge(PinnedLevel large, in PriceWatch watch, int block, int end)
    {
        var low = large.LowMin.Span;
        var high = large.HighMax.Span;
        var closeMin = large.CloseMin.Span;
        var closeMax = large.CloseMax.Span;
        while (block < end && !(low[block] <= watch.LowAtOrBelow || high[block] >= watch.HighAtOrAbove ||
            closeMin[block] <= watch.CloseAtOrBelow || closeMax[block] >= watch.CloseAtOrAbove))
        {
            block++;
        }

        return block;
    }

    private static int Scan(ReadOnlySpan<int> low, ReadOnlySpan<int> high, ReadOnlySpan<int> close, in PriceWatch watch, int from, int to) =>
        watch.WatchesCloses ? ScanBlocks(low, high, close, close, watch, from, to) : ScanExtremes(low, high, watch, from, to);

    private static int ScanExtremes(ReadOnlySpan<int> low, ReadOnlySpan<int> high, in PriceWatch watch, int from, int to)
    {
        ref var lows = ref MemoryMarshal.GetReference(low);
        ref var highs = ref MemoryMarshal.GetReference(high);
        var below = Vector256.Create(watch.LowAtOrBelow);
        var above = Vector256.Create(watch.HighAtOrAbove);
        var i = from;
        for (; i <= to - 8; i += 8)
        {
            var hit = Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref lows, (nuint)i), below) |
                Vector256.GreaterThanOrEqual(Vector256.LoadUnsafe(ref highs, (nuint)i), above);
            if (hit != Vector256<int>.Zero)
            {
                return i + BitOperations.TrailingZeroCount(hit.ExtractMostSignificantBits());
            }
        }

        for (; i < to; i++)
        {
            if (low[i] <= watch.LowAtOrBelow || high[i] >= watch.HighAtOrAbove)
            {
                return i;
            }
        }

        return to;
    }

    private static int ScanBlocks(ReadOnlySpan<int> low, ReadOnlySpan<int> high, ReadOnlySpan<int> closeMin, ReadOnlySpan<int> closeMax, in PriceWatch watch, int from, int to)
    {
        ref var lows = ref MemoryMarshal.GetReference(low);
        ref var highs = ref MemoryMarshal.GetReference(high);
        ref var closeMins = ref MemoryMarshal.GetReference(closeMin);
        ref var closeMaxs = ref MemoryMarshal.GetReference(closeMax);
        var below = Vector256.Create(watch.LowAtOrBelow);
        var above = Vector256.Create(watch.HighAtOrAbove);
        var closeBelow = Vector256.Create(watch.CloseAtOrBelow);
        var closeAbove = Vector256.Create(watch.CloseAtOrAbove);
        var i = from;
        for (; i <= to - 8; i += 8)
        {
            var hit = Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref lows, (nuint)i), below) |
                Vector256.GreaterThanOrEqual(Vector256.LoadUnsafe(ref highs, (nuint)i), above) |
                Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref closeMins, (nuint)i), closeBelow) |
                Vector256.GreaterThanOrEqual(Vector256.LoadUnsafe(ref closeMaxs, (nuint)i), closeAbove);
            if (hit != Vector256<int>.Zero)
            {
                return i + BitOperations.TrailingZeroCount(hit.ExtractMostSignificantBits());
            }
        }

        for (; i < to; i++)
        {
            if (low[i] <= watch.LowAtOrBelow || high[i] >= watch.HighAtOrAbove ||
                closeMin[i] <= watch.CloseAtOrBelow || closeMax[i] >= watch.CloseAtOrAbove)
            {
                return i;
            }
        }

        return to;
    }
}
