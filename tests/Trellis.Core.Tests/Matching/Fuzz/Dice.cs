using Trellis.Core.Numerics;

namespace Trellis.Core.Tests.Matching.Fuzz;

/// <summary>Choices from a seed, the same on every machine.</summary>
internal sealed class Dice(int seed)
{
    private readonly DeterministicRandom random = new((ulong)seed);

    /// <summary>0 to <paramref name="count"/> − 1.</summary>
    public int Below(int count) => (int)(random.NextBits() % (ulong)count);

    /// <summary>Both ends may come.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>True in <paramref name="percent"/> of 100 throws.</summary>
    public bool Chance(int percent) => Below(100) < percent;

    public T Of<T>(params IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>An index, as often as its weight says.</summary>
    public int Weighted(IReadOnlyList<int> weights)
    {
        var left = Below(weights.Sum());
        for (var i = 0; ; i++)
        {
            left -= weights[i];
            if (left < 0)
            {
                return i;
            }
        }
    }
}
