using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trellis.Data.Format;

/// <summary>
/// The 64-bit checksum of candle files: 32 lanes of 64 bits run side by side over blocks of 256 bytes, so that it
/// keeps up with memory. Every step is a bijection of its lane, hence a change confined to one 64-bit word
/// (a flipped bit) always changes the result, and each step feeds the next, hence order matters.
/// The lane count is fixed: every machine gets the same bits. docs/data.md states it step by step.
/// </summary>
public static class Checksum
{
    /// <summary>Data is taken in blocks of this many bytes; a last partial block counts as filled up with zeros.</summary>
    public const int BlockBytes = 256;

    private const int Lanes = BlockBytes / sizeof(ulong);
    private const ulong Golden = 0x9E3779B97F4A7C15;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Compute(ReadOnlySpan<byte> data)
    {
        Span<ulong> lanes = stackalloc ulong[Lanes];
        for (var i = 0; i < Lanes; i++)
        {
            lanes[i] = Mix((ulong)(i + 1) * Golden);
        }

        var whole = data.Length / BlockBytes * BlockBytes;
        Absorb(lanes, data[..whole]);
        var blocks = (ulong)(whole / BlockBytes);
        if (whole < data.Length)
        {
            Span<byte> last = stackalloc byte[BlockBytes];
            last.Clear();
            data[whole..].CopyTo(last);
            Absorb(lanes, last);
            blocks++;
        }

        var sum = blocks;
        foreach (var lane in lanes)
        {
            sum = Mix(sum ^ lane);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Absorb(Span<ulong> lanes, ReadOnlySpan<byte> blocks)
    {
        var words = MemoryMarshal.Cast<byte, Vector256<ulong>>(blocks);
        var state = MemoryMarshal.Cast<ulong, Vector256<ulong>>(lanes);
        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        ref var word = ref MemoryMarshal.GetReference(words);
        for (nint i = 0; i < words.Length; i += 8)
        {
            a = Step(a, Unsafe.Add(ref word, i));
            b = Step(b, Unsafe.Add(ref word, i + 1));
            c = Step(c, Unsafe.Add(ref word, i + 2));
            d = Step(d, Unsafe.Add(ref word, i + 3));
            e = Step(e, Unsafe.Add(ref word, i + 4));
            f = Step(f, Unsafe.Add(ref word, i + 5));
            g = Step(g, Unsafe.Add(ref word, i + 6));
            h = Step(h, Unsafe.Add(ref word, i + 7));
        }

        (state[0], state[1], state[2], state[3]) = (a, b, c, d);
        (state[4], state[5], state[6], state[7]) = (e, f, g, h);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Step(Vector256<ulong> lane, Vector256<ulong> word)
    {
        lane ^= word;
        lane += Vector256.ShiftLeft(lane, 13);
        return lane ^ Vector256.ShiftRightLogical(lane, 29);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
