using System.Globalization;

namespace Trellis.Core.Tests.Matching.Fuzz;

/// <summary>The engine against the naive exchange, on random commands.</summary>
/// <remarks>TRELLIS_FUZZ_OPERATIONS and TRELLIS_FUZZ_SEED choose how many commands run and the first seed.</remarks>
public sealed class MatchingFuzzTests(ITestOutputHelper output)
{
    private const int DefaultOperations = 1_000_000;
    private const int OperationsPerSeed = 1_000;
    private const int MostFailures = 3;

    [Fact]
    public void The_engine_agrees_with_the_naive_exchange()
    {
        var operations = Setting("TRELLIS_FUZZ_OPERATIONS", DefaultOperations);
        var first = Setting("TRELLIS_FUZZ_SEED", 1);
        var counts = new FuzzCounts();
        List<string> failures = [];
        for (var seed = first; counts["commands"] < operations && failures.Count < MostFailures; seed++)
        {
            if (FuzzRun.Failure(seed, OperationsPerSeed, counts: counts) is { } failure)
            {
                failures.Add(failure);
            }
        }

        failures.ShouldBeEmpty(string.Join("\n\n", failures));
        output.WriteLine(counts.ToString());
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
