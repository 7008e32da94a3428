using Trellis.Core;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Tests.Vectors;

/// <summary>tests/independent, written from the documentation alone, finds the same fills and the same money to the last digit.</summary>
public sealed class IndependentTests
{
    private const int Cases = 400;

    [Theory]
    [InlineData("grid")]
    [InlineData("dca")]
    [InlineData("signals")]
    public async Task It_agrees_with_the_vectors(string strategy) => await PythonScript.Judge(strategy + ".py", VectorFolder.Of(strategy));

    [Fact]
    public async Task It_agrees_with_the_executors_on_random_grids() => await JudgeRandom("grid", seed => new RandomGridCase(seed));

    [Fact]
    public async Task It_agrees_with_the_executors_on_random_dca_bots() => await JudgeRandom("dca", seed => new RandomDcaCase(seed));

    [Fact]
    public async Task It_agrees_with_the_executors_on_random_signal_bots() => await JudgeRandom("signals", seed => new RandomSignalCase(seed));

    private static async Task JudgeRandom(string strategy, Func<int, RandomCase> caseOf)
    {
        var first = int.TryParse(Environment.GetEnvironmentVariable("TRELLIS_FIRST_SEED"), out var given) ? given : 1;
        var folder = Directory.CreateTempSubdirectory($"trellis-{strategy}-");
        try
        {
            var (runs, fills) = (0, 0);
            for (var seed = first; runs < Cases; seed++)
            {
                var random = new VectorCase(caseOf(seed).Make());
                try
                {
                    var document = random.WithExpected(Engine.Plain);
                    random.Result(Engine.Skip).ToJsonString().ShouldBe(document["expected"]!.ToJsonString(), $"seed {seed}");
                    fills += document["expected"]!["entries"]!.AsArray().Count;
                    await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{seed:D6}.json"), document.ToJsonString(), TestContext.Current.CancellationToken);
                    runs++;
                }
                catch (ConfigurationException)
                {
                    // A bot that its instrument does not allow: the next seed.
                }
            }

            fills.ShouldBeGreaterThan(20 * Cases);
            await PythonScript.Judge(strategy + ".py", folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
