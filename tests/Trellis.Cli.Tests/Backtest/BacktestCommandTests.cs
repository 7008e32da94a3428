using System.Text.Json.Nodes;

namespace Trellis.Cli.Tests.Backtest;

public sealed class BacktestCommandTests : IDisposable
{
    private const string MadeUp = """
        account: { balance: 10000 }
        backtest: { interval: 5m, slippage_percent: 0.01 }
        instruments:
          - symbol: BTCUSDT
            exchange: binance
            market: perp
            generate: { model: mean_reversion, seed: 7, start_price: 60000, from: 2024-01-01, days: 20 }
        bots:
          - name: btc-grid
            instrument: BTCUSDT
            grid: { direction: long, spacing_percent: 0.5, levels: 10, investment: 6000 }
        """;

    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task A_run_writes_its_result_and_says_in_words_that_its_market_is_made_up()
    {
        var (exitCode, output, error) = await Backtest(MadeUp, "--out", line.PathOf("out"));

        error.ShouldBeEmpty();
        exitCode.ShouldBe(0);
        output.ShouldContain("GENERATED, not a real market: mean reversion, seed 7");
        output.ShouldContain("5,760 candles, no holes");
        output.ShouldContain(line.PathOf("out"));
        output.Split('\n').ShouldAllBe(text => text.Length <= 80 || text.Contains(line.Folder, StringComparison.Ordinal));
        output.ShouldNotContain("\e");
        Directory.GetFiles(line.PathOf("out")).Length.ShouldBe(6);
        var json = Result("out");
        json["name"]!.GetValue<string>().ShouldBe("bot");
        json["counts"]!["fills"]!.GetValue<int>().ShouldBeGreaterThan(50);
        json["configuration"]!["bots"]![0]!["grid"]!["levels"]!.GetValue<int>().ShouldBe(10);
    }

    [Fact]
    public async Task Equal_runs_write_equal_bytes()
    {
        await Backtest(MadeUp, "--out", line.PathOf("first"));
        await Backtest(MadeUp, "--out", line.PathOf("second"));

        foreach (var file in (string[])["result.json", "fills.csv", "equity.csv", "chart.json", "report.html", "SHA256SUMS"])
        {
            File.ReadAllBytes(Path.Combine(line.PathOf("first"), file)).ShouldBe(File.ReadAllBytes(Path.Combine(line.PathOf("second"), file)));
        }
    }

    [Theory]
    [InlineData("reference")]
    [InlineData("plain")]
    [InlineData("skip")]
    public async Task Every_engine_trades_the_same(string engine)
    {
        await Backtest(MadeUp, "--out", line.PathOf("auto"), "--to", "2024-01-08");
        (await Backtest(MadeUp, "--out", line.PathOf(engine), "--to", "2024-01-08", "--engine", engine)).ExitCode.ShouldBe(0);

        Result(engine)["engine"]!.GetValue<string>().ShouldBe(engine);
        Result(engine)["fills_sha256"]!.ToString().ShouldBe(Result("auto")["fills_sha256"]!.ToString());
        File.ReadAllText(Path.Combine(line.PathOf(engine), "equity.csv")).ShouldBe(File.ReadAllText(Path.Combine(line.PathOf("auto"), "equity.csv")));
    }

    [Fact]
    public async Task The_options_for_the_range_replace_that_of_the_configuration()
    {
        await Backtest(MadeUp, "--out", line.PathOf("cut"), "--from", "2024-01-03", "--to", "2024-01-05T12:00");

        var range = Result("cut")["range"]!;
        (range["from"]!.ToString(), range["to"]!.ToString()).ShouldBe(("2024-01-03T00:00:00Z", "2024-01-05T12:00:00Z"));
        Result("cut")["configuration"]!["backtest"]!["from"]!.ToString().ShouldBe("2024-01-03");
    }

