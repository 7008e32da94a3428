using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>
/// A column that its owner holds in place, so that an entry costs no more than its load: a <see cref="Memory{T}"/> asks
/// at each use whether it is an array or a file mapping, which is a good part of an event's time.
/// </summary>
internal readonly unsafe struct PinnedColumn(int* first, int length)
{
    public ReadOnlySpan<int> Span => new(first, length);

    public int this[int index] => Span[index];

    /// <summary>Where an entry lies; unchecked.</summary>
    public int* At(int index) => first + index;

    /// <summary>Asks for one value ahead of its use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchAt(int index)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(first + index);
        }
    }

    /// <summary>Asks for a block of 64 values ahead of its use, so that several columns come from memory at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchBlock(int start)
    {
        if (Sse.IsSupported)
        {
            var block = first + start;
            Sse.Prefetch0(block);
            Sse.Prefetch0(block + 16);
            Sse.Prefetch0(block + 32);
            Sse.Prefetch0(block + 48);
        }
    }
}
