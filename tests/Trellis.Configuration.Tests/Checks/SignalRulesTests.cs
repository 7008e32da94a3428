using System.Text;
using Trellis.Configuration.Tree;
using Trellis.Core.Markets;
using Trellis.Core.Options;
using Trellis.Core.Strategies.Signals;

namespace Trellis.Configuration.Tests.Checks;

public sealed class SignalRulesTests
{
    private const string Yaml = """
        account:
          balance: 10000
        backtest:
          interval: 5m
        instruments:
          - symbol: BTCUSDT
            exchange: binance
            market: perp
        bots:
          - name: cross
            instrument: BTCUSDT
            signal:
              name: sma-cross
              parameters: {fast: 50, slow: 200}
              size: 100
              stop_loss_percent: 2
        """;

    public static TheoryData<string, string, string[]> Broken => new()
    {
        { "sma-cross", "sma-cros", ["c.yaml:13:13: bots[0].signal.name: 'sma-cros' is not a signal; allowed: breakout, rsi, sma-cross; did you mean sma-cross?"] },
        { "sma-cross", "SMA", ["c.yaml:13:13: bots[0].signal.name: 'SMA' does not have the right form; allowed: a name of up to 32 lower-case letters, digits and hyphens, such as sma-cross"] },
        {
            "fast: 50", "fats: 50",
            [
                "c.yaml:14:26: bots[0].signal.parameters.fats: is not a parameter of sma-cross; allowed: fast, slow; did you mean fast?",
                "c.yaml:14:19: bots[0].signal.parameters.fast: is missing; allowed: a whole number from 1 to 9999",
            ]
        },
        { "fast: 50", "fast: 0", ["c.yaml:14:26: bots[0].signal.parameters.fast: 0 is below 1; allowed: a whole number from 1 to 9999"] },
        { "fast: 50", "fast: 2.5", ["c.yaml:14:26: bots[0].signal.parameters.fast: 2.5 is not a whole number; allowed: a whole number from 1 to 9999"] },
        { "fast: 50", "fast: fifty", ["c.yaml:14:26: bots[0].signal.parameters.fast: 'fifty' is not a number; allowed: a number"] },
        { "fast: 50", "fast: 500", ["c.yaml:14:26: bots[0].signal.parameters.fast: 500 is not below slow (200); allowed: fast below slow"] },
        { "slow: 200", "slow: 20000", ["c.yaml:14:36: bots[0].signal.parameters.slow: 20000 is above 10000; allowed: a whole number from 2 to 10000"] },
        { "{fast: 50, slow: 200}", "5", ["c.yaml:14:19: bots[0].signal.parameters: is a single value; allowed: a section of names and numbers, such as { fast: 50, slow: 200 }"] },
        { "size: 100", "size: 101\n      sizing: percent_of_equity", ["c.yaml:15:13: bots[0].signal.size: 101 is above 100, and with percent_of_equity it is a percentage; allowed: above 0 and at most 100"] },
        { "stop_loss_percent: 2", "sizing: risk_per_trade", ["c.yaml:16:15: bots[0].signal.sizing: risk_per_trade needs a stop loss, whose distance it measures the risk with; allowed: with stop_loss_percent or stop_loss_atr"] },
        { "stop_loss_percent: 2", "take_profit_r: 2", ["c.yaml:16:22: bots[0].signal.take_profit_r: 2 needs a stop loss, of whose distance it is a multiple; allowed: with stop_loss_percent or stop_loss_atr"] },
        { "stop_loss_percent: 2", "on_opposite: ignore", ["c.yaml:16:20: bots[0].signal.on_opposite: ignore leaves no way out of a position; allowed: with a stop loss, a take profit or max_bars"] },
        { "stop_loss_percent: 2", "stop_loss_percent: 2\n      stop_loss_atr: 2", ["c.yaml:13:7: bots[0].signal: has stop_loss_percent and stop_loss_atr; allowed: at most one of stop_loss_percent, stop_loss_atr"] },
        { "stop_loss_percent: 2", "take_profit_percent: 100\n      direction: both", ["c.yaml:16:28: bots[0].signal.take_profit_percent: 100 is 100 or more, and no short position can win that much; allowed: below 100 unless direction is long"] },
        { "stop_loss_percent: 2", "timeframe: 3m", ["c.yaml:16:18: bots[0].signal.timeframe: 3m is not a whole multiple of backtest.interval (5m); allowed: 5m, or a longer one that it divides"] },
        { "market: perp", "market: spot", [] },
        { "stop_loss_percent: 2", "leverage: 126", ["c.yaml:16:17: bots[0].signal.leverage: 126 is above 125; allowed: from 1 to 125"] },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_wrong_setting_is_reported_with_its_place_and_what_is_allowed(string from, string to, string[] problems) =>
        Samples.Problems(Samples.With(from, to, Yaml)).ShouldBe(problems);

    [Fact]
    public void Short_positions_and_leverage_do_not_go_with_spot() =>
        Samples.Problems(Samples.With("market: perp", "market: spot", Samples.With("size: 100", "size: 100\n      direction: both\n      leverage: 2", Yaml)))
            .Select(problem => problem[problem.IndexOf("bots", StringComparison.Ordinal)..])
            .ShouldBe([
                "bots[0].signal.direction: both needs a perpetual, and binance/spot/BTCUSDT is spot; allowed: long on spot",
                "bots[0].signal.leverage: 2 does not go with spot (binance/spot/BTCUSDT); allowed: 1 on spot",
            ]);

    [Fact]
    public void What_is_written_arrives_in_the_options()
    {
        var signal = Samples.Load(Samples.FullYaml).Bots[3].Signal.ShouldNotBeNull();

        signal.Parameters.ShouldBe(new NamedNumbers(KeyValuePair.Create("slow", 100m), KeyValuePair.Create("fast", 20m)));
        signal.Timeframe.ShouldBe(Interval.Parse("1h"));
        (signal.Direction, signal.Sizing, signal.Size, signal.OnOpposite).ShouldBe((SignalDirection.Both, SignalSizing.RiskPerTrade, 1.5m, OppositeSignal.Close));
    }

    [Fact]
    public void A_parameter_can_come_from_the_environment()
    {
        var loaded = Samples.Load(Yaml, new Dictionary<string, string>(StringComparer.Ordinal) { ["TRELLIS__BOTS__0__SIGNAL__PARAMETERS__FAST"] = "7" });

        loaded.Document.Bots[0].Signal!.Parameters.Find("fast").ShouldBe(7m);
    }

    [Fact]
    public void A_signal_of_a_plug_in_is_known_once_it_is_registered()
    {
        var always = new SignalDefinition("always", "Says long at every bar.", [SignalParameter.Number("level", "Nothing.", 0, 1)], _ => new Breakout(1));
        var loader = new ConfigurationLoader { Signals = SignalRegistry.BuiltIn().With(always) };
        var yaml = Encoding.UTF8.GetBytes(Samples.With("sma-cross\n      parameters: {fast: 50, slow: 200}", "always\n      parameters: {level: 0.5}", Yaml));
        var findings = new Findings();

        loader.Load("c.yaml", yaml, Samples.NoEnvironment, findings).ShouldNotBeNull();
        findings.Problems.ShouldBeEmpty();
    }
}
