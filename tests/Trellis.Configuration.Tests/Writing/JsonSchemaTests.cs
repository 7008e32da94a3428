using System.Text.Json.Nodes;
using Trellis.Configuration.Model;
using Trellis.Configuration.Shapes;
using Trellis.Configuration.Writing;

namespace Trellis.Configuration.Tests.Writing;

public sealed class JsonSchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(JsonSchema.Write())!.AsObject();

    [Fact]
    public void Every_setting_of_every_record_is_in_the_schema_with_its_meaning() => Walk(ShapeReader.Section<Document>(), Schema);

    [Fact]
    public void The_samples_the_templates_and_the_examples_fit_the_schema()
    {
        string[] documents = [Samples.Yaml, Samples.FullYaml, .. Templates.Names.Select(name => Templates.Write(name)!), .. Directory.GetFiles(Path.GetDirectoryName(Repository.Find("examples/grid-btc.yaml"))!, "*.yaml").Select(File.ReadAllText)];
        foreach (var yaml in documents)
        {
            SchemaChecker.Check(JsonNode.Parse(DocumentWriter.ToJson(Samples.Load(yaml))), Schema).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("\"balance\": 10000", "\"balance\": 0")]
    [InlineData("\"balance\": 10000", "\"balance\": \"10000\"")]
    [InlineData("\"balance\": 10000", "\"balanse\": 10000")]
    [InlineData("\"perp\"", "\"future\"")]
    [InlineData("\"grids\": 40", "\"grids\": 40.5")]
    [InlineData("\"btc-grid\"", "\"Btc\"")]
    [InlineData("\"grid\": {", "\"dca\": {")]
    [InlineData("\"grid\": {", "\"gird\": {")]
    public void What_the_loader_refuses_does_not_fit_the_schema(string from, string to)
    {
        var json = Samples.With(from, to, DocumentWriter.ToJson(Samples.Load(Samples.Yaml)));
        Samples.Problems(json, "c.json").ShouldNotBeEmpty();
        SchemaChecker.Check(JsonNode.Parse(json), Schema).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("\"silence_seconds\": 15", "\"silence_seconds\": 0")]
    [InlineData("\"speed\": \"60x\"", "\"speed\": \"fast\"")]
    [InlineData("\"BTCUSDT-1m.csv.gz\"", "5")]
    [InlineData("\"BTCUSDT-1m.csv.gz\"", "\"a\\u0001b\"")]
    [InlineData("\"second\"", "\"Second\"")]
    [InlineData("\"max_drawdown_percent\": 20", "\"max_drawdown_percent\": 101")]
    [InlineData("\"level\": \"debug\"", "\"level\": \"fatal\"")]
    [InlineData("\"dry_run\": true", "\"dry_run\": \"true\"")]
    public void What_the_loader_refuses_of_live_trading_does_not_fit_the_schema(string from, string to)
    {
        var json = Samples.With(from, to, DocumentWriter.ToJson(Samples.Load(Samples.FullYaml)));
        Samples.Problems(json, "c.json").ShouldNotBeEmpty();
        SchemaChecker.Check(JsonNode.Parse(json), Schema).ShouldNotBeEmpty();
    }

    [Fact]
    public void Examples_and_defaults_fit_their_own_schema() => Judge(Schema);

    private static void Judge(JsonNode? node)
    {
        if (node is JsonObject schema)
        {
            foreach (var literal in (schema["examples"] as JsonArray ?? []).Append(schema["default"]).Where(literal => literal is JsonValue))
            {
                SchemaChecker.Check(literal, schema).ShouldBeEmpty(schema.ToJsonString());
            }

            foreach (var (_, inner) in schema)
            {
                Judge(inner);
            }
        }
    }

    private static void Walk(SectionShape shape, JsonObject schema)
    {
        schema["additionalProperties"]!.GetValue<bool>().ShouldBeFalse();
        schema["properties"]!.AsObject().Select(entry => entry.Key).ShouldBe(shape.Settings.Select(setting => setting.Key));
        foreach (var setting in shape.Settings)
        {
            var property = schema["properties"]![setting.Key]!.AsObject();
            property["description"]!.GetValue<string>().ShouldNotBeNullOrWhiteSpace($"{shape.Type.Name}.{setting.Key}");
            if (setting.Shape is SectionShape section)
            {
                Walk(section, property);
            }
            else if (setting.Shape is ListShape { Item: SectionShape item })
            {
                Walk(item, property["items"]!.AsObject());
            }
            else
            {
                setting.Example.ShouldNotBeNull($"{shape.Type.Name}.{setting.Key}");
            }
        }
    }
}
