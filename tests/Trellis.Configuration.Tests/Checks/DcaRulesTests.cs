namespace Trellis.Configuration.Tests.Checks;

public sealed class DcaRulesTests
{
    private const string Yaml = """
        account: {balance: 10000}
        instruments:
          - {symbol: BTCUSDT, exchange: binance, market: perp}
        bots:
          - name: btc-dca
            instrument: BTCUSDT
            dca:
              base_order_size: 500
              safety_order_size: 400
              max_safety_orders: 3
              deviation_percent: 1.5
              take_profit_percent: 1
        """;

    public static TheoryData<string, string, string[]> Broken => new()
    {
        { "base_order_size: 500", "base_order_size: 500", [] },
        { "      safety_order_size: 400\n", "", ["c.yaml:8:7: bots[0].dca.safety_order_size: is missing; allowed: a number above 0, or max_safety_orders: 0"] },
        { "      deviation_percent: 1.5\n", "", ["c.yaml:8:7: bots[0].dca.deviation_percent: is missing; allowed: a number above 0, or max_safety_orders: 0"] },
        { "      safety_order_size: 400\n      max_safety_orders: 3\n      deviation_percent: 1.5\n", "      max_safety_orders: 0\n", [] },
        { "max_safety_orders: 3", "max_safety_orders: 101", ["c.yaml:10:26: bots[0].dca.max_safety_orders: 101 is above 100; allowed: from 0 to 100"] },
        { "max_safety_orders: 3", "max_safety_orders: 3\n      sizing: percent_of_balance", ["c.yaml:8:24: bots[0].dca.base_order_size: 500 is above 100 × leverage, and with percent_of_balance it is a percentage of the wallet; allowed: above 0 and at most 100", "c.yaml:9:26: bots[0].dca.safety_order_size: 400 is above 100 × leverage, and with percent_of_balance it is a percentage of the wallet; allowed: above 0 and at most 100"] },
        { "max_safety_orders: 3", "max_safety_orders: 3\n      base_order_offset_percent: 1\n      base_order_timeout_seconds: 60", ["c.yaml:11:34: bots[0].dca.base_order_offset_percent: 1 does not go with base_order: market; allowed: with base_order: limit only", "c.yaml:12:35: bots[0].dca.base_order_timeout_seconds: 60 does not go with base_order: market; allowed: with base_order: limit only"] },
        { "take_profit_percent: 1", "take_profit_percent: 100\n      direction: short", ["c.yaml:12:28: bots[0].dca.take_profit_percent: 100 is not below 100, and a short deal can't win more than its price; allowed: above 0 and below 100 for short"] },
        { "take_profit_percent: 1", "take_profit_percent: 1\n      trailing_percent: 1", ["c.yaml:13:25: bots[0].dca.trailing_percent: 1 is not below take_profit_percent (1), so that a deal could be closed at a loss; allowed: below take_profit_percent"] },
        { "take_profit_percent: 1", "take_profit_percent: 1\n      stop_loss: 100%", ["c.yaml:13:18: bots[0].dca.stop_loss: 100% would lie at or below zero; allowed: a percentage below 100, or a price"] },
        { "take_profit_percent: 1", "take_profit_percent: 1\n      stop_loss: 100%\n      direction: short", [] },
        { "take_profit_percent: 1", "take_profit_percent: 1\n      stop_loss: 40000\n      stop_loss_from: average", ["c.yaml:14:23: bots[0].dca.stop_loss_from: average needs a stop_loss in percent; allowed: with a percentage such as \"12%\" only"] },
        { "take_profit_percent: 1", "take_profit_percent: 1\n      after_stop_loss: stop", ["c.yaml:13:24: bots[0].dca.after_stop_loss: stop needs a stop_loss; allowed: with stop_loss only"] },
        { "market: perp", "market: spot", [] },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Settings_that_do_not_go_together_are_named_with_what_would_do(string from, string to, string[] expected) =>
        Samples.Problems(Samples.With(from, to, Yaml)).ShouldBe(expected);

    [Fact]
    public void Spot_takes_long_deals_without_leverage_only() =>
        Samples.Problems(Samples.With("market: perp", "market: spot", Samples.With("max_safety_orders: 3", "max_safety_orders: 3\n      direction: short\n      leverage: 2", Yaml))).ShouldBe(
        [
            "c.yaml:11:18: bots[0].dca.direction: short needs a perpetual, and binance/spot/BTCUSDT is spot; allowed: long on spot",
            "c.yaml:12:17: bots[0].dca.leverage: 2 does not go with spot (binance/spot/BTCUSDT); allowed: 1 on spot",
        ]);

    [Fact]
    public void A_bot_has_one_strategy() =>
        Samples.Problems(Yaml + "\n    grid: {lower: 50000, upper: 60000, grids: 4, investment: 1000}")
            .ShouldBe(["c.yaml:5:5: bots[0]: has several strategy sections: grid, dca; allowed: exactly one of: grid, dca, signal"]);
}
