using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Tests.Vectors;

/// <summary>docs/vectors/signals, and tests/independent/signals.py on them and on random cases.</summary>
public sealed class SignalVectorTests
{
    private const int Cases = 400;

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Folder => Path.Combine(GridVectors.Root, "docs", "vectors", "signals");

    public static IEnumerable<TheoryDataRow<string>> Names() =>
        Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal).Select(path => new TheoryDataRow<string>(Path.GetFileNameWithoutExtension(path)));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_vector_gives_what_it_says_to_the_last_digit(string name)
    {
        var path = Path.Combine(Folder, name + ".json");
        var document = JsonNode.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))!.AsObject();
        var vector = new SignalCase(document);

        // For a new vector: the run writes what it expects, and the independent implementation and a reader judge it.
        if (Environment.GetEnvironmentVariable("TRELLIS_WRITE_VECTORS") == "1")
        {
            await File.WriteAllTextAsync(path, VectorText.Of(vector.WithExpected(Engine.Plain)), TestContext.Current.CancellationToken);
            return;
        }

        foreach (var engine in new[] { Engine.Plain, Engine.Skip, Engine.Auto })
        {
            vector.Result(engine).ToJsonString(Written).ShouldBe(document["expected"]!.ToJsonString(Written), engine.ToString());
        }
    }

    [Fact]
    public void There_are_vectors() => Names().Count().ShouldBeGreaterThanOrEqualTo(15);

    [Fact]
    public async Task The_independent_implementation_agrees_with_the_vectors() => await PythonScript.Judge("signals.py", Folder);

    [Fact]
    public async Task The_independent_implementation_agrees_with_the_executors_on_random_signal_bots()
    {
        var first = int.TryParse(Environment.GetEnvironmentVariable("TRELLIS_FIRST_SEED"), out var given) ? given : 1;
        var folder = Directory.CreateTempSubdirectory("trellis-signals-");
        try
        {
            var fills = 0;
            for (var seed = first; seed < first + Cases; seed++)
            {
                var random = new SignalCase(new RandomSignalCase(seed).Make());
                var document = random.WithExpected(Engine.Plain);
                random.Result(Engine.Skip).ToJsonString().ShouldBe(document["expected"]!.ToJsonString(), $"seed {seed}");
                fills += document["expected"]!["entries"]!.AsArray().Count;
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{seed:D6}.json"), document.ToJsonString(), TestContext.Current.CancellationToken);
            }

            fills.ShouldBeGreaterThan(20 * Cases);
            await PythonScript.Judge("signals.py", folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
