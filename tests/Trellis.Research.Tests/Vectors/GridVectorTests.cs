using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Tests.Vectors;

/// <summary>docs/vectors/grid: what another implementation must find, this one finds with every engine.</summary>
public sealed class GridVectorTests
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<TheoryDataRow<string>> Names() => GridVectors.All();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_vector_gives_what_it_says_to_the_last_digit(string name)
    {
        var path = Path.Combine(GridVectors.Folder, name + ".json");
        var document = JsonNode.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))!.AsObject();
        var vector = new GridCase(document);

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
}
