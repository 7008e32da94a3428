using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Trellis.Core.Markets;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>Lowest and highest close of a range of candles, by vectors at its edges and by the index within.</summary>
internal static class CloseRange
{
    /// <summary>Of candles [from, to); from below to.</summary>
    public static (int Lowest, int Highest) Of(PinnedCandles candles, int from, int to)
    {
        var close = candles.Close.Span;
        var firstBlock = (from + (1 << CandleIndex.SmallShift) - 1) >> CandleIndex.SmallShift;
        var endBlock = to >> CandleIndex.SmallShift;
        var lowest = int.MaxValue;
        var highest = int.MinValue;
        if (firstBlock >= endBlock)
        {
            Widen(close[from..to], ref lowest, ref highest);
            return (lowest, highest);
        }

        Widen(close[from..(firstBlock << CandleIndex.SmallShift)], ref lowest, ref highest);
        Widen(close[(endBlock << CandleIndex.SmallShift)..to], ref lowest, ref highest);
        const int shift = CandleIndex.LargeShift - CandleIndex.SmallShift;
        var firstLarge = (firstBlock + (1 << shift) - 1) >> shift;
        var endLarge = endBlock >> shift;
        if (firstLarge >= endLarge)
        {
            WidenByBlocks(candles.Small, firstBlock, endBlock, ref lowest, ref highest);
        }
        else
        {
            WidenByBlocks(candles.Small, firstBlock, firstLarge << shift, ref lowest, ref highest);
            WidenByBlocks(candles.Large, firstLarge, endLarge, ref lowest, ref highest);
            WidenByBlocks(candles.Small, endLarge << shift, endBlock, ref lowest, ref highest);
        }

        return (lowest, highest);
    }

    private static void WidenByBlocks(in PinnedLevel level, int from, int to, ref int lowest, ref int highest)
    {
        lowest = Math.Min(lowest, CandleIndex.Minimum(level.CloseMin.Span[from..to]));
        highest = Math.Max(highest, CandleIndex.Maximum(level.CloseMax.Span[from..to]));
    }

    private static void Widen(ReadOnlySpan<int> values, ref int lowest, ref int highest)
    {
        var i = 0;
        if (values.Length >= 8)
        {
            ref var first = ref MemoryMarshal.GetReference(values);
            var low = Vector256.LoadUnsafe(ref first);
            var high = low;
            for (i = 8; i <= values.Length - 8; i += 8)
            {
                var next = Vector256.LoadUnsafe(ref first, (nuint)i);
                low = Vector256.Min(low, next);
                high = Vector256.Max(high, next);
            }

            // The last eight may overlap what has been seen: a minimum does not mind.
            var last = Vector256.LoadUnsafe(ref first, (nuint)(values.Length - 8));
            lowest = Math.Min(lowest, Least(Vector256.Min(low, last)));
            highest = Math.Max(highest, Most(Vector256.Max(high, last)));
            return;
        }

        for (; i < values.Length; i++)
        {
            lowest = Math.Min(lowest, values[i]);
            highest = Math.Max(highest, values[i]);
        }
    }

    private static int Least(Vector256<int> vector)
    {
        var four = Vector128.Min(vector.GetLower(), vector.GetUpper());
        var two = Vector128.Min(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Math.Min(two[0], two[1]);
    }

    private static int Most(Vector256<int> vector)
    {
        var four = Vector128.Max(vector.GetLower(), vector.GetUpper());
        var two = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Math.Max(two[0], two[1]);
    }
}
