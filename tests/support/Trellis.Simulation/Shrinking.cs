using Trellis.Simulation.Faults;
using Trellis.Simulation.Scenarios;
using Trellis.Simulation.Shell;

namespace Trellis.Simulation;

/// <summary>Makes a failing scenario smaller for as long as it breaks the same invariant: fewer hours, no hand, fewer bots, fewer faults.</summary>
public static class Shrinking
{
    /// <param name="failure">Of a run.</param>
    /// <param name="seam">Makes the shell that it failed with anew; null for a right one.</param>
    /// <returns>The failure of the smallest scenario that was found.</returns>
    public static InvariantException Shrink(InvariantException failure, Func<ShellSeam>? seam = null)
    {
        var smallest = failure;
        for (var isSmaller = true; isSmaller;)
        {
            isSmaller = false;
            foreach (var smaller in Smaller(smallest.Scenario!).ToList())
            {
                if (Fails(smaller, smallest.Invariant, seam) is { } still)
                {
                    smallest = still;
                    isSmaller = true;
                    break;
                }
            }
        }

        return smallest;
    }

    /// <summary>One step smaller each, the largest steps first.</summary>
    private static IEnumerable<Scenario> Smaller(Scenario scenario)
    {
        var kinds = Enum.GetValues<FaultKind>().Where(kind => !scenario.Without.Contains(kind)).ToList();
        if (kinds.Count > 1)
        {
            yield return Without(scenario, kinds);
            yield return Without(scenario, kinds.Take(kinds.Count / 2));
            yield return Without(scenario, kinds.Skip(kinds.Count / 2));
        }

        if (scenario.Hours > 1)
        {
            yield return scenario with { Hours = scenario.Hours / 2 };
            yield return scenario with { Hours = scenario.Hours - 1 };
        }

        if (scenario.HasHand)
        {
            yield return scenario with { HasHand = false };
        }

        if (scenario.MostBots > 1)
        {
            yield return scenario with { MostBots = scenario.MostBots - 1 };
        }

        foreach (var kind in kinds)
        {
            yield return Without(scenario, [kind]);
        }
    }

    private static Scenario Without(Scenario scenario, IEnumerable<FaultKind> kinds) => scenario with { Without = scenario.Without.Concat(kinds).ToHashSet() };

    private static InvariantException? Fails(Scenario scenario, string invariant, Func<ShellSeam>? seam)
    {
        try
        {
            SimulationRun.Of(scenario, seam?.Invoke());
            return null;
        }
        catch (InvariantException failure)
        {
            return failure.Invariant == invariant ? failure : null;
        }
    }
}
