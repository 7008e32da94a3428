using System.Numerics;

namespace Trellis.Core.Numerics;

/// <summary>
/// Random numbers that are the same on every machine: xoshiro256** (Blackman and Vigna, 2018), its state filled
/// from the seed by splitmix64. Only integer arithmetic and one exact conversion to double are used.
/// </summary>
public sealed class DeterministicRandom
{
    /// <summary>1 ÷ the standard deviation of the sum of four uniform integers from 0 to 65535: sqrt(3 ÷ (2^32 − 1)).</summary>
    private const double BellScale = 1.0 / 37837.22723720648;

    private ulong a;
    private ulong b;
    private ulong c;
    private ulong d;

    public DeterministicRandom(ulong seed)
    {
        a = Fill(ref seed);
        b = Fill(ref seed);
        c = Fill(ref seed);
        d = Fill(ref seed);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(b * 5, 7) * 9;
        var shifted = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = BitOperations.RotateLeft(d, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), a multiple of 2^-53.</summary>
    public double NextUnit() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>
    /// Bell-shaped with mean 0 and standard deviation 1, within ±3.47: the centred sum of the four 16-bit parts of one
    /// draw. It stands in for a normal variate where logarithms and cosines, which differ between machines, may not be used.
    /// </summary>
    public double NextBell()
    {
        var bits = NextBits();
        var sum = (int)(bits & 0xFFFF) + (int)((bits >> 16) & 0xFFFF) + (int)((bits >> 32) & 0xFFFF) + (int)(bits >> 48);
        return (sum - 131_070) * BellScale;
    }

    private static ulong Fill(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var value = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
