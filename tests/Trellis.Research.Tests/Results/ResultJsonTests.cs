using System.Globalization;
using System.Text.Json.Nodes;
using Trellis.Configuration.Tests.Writing;
using Trellis.Core;
using Trellis.Research.Backtesting;
using Trellis.Research.Results;
using Trellis.Research.Tests.Backtesting;

namespace Trellis.Research.Tests.Results;

public sealed class ResultJsonTests
{
    private const int Cases = 200;

    private static readonly JsonObject Schema = JsonNode.Parse(File.ReadAllText(SchemaPath()))!.AsObject();

    [Fact]
    public void Amounts_are_exact_texts_and_shares_are_numbers()
    {
        var setup = SmallRun.Setup();
        var json = Json(setup, SmallRun.Outcome(setup));

        json["equity"]!["end"]!.GetValue<string>().ShouldBe("999.49");
        json["equity"]!["return"]!.GetValue<double>().ShouldBe(-0.00051, 1e-15);
        json["data"]![0]!["generated_by"]!.GetValue<string>().ShouldBe("hand");
        json["data"]![0]!["catalogue_as_of"]!.GetValue<string>().ShouldBe("2024-05-01");
        json["max_drawdown"]!["peak_time"]!.GetValue<string>().ShouldBe("2024-01-01T00:03:00Z");
        json["max_drawdown"]!["trough_time"]!.GetValue<string>().ShouldBe("2024-01-01T00:04:00Z");
        json["max_drawdown"]!["amount"]!.GetValue<string>().ShouldBe("15");
        json["configuration"]!.ToJsonString().ShouldBe("""{"account":{"balance":1000}}""");
    }

    [Fact]
    public void The_file_fits_its_schema_and_its_parts_sum_to_the_change_in_random_runs()
    {
        foreach (var setup in RandomSetups.Of(Cases))
        {
            var json = Json(setup, new BacktestRun(setup, Engine.Auto).Finish());

            SchemaChecker.Check(json, Schema).ShouldBeEmpty();
            var change = Amount(json["equity"]!, "end") - Amount(json["equity"]!, "start");
            Amount(json["equity"]!, "change").ShouldBe(change);
            var profit = json["profit"]!;
            (Amount(profit, "matched") + Amount(profit, "floating") + Amount(profit, "fees") + Amount(profit, "funding")).ShouldBe(change);
            (Amount(profit, "realized") + Amount(profit, "unrealized") + Amount(profit, "fees") + Amount(profit, "funding")).ShouldBe(change);
            json["bots"]!.AsArray().Sum(bot => Amount(bot!, "change")).ShouldBe(change);
            json["instruments"]!.AsArray().Sum(instrument => Amount(instrument!, "change")).ShouldBe(change);
        }
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public void Equal_runs_give_equal_bytes_and_every_engine_equal_fills(Engine engine)
    {
        foreach (var setup in RandomSetups.Of(10))
        {
            var first = BacktestResult.Of(SmallRun.Description(engine), setup, Engines.Run(setup, engine));
            var second = BacktestResult.Of(SmallRun.Description(engine), setup, Engines.Run(setup, engine));

            ResultJson.Write(first).ShouldBe(ResultJson.Write(second));
            first.FillsSha256.ShouldBe(BacktestResult.Of(SmallRun.Description(), setup, Engines.Run(setup, Engine.Plain)).FillsSha256);
        }
    }

    private static JsonNode Json(BacktestSetup setup, RunOutcome outcome) =>
        JsonNode.Parse(ResultJson.Write(BacktestResult.Of(SmallRun.Description(), setup, outcome)))!;

    private static decimal Amount(JsonNode node, string key) => decimal.Parse(node[key]!.GetValue<string>(), CultureInfo.InvariantCulture);

    private static string SchemaPath()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "docs", "schema", "result.schema.json");
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new DataException("docs/schema/result.schema.json is not above the tests");
    }
}
