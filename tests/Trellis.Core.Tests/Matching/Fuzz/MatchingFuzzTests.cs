namespace Trellis.Core.Tests.Matching.Fuzz;

/// <summary>The engine against the naive exchange, on random commands.</summary>
public sealed class MatchingFuzzTests(ITestOutputHelper output)
{
    private const int DefaultOperations = 1_000_000;
    private const int OperationsPerSeed = 1_000;
    private const int MostFailures = 3;

    /// <summary>What a million commands have to hold at least, so that a fuzz of nothing fails.</summary>
    private static readonly Dictionary<string, int> Least = new(StringComparer.Ordinal)
    {
        ["trades"] = 100_000,
    };

    [Fact]
    public void The_engine_agrees_with_the_naive_exchange()
    {
        var operations = FuzzSettings.Operations(DefaultOperations);
        var first = FuzzSettings.FirstSeed;
        var counts = new FuzzCounts();
        List<string> failures = [];
        for (var seed = first; counts["commands"] < operations && failures.Count < MostFailures; seed++)
        {
            if (FuzzRun.Failure(seed, OperationsPerSeed, counts: counts) is { } failure)
            {
                failures.Add(failure);
            }
        }

        if (failures.Count > 0)
        {
            Assert.Fail(string.Join("\n\n", failures));
        }

        output.WriteLine(counts.ToString());
        if (operations >= DefaultOperations)
        {
            counts.ShouldHold(Least);
        }
    }
}
