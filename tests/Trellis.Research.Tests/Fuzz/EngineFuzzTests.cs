using System.Collections.Concurrent;
using System.Globalization;
using Trellis.Core;
using Trellis.Research.Backtesting;
using Trellis.Research.Tests.Backtesting;

namespace Trellis.Research.Tests.Fuzz;

/// <summary>The proof that reference = plain = skip = auto, in one piece or in many, on random cases.</summary>
/// <remarks>TRELLIS_FUZZ_CASES and TRELLIS_FUZZ_SEED choose how many cases run and the first seed.</remarks>
public sealed class EngineFuzzTests(ITestOutputHelper output)
{
    private const int DefaultCases = 20_000;
    private const int MostFailures = 5;

    [Fact]
    public void All_engines_agree_to_the_bit_on_random_cases()
    {
        var cases = Setting("TRELLIS_FUZZ_CASES", DefaultCases);
        var first = Setting("TRELLIS_FUZZ_SEED", 1);
        var counts = new FuzzCounts();
        var failures = new ConcurrentQueue<string>();
        Parallel.For(0, cases, new ParallelOptions { MaxDegreeOfParallelism = 2 }, (i, loop) =>
        {
            var fuzz = FuzzCase.Of(first + i);
            if (FailureOf(fuzz, counts) is { } found)
            {
                failures.Enqueue(Describe(fuzz, found));
                if (failures.Count >= MostFailures)
                {
                    loop.Stop();
                }
            }
        });

        failures.ShouldBeEmpty(string.Join("\n\n", failures));
        output.WriteLine(counts.ToString());
        if (cases < 1_000)
        {
            return;
        }

        counts.MedianFills.ShouldBeGreaterThanOrEqualTo(20);
        foreach (var what in (string[])["stop", "liquidation", "funding", "hole", "both sides", "several instruments", "hedge", "spot", "grid", "dca deal", "signal", "signal position closed"])
        {
            counts.Share(what).ShouldBeGreaterThanOrEqualTo(0.05, what);
        }
    }

    private static string? FailureOf(FuzzCase fuzz, FuzzCounts? counts = null)
    {
        try
        {
            return Difference(fuzz, counts);
        }
        catch (Exception exception)
        {
            return exception.ToString();
        }
    }

    private static string? Difference(FuzzCase fuzz, FuzzCounts? counts)
    {
        var setup = fuzz.Build();
        RunOutcome expected;
        try
        {
            expected = Engines.Run(setup, Engine.Reference);
        }
        catch (TrellisException refusal)
        {
            // A case that can't be run is refused by all, in the same words.
            return Engines.Fast
                .Select(engine => Record.Exception(() => { Engines.Run(setup, engine); })?.Message)
                .FirstOrDefault(message => message != refusal.Message) is { } other ? $"expected: {refusal.Message}, got: {other}" : null;
        }

        counts?.Add(fuzz, setup, expected);
        foreach (var engine in Engines.Fast)
        {
            if (Comparison.FirstDifference(expected, Engines.Run(setup, engine)) is { } difference)
            {
                return $"{engine}: {difference}";
            }
        }

        var random = new Random(fuzz.Seed);
        var stops = Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(expected.Range.Count + 1)).Order().ToList();
        var pieces = Engines.RunInPieces(setup, Engines.Fast[fuzz.Seed % 3], stops);
        return Comparison.FirstDifference(expected, pieces) is { } split ? $"stopped at {string.Join(", ", stops)}: {split}" : null;
    }

    private static string Describe(FuzzCase fuzz, string found)
    {
        var small = Shrinker.Shrink(fuzz, candidate => FailureOf(candidate) is not null);
        return $"{fuzz}\n{found}\nshrunk to: {small}\n{FailureOf(small)}";
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
