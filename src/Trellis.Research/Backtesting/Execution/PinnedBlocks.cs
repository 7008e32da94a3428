using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Trellis.Core.Markets;

namespace Trellis.Research.Backtesting.Execution;

/// <summary><see cref="CompactCandles"/> that their owner holds in place.</summary>
internal readonly unsafe struct PinnedBlocks(ushort* distances, PinnedColumn bases)
{
    /// <summary>The lows of a block, then its highs, then its closes; unchecked.</summary>
    public ushort* At(int block) => distances + ((long)block * CompactCandles.Stride);

    /// <summary>What the distances of a block are counted from; <see cref="CompactCandles.Wide"/> where the columns must be read; unchecked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int OriginOf(int block) => *bases.At(block);

    /// <summary>The prices of a candle; false where the columns must be read; unchecked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(int candle, out int low, out int high, out int close)
    {
        var block = candle >> CandleIndex.SmallShift;
        var origin = OriginOf(block);
        var entry = At(block) + (candle & (CompactCandles.BlockSize - 1));
        var highest = entry[CompactCandles.BlockSize];
        low = origin + entry[0];
        high = origin + highest;
        close = origin + entry[2 * CompactCandles.BlockSize];
        if (highest == CompactCandles.NoHigh)
        {
            (low, high) = (int.MaxValue, int.MinValue);
        }

        return origin != CompactCandles.Wide;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int block)
    {
        if (Sse.IsSupported)
        {
            var entries = At(block);
            Sse.Prefetch0(entries);
            Sse.Prefetch0(entries + 32);
            Sse.Prefetch0(entries + 64);
            Sse.Prefetch0(entries + 96);
            Sse.Prefetch0(entries + 128);
            Sse.Prefetch0(entries + 160);
        }
    }
}
