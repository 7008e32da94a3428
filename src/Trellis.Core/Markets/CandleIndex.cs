using System.Numerics;
using System.Runtime.InteropServices;

namespace Trellis.Core.Markets;

/// <summary>
/// Minima of lows, maxima of highs, minima and maxima of closes over blocks of 64 and of 4096 candles, so that
/// a search can pass over a block without looking at its candles. Block <c>b</c> of size <c>s</c> covers
/// candles <c>b × s</c> to <c>b × s + s − 1</c>; the last block may be shorter.
/// </summary>
public sealed class CandleIndex
{
    public const int SmallShift = 6;
    public const int LargeShift = 12;

    public required IndexLevel Small { get; init; }

    public required IndexLevel Large { get; init; }

    public static CandleIndex Build(ReadOnlySpan<int> low, ReadOnlySpan<int> high, ReadOnlySpan<int> close)
    {
        var small = new IndexLevel(
            Reduce(low, SmallShift, minimum: true),
            Reduce(high, SmallShift, minimum: false),
            Reduce(close, SmallShift, minimum: true),
            Reduce(close, SmallShift, minimum: false));
        const int between = LargeShift - SmallShift;
        var large = new IndexLevel(
            Reduce(small.LowMin.Span, between, minimum: true),
            Reduce(small.HighMax.Span, between, minimum: false),
            Reduce(small.CloseMin.Span, between, minimum: true),
            Reduce(small.CloseMax.Span, between, minimum: false));
        return new CandleIndex { Small = small, Large = large };
    }

    /// <summary>Number of blocks of size 2^shift that cover <paramref name="count"/> candles.</summary>
    public static int BlockCount(int count, int shift) => (int)(((long)count + (1 << shift) - 1) >> shift);

    private static int[] Reduce(ReadOnlySpan<int> column, int shift, bool minimum)
    {
        var blocks = new int[BlockCount(column.Length, shift)];
        var size = 1 << shift;
        for (var b = 0; b < blocks.Length; b++)
        {
            var start = b << shift;
            var block = column.Slice(start, Math.Min(size, column.Length - start));
            blocks[b] = minimum ? Minimum(block) : Maximum(block);
        }

        return blocks;
    }

    /// <summary>The smallest value; <see cref="int.MaxValue"/> of nothing.</summary>
    public static int Minimum(ReadOnlySpan<int> values)
    {
        var least = int.MaxValue;
        var vectors = MemoryMarshal.Cast<int, Vector<int>>(values);
        if (vectors.Length > 0)
        {
            var lanes = vectors[0];
            foreach (var vector in vectors[1..])
            {
                lanes = Vector.Min(lanes, vector);
            }

            for (var i = 0; i < Vector<int>.Count; i++)
            {
                least = Math.Min(least, lanes[i]);
            }
        }

        foreach (var value in values[(vectors.Length * Vector<int>.Count)..])
        {
            least = Math.Min(least, value);
        }

        return least;
    }

    /// <summary>The largest value; <see cref="int.MinValue"/> of nothing.</summary>
    public static int Maximum(ReadOnlySpan<int> values)
    {
        var most = int.MinValue;
        var vectors = MemoryMarshal.Cast<int, Vector<int>>(values);
        if (vectors.Length > 0)
        {
            var lanes = vectors[0];
            foreach (var vector in vectors[1..])
            {
                lanes = Vector.Max(lanes, vector);
            }

            for (var i = 0; i < Vector<int>.Count; i++)
            {
                most = Math.Max(most, lanes[i]);
            }
        }

        foreach (var value in values[(vectors.Length * Vector<int>.Count)..])
        {
            most = Math.Max(most, value);
        }

        return most;
    }
}

/// <summary>The four columns of one block size.</summary>
public readonly record struct IndexLevel(
    ReadOnlyMemory<int> LowMin,
    ReadOnlyMemory<int> HighMax,
    ReadOnlyMemory<int> CloseMin,
    ReadOnlyMemory<int> CloseMax);
