using System.Collections.Concurrent;
using Trellis.Simulation.Scenarios;

namespace Trellis.Simulation.Tests;

/// <summary>Many scenarios on all cores.</summary>
internal static class Campaign
{
    /// <summary>Results and failures, by seed.</summary>
    public static (IReadOnlyList<SimulationResult> Results, IReadOnlyList<InvariantException> Failures) Run(IEnumerable<Scenario> scenarios)
    {
        var results = new ConcurrentBag<SimulationResult>();
        var failures = new ConcurrentBag<InvariantException>();
        Parallel.ForEach(
            Partitioner.Create(scenarios, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(2, Environment.ProcessorCount) },
            scenario =>
            {
                try
                {
                    results.Add(SimulationRun.Of(scenario));
                }
                catch (InvariantException failure)
                {
                    failures.Add(failure);
                }
            });
        return ([.. results], [.. failures.OrderBy(failure => failure.Scenario!.Seed)]);
    }
}
