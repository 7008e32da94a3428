using System.Text.Json.Nodes;

namespace Trellis.Cli.Tests.Backtest;

public sealed class DcaBacktestTests : IDisposable
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
          - name: btc-dca
            instrument: BTCUSDT
            dca: { base_order_size: 500, safety_order_size: 500, max_safety_orders: 4, deviation_percent: 0.5, step_scale: 1.3, take_profit_percent: 0.6, stop_loss: "9%" }
        """;

    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task A_run_completes_deals_and_says_how_they_ended()
    {
        var (exitCode, output, error) = await Backtest(MadeUp, "--out", line.PathOf("out"));

        error.ShouldBeEmpty();
        exitCode.ShouldBe(0);
        output.ShouldContain("btc-dca on binance/perp/BTCUSDT: running");
        output.ShouldMatch(@"deals: \d+ completed: \d+ by take profit, \d+ by stop loss");
        output.ShouldMatch(@"deal time: .+ on average, longest .+");
        Result("out")["counts"]!["pairs"]!.GetValue<int>().ShouldBeGreaterThan(20);
        Result("out")["configuration"]!["bots"]![0]!["dca"]!["stop_loss"]!.ToString().ShouldBe("9%");
    }

    [Theory]
    [InlineData("reference")]
    [InlineData("plain")]
    [InlineData("skip")]
    public async Task Every_engine_trades_the_same(string engine)
    {
        await Backtest(MadeUp, "--out", line.PathOf("auto"), "--to", "2024-01-08");
        (await Backtest(MadeUp, "--out", line.PathOf(engine), "--to", "2024-01-08", "--engine", engine)).ExitCode.ShouldBe(0);

        Result(engine)["fills_sha256"]!.ToString().ShouldBe(Result("auto")["fills_sha256"]!.ToString());
    }

    public static TheoryData<string, string, string> Broken => new()
    {
        { "max_safety_orders: 4", "max_safety_orders: 40", "bots[0].dca.max_safety_orders: " },
        { "base_order_size: 500", "base_order_size: 50", "bots[0].dca.base_order_size: 50 is below the exchange's least notional" },
        { "base_order_size: 500", "base_order_size: 20000", "is more than the wallet holds (10000)" },
        { "deviation_percent: 0.5", "deviation_percent: 0.00001", "bots[0].dca.deviation_percent: safety orders 0 and 1 both lie at" },
        { "\"9%\"", "\"2%\"", "bots[0].dca.stop_loss: 2% from the base order is reached before safety order" },
        { "\"9%\"", "59000", "(at the start price " },
        { "take_profit_percent: 0.6", "take_profit_percent: 0.06, include_fees: false", "bots[0].dca.take_profit_percent: 0.06 % is no more than the fees" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task What_is_wrong_ends_before_the_run_with_its_path(string right, string wrong, string message)
    {
        MadeUp.ShouldContain(right);
        var found = await Backtest(MadeUp.Replace(right, wrong, StringComparison.Ordinal), "--out", line.PathOf("out"));

        found.Error.ShouldContain(message);
        found.ExitCode.ShouldBe(2);
        Directory.Exists(line.PathOf("out")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_bot_that_waits_for_a_price_is_checked_when_it_is_there()
    {
        var text = MadeUp.Replace("\"9%\"", "59000, start_price: 60000", StringComparison.Ordinal);
        var found = await Backtest(text, "--out", line.PathOf("out"));

        found.ExitCode.ShouldBe(2);
        found.Error.ShouldContain("binance/perp/BTCUSDT, deal at the start price");
        found.Error.ShouldContain("stop_loss: 59000 (at 59000) is reached before safety order");
    }

    private Task<(int ExitCode, string Output, string Error)> Backtest(string configuration, params string[] options) =>
        line.Run(["backtest", line.Configuration(configuration), .. options]);

    private JsonNode Result(string folder) => JsonNode.Parse(File.ReadAllText(Path.Combine(line.PathOf(folder), "result.json")))!;
}
