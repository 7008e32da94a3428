using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Tests.Vectors;

/// <summary>docs/vectors: what another implementation must find, this one finds with every engine.</summary>
public sealed class VectorTests
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<TheoryDataRow<string>> Names() => ((string[])["grid", "dca", "signals"]).SelectMany(VectorFolder.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_vector_gives_what_it_says_to_the_last_digit(string name)
    {
        var path = Path.Combine(VectorFolder.Root, "docs", "vectors", name + ".json");
        var document = JsonNode.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))!.AsObject();
        var vector = new VectorCase(document);

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

    [Theory]
    [InlineData("grid", 15)]
    [InlineData("dca", 20)]
    [InlineData("signals", 15)]
    public void There_are_vectors(string strategy, int least) => VectorFolder.Names(strategy).Count().ShouldBeGreaterThanOrEqualTo(least);
}
