using Trellis.Core.Numerics;

namespace Trellis.Simulation.Faults;

/// <summary>
/// Decides which faults happen, and counts them. Every kind has random numbers of its own, so that a scenario without one kind leaves the
/// others where they were.
/// </summary>
public sealed class FaultDice
{
    private static readonly FaultKind[] Kinds = Enum.GetValues<FaultKind>();

    private readonly DeterministicRandom[] randoms;
    private readonly double[] shares;
    private readonly bool[] isOff;

    /// <param name="seed">Of the scenario.</param>
    /// <param name="without">Kinds that never happen.</param>
    public FaultDice(ulong seed, IReadOnlySet<FaultKind> without)
    {
        var mood = new DeterministicRandom(seed ^ 0xFA017);
        randoms = [.. Kinds.Select(kind => new DeterministicRandom(seed ^ (((ulong)kind + 1) * 0x9E3779B97F4A7C15)))];
        shares = [.. Kinds.Select(kind => FaultShares.Of(kind) * (mood.NextUnit() < 0.25 ? 0.0 : 0.3 + (mood.NextUnit() * 1.7)))];
        isOff = [.. Kinds.Select(without.Contains)];
        Counts = new long[Kinds.Length];
    }

    /// <summary>How often each kind has happened, by its number.</summary>
    public long[] Counts { get; }

    /// <summary>Nothing goes wrong for now.</summary>
    public bool IsHealed { get; set; }

    /// <summary>Draws whether a fault happens here, and counts it where it does.</summary>
    public bool Happens(FaultKind kind)
    {
        if (!IsDue(kind))
        {
            return false;
        }

        Note(kind);
        return true;
    }

    /// <summary>Draws without counting: what is due may still find no occasion.</summary>
    public bool IsDue(FaultKind kind) => randoms[(int)kind].NextUnit() < shares[(int)kind] && !isOff[(int)kind] && !IsHealed;

    public bool IsAllowed(FaultKind kind) => !isOff[(int)kind] && !IsHealed;

    public void Note(FaultKind kind) => Counts[(int)kind]++;

    /// <summary>Uniform from 0 to below a bound, from the numbers of a kind.</summary>
    public long Pick(FaultKind kind, long below) => (long)(randoms[(int)kind].NextUnit() * below);
}
