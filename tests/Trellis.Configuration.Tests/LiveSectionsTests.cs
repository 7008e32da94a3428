using Trellis.Configuration.Model;
using Trellis.Configuration.Shapes;
using Trellis.Configuration.Writing;
using Trellis.Core.Markets;
using Trellis.Core.Matching;

namespace Trellis.Configuration.Tests;

public sealed class LiveSectionsTests
{
    private static readonly string[] Sections = ["exchange", "live", "risk", "storage", "logs"];

    /// <summary>Path and example of every value of the sections.</summary>
    public static TheoryData<string, string> Values => new(ShapeReader.Section<Document>().Settings
        .Where(setting => setting.Key == "dry_run" || Sections.Contains(setting.Key, StringComparer.Ordinal))
        .SelectMany(setting => ValuesOf(setting, setting.Key)));

    [Fact]
    public void Without_them_everything_is_as_by_default()
    {
        var document = Samples.Load(Samples.Yaml);

        document.DryRun.ShouldBeFalse();
        document.Exchange.ShouldBe(new ExchangeOptions { Type = ExchangeType.Simulator, Environment = TradingEnvironment.Mainnet, Account = "main", PollSeconds = 1m, SilenceSeconds = 30, ReceiveWindowMs = 1_500 });
        document.Live.ShouldBe(new LiveOptions { Interval = Interval.OneMinute, OnStop = OrdersOnStop.Keep, ReconcileSeconds = 60 });
        document.Risk.ShouldBe(new RiskOptions());
        document.Storage.ShouldBe(new StorageOptions());
        document.Logs.ShouldBe(new LogOptions { Level = LogLevel.Information, FileMb = 50, Keep = 20 });
        new EmbeddedSimulatorOptions().ShouldBe(new EmbeddedSimulatorOptions { Speed = "1x", Seed = 1, FillRule = FillRule.Book, QuietMs = 20 });
    }

    [Theory]
    [InlineData("yaml")]
    [InlineData("json")]
    [InlineData("ini")]
    public void A_document_that_does_not_write_them_is_saved_without_them(string format)
    {
        var saved = DocumentWriter.To(format, Samples.Load(Samples.Yaml), revealSecrets: true);

        new[] { "dry_run", "poll_seconds", "reconcile_seconds", "risk", "storage", "file_mb" }.ShouldAllBe(key => !saved.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public void A_backtest_knows_nothing_of_them()
    {
        var document = Samples.Load(Samples.FullYaml);
        var before = Samples.Load(Samples.FullYaml[..Samples.FullYaml.IndexOf("dry_run:", StringComparison.Ordinal)]);

        DocumentWriter.ToJson(document.ForBacktest()).ShouldBe(DocumentWriter.ToJson(before));
    }

    [Fact]
    public void What_is_written_arrives_in_the_records()
    {
        var document = Samples.Load(Samples.FullYaml);

        document.DryRun.ShouldBeTrue();
        (document.Exchange with { Simulator = null }).ShouldBe(new ExchangeOptions { Account = "second", Address = "http://127.0.0.1:8790", PollOnly = true, PollSeconds = 0.5m, SilenceSeconds = 15, ReceiveWindowMs = 2_000 });
        (document.Exchange.Simulator! with { Data = null }).ShouldBe(new EmbeddedSimulatorOptions { Speed = "60x", Seed = 7, FillRule = FillRule.Candle, QuietMs = 5 });
        document.Exchange.Simulator!.Data.ShouldBe(["BTCUSDT-1m.csv.gz", "MYCOIN=my coin.csv"]);
        document.Live.ShouldBe(new LiveOptions { Interval = Interval.Parse("5m"), OnStop = OrdersOnStop.Cancel, ReconcileSeconds = 30 });
        document.Risk.ShouldBe(new RiskOptions { MaxPosition = 5_000m, MaxTotalExposure = 20_000m, MaxDrawdownPercent = 20m, MaxOrdersPerInstrument = 100, PriceCollarPercent = 7.5m });
        document.Storage.ShouldBe(new StorageOptions { Path = "~/my/trellis.db" });
        document.Logs.ShouldBe(new LogOptions { Folder = "~/my/logs", Level = LogLevel.Debug, FileMb = 10, Keep = 5 });
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Every_value_can_come_from_the_environment(string path, string example)
    {
        var variable = "TRELLIS__" + path.Replace(".", "__", StringComparison.Ordinal).ToUpperInvariant();
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { [variable] = example };
        foreach (var (key, other) in new[] { ("api_key", "API_SECRET"), ("api_secret", "API_KEY"), ("environment", "TYPE") })
        {
            if (path == $"exchange.{key}")
            {
                variables.Add($"TRELLIS__EXCHANGE__{other}", other == "TYPE" ? "binance" : "abc");
            }
        }

        var loaded = Samples.Load(Samples.Yaml, variables);

        loaded.Sources.Of(path.Replace(".0", "[0]", StringComparison.Ordinal)).ShouldBe($"environment variable {variable}");
        variables[variable] = "\u0001";
        Samples.Problems(Samples.Yaml, environment: variables).ShouldHaveSingleItem().ShouldStartWith($"environment variable {variable}: {path.Replace(".0", "[0]", StringComparison.Ordinal)}: ");
    }

    private static IEnumerable<(string Path, string Example)> ValuesOf(Setting setting, string path) => setting.Shape switch
    {
        SectionShape section => section.Settings.SelectMany(inner => ValuesOf(inner, $"{path}.{inner.Key}")),
        ListShape => [($"{path}.0", setting.Example!)],
        _ => [(path, setting.Example!)],
    };
}
