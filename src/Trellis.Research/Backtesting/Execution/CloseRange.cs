using Trellis.Core.Markets;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>Lowest and highest close of a range of candles, by vectors at its edges and by the index within.</summary>
internal static class CloseRange
{
    /// <summary>Of candles [from, to); from below to.</summary>
    public static (int Lowest, int Highest) Of(CandleSeries candles, int from, int to)
    {
        var close = candles.Close.Span;
        var firstBlock = (from + (1 << CandleIndex.SmallShift) - 1) >> CandleIndex.SmallShift;
        var endBlock = to >> CandleIndex.SmallShift;
        if (firstBlock >= endBlock)
        {
            var all = close[from..to];
            return (CandleIndex.Minimum(all), CandleIndex.Maximum(all));
        }

        var head = close[from..(firstBlock << CandleIndex.SmallShift)];
        var tail = close[(endBlock << CandleIndex.SmallShift)..to];
        var (lowest, highest) = OfBlocks(candles.Index, firstBlock, endBlock);
        lowest = Math.Min(lowest, Math.Min(CandleIndex.Minimum(head), CandleIndex.Minimum(tail)));
        highest = Math.Max(highest, Math.Max(CandleIndex.Maximum(head), CandleIndex.Maximum(tail)));
        return (lowest, highest);
    }

    private static (int Lowest, int Highest) OfBlocks(CandleIndex index, int first, int end)
    {
        const int shift = CandleIndex.LargeShift - CandleIndex.SmallShift;
        var smallMin = index.Small.CloseMin.Span;
        var smallMax = index.Small.CloseMax.Span;
        var firstLarge = (first + (1 << shift) - 1) >> shift;
        var endLarge = end >> shift;
        if (firstLarge >= endLarge)
        {
            return (CandleIndex.Minimum(smallMin[first..end]), CandleIndex.Maximum(smallMax[first..end]));
        }

        var lowest = Math.Min(
            CandleIndex.Minimum(index.Large.CloseMin.Span[firstLarge..endLarge]),
            Math.Min(
                CandleIndex.Minimum(smallMin[first..(firstLarge << shift)]),
                CandleIndex.Minimum(smallMin[(endLarge << shift)..end])));
        var highest = Math.Max(
            CandleIndex.Maximum(index.Large.CloseMax.Span[firstLarge..endLarge]),
            Math.Max(
                CandleIndex.Maximum(smallMax[first..(firstLarge << shift)]),
                CandleIndex.Maximum(smallMax[(endLarge << shift)..end])));
        return (lowest, highest);
    }
}
