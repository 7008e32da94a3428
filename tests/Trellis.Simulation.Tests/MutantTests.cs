using Trellis.Simulation.Mutants;
using Trellis.Simulation.Scenarios;
using Trellis.Simulation.Shell;

namespace Trellis.Simulation.Tests;

/// <summary>Shells that do wrong in one way each: the invariants notice every one, and the scenario shrinks to one that a person can read.</summary>
public sealed class MutantTests(ITestOutputHelper output)
{
    /// <summary>As many as the campaign has, of a third of their length: what the campaign would notice counts as noticed.</summary>
    private const int MostSeeds = 500;

    public static TheoryData<string, string[]> Mutants => new()
    {
        { nameof(ResendsTheUnknown), ["no order is sent twice"] },
        { nameof(BooksFillsTwice), ["bots and foreign are the exchange's position", "all money is explained", "a bot holds what its orders have executed"] },
        { nameof(ForgetsForeign), ["foreign orders are shown"] },
        { nameof(CancelsForeign), ["a foreign order is never touched"] },
        { nameof(SendsBeforeCommit), ["no order leaves before its commit"] },
        { nameof(ForgetsQuotes), ["a replay does what was done", "a replay ends where the loop is", "a restart ends where the process ended"] },
        { nameof(SendsMore), ["one order per slot", "no position is beyond its limit", "no slot fills twice"] },
    };

    [Theory]
    [MemberData(nameof(Mutants))]
    public void A_shell_that_does_wrong_is_noticed_and_its_scenario_shrinks(string mutant, string[] invariants)
    {
        var seam = () => (ShellSeam)Activator.CreateInstance(typeof(ResendsTheUnknown).Assembly.GetType($"Trellis.Simulation.Mutants.{mutant}")!)!;
        var failure = Find(seam);
        failure.ShouldNotBeNull($"no seed below {MostSeeds} notices it");

        var shrunk = Shrinking.Shrink(failure, seam);

        output.WriteLine($"{mutant}\n{failure.Report()}\nshrunk:\n{shrunk.Report()}");
        invariants.Contains(shrunk.Invariant, StringComparer.Ordinal).ShouldBeTrue(shrunk.Invariant);
        shrunk.Scenario!.Hours.ShouldBeLessThanOrEqualTo(failure.Scenario!.Hours);
        shrunk.Report().ShouldContain($"seed {failure.Scenario.Seed}", Case.Sensitive);
        SimulationRun.Of(shrunk.Scenario).Hours.ShouldBeGreaterThan(0, "a right shell passes the same scenario");
    }

    private static InvariantException? Find(Func<ShellSeam> seam)
    {
        for (var seed = 0UL; seed < MostSeeds; seed++)
        {
            try
            {
                SimulationRun.Of(new Scenario { Seed = seed, Hours = 8 }, seam());
            }
            catch (InvariantException failure)
            {
                return failure;
            }
        }

        return null;
    }
}