    [Fact]
    public async Task Results_of_a_short_position_and_funding_say_so()
    {
        File.WriteAllText(line.PathOf("funding.csv"), "time_ms,funding_rate\n1704182400000,0.0001\n1704211200000,0.0001\n");
        var text = MadeUp.Replace("    market: perp", "    market: perp\n    funding: funding.csv", StringComparison.Ordinal)
            .Replace("direction: long", "direction: short", StringComparison.Ordinal);

        (await Backtest(text, "--out", line.PathOf("short"))).ExitCode.ShouldBe(0);

        var json = Result("short");
        json["counts"]!["funding_payments"]!.GetValue<int>().ShouldBe(2);
        json["profit"]!["funding"]!.ToString().ShouldNotStartWith("-");
        json["data"]![0]!["funding_file"]!.ToString().ShouldBe("funding.csv");
        json["data"]![0]!["funding_rates"]!.GetValue<int>().ShouldBe(2);
    }

    public static TheoryData<string, string, int, string> Broken => new()
    {
        { "investment: 6000", "investment: 60", 2, "bots[0].grid.investment: " },
        { "investment: 6000", "investment: 20000", 2, "is more than the wallet holds (10000)" },
        { "spacing_percent: 0.5, levels: 10", "lower: 60000, upper: 60001, grids: 100", 2, "bots[0].grid.grids: lines" },
        { "spacing_percent: 0.5", "spacing_percent: 0.01", 2, "bots[0].grid.spacing_percent: " },
        { "direction: long", "direction: up", 2, "bots[0].grid.direction" },
        { "slippage_percent: 0.01", "slippage_percent: 0.0100001", 2, "at most 6 decimals" },
        { "    generate: { model: mean_reversion, seed: 7, start_price: 60000, from: 2024-01-01, days: 20 }\n", "", 3, "the candle store has no binance/perp/BTCUSDT 5m" },
        { "    market: perp", "    market: perp\n    funding: nowhere.csv", 3, "nowhere.csv" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task What_is_wrong_ends_before_the_run_with_its_exit_code_and_path(string right, string wrong, int exitCode, string message)
    {
        MadeUp.ShouldContain(right);
        var found = await Backtest(MadeUp.Replace(right, wrong, StringComparison.Ordinal), "--store", line.PathOf("store"), "--out", line.PathOf("out"));

        found.Error.ShouldContain(message);
        found.Error.ShouldNotContain("defect");
        found.ExitCode.ShouldBe(exitCode);
        found.Output.ShouldBeEmpty();
        Directory.Exists(line.PathOf("out")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--engine", "warp")]
    [InlineData("--from", "yesterday")]
    [InlineData("--to", "2023-01-01")]
    [InlineData("--form", "2024-01-01")]
    public async Task Options_that_cannot_be_understood_are_usage_errors(string option, string value) =>
        (await Backtest(MadeUp, "--from", "2024-01-02", option, value)).ExitCode.ShouldBe(2);

    [Fact]
    public async Task A_missing_configuration_is_a_configuration_error()
    {
        var (exitCode, _, error) = await line.Run("backtest", line.PathOf("none.yaml"));

        exitCode.ShouldBe(2);
        error.ShouldContain("none.yaml");
        error.ShouldContain("does not exist");
    }

    [Fact]
    public async Task A_folder_that_holds_something_else_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(line.PathOf("home"));
        File.WriteAllText(line.PathOf("home/diary.txt"), "mine");

        var (exitCode, _, error) = await Backtest(MadeUp, "--out", line.PathOf("home"));

        exitCode.ShouldBe(2);
        error.ShouldContain("'diary.txt'");
        Directory.GetFileSystemEntries(line.PathOf("home")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Config_check_judges_the_ladder_of_a_bounded_grid()
    {
        var path = line.Configuration(MadeUp.Replace("spacing_percent: 0.5, levels: 10, investment: 6000", "lower: 50000, upper: 70000, grids: 100, investment: 100", StringComparison.Ordinal));

        var (exitCode, _, error) = await line.Run("config", "check", path);

        exitCode.ShouldBe(2);
        error.ShouldContain("bots[0].grid.investment: ");
        error.ShouldContain("would do");
        error.ShouldContain("bot.yaml:");
    }

    private Task<(int ExitCode, string Output, string Error)> Backtest(string configuration, params string[] options) =>
        line.Run(["backtest", line.Configuration(configuration), .. options]);

    private JsonNode Result(string folder) => JsonNode.Parse(File.ReadAllText(Path.Combine(line.PathOf(folder), "result.json")))!;
}
