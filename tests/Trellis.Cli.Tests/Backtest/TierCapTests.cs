namespace Trellis.Cli.Tests.Backtest;

public sealed class TierCapTests : IDisposable
{
    private readonly CommandLine line = new();

    public static TheoryData<string, string?> Bots => new()
    {
        { "grid: {lower: 50000, upper: 70000, grids: 10, investment: 3000, leverage: 50}", "bots[0].grid.leverage: 50 lets binance/perp/BTCUSDT carry a notional of 100000 by its leverage tiers, and the whole of this bot's orders is 150000; allowed: a leverage of at most 20 for that much, or smaller sizes" },
        { "grid: {lower: 50000, upper: 70000, grids: 10, investment: 2000, leverage: 50}", null },
        { "grid: {lower: 50000, upper: 70000, grids: 10, investment: 9000, leverage: 20}", null },
        { "dca: {base_order_size: 50000, safety_order_size: 20000, max_safety_orders: 2, deviation_percent: 1, volume_scale: 2, take_profit_percent: 1, leverage: 50}", "bots[0].dca.leverage: 50 lets binance/perp/BTCUSDT carry a notional of 100000 by its leverage tiers, and the whole of this bot's orders is 110000" },
        { "signal: {name: sma-cross, parameters: {fast: 2, slow: 3}, size: 2500, leverage: 50}", "bots[0].signal.leverage: 50 lets binance/perp/BTCUSDT carry a notional of 100000 by its leverage tiers, and the whole of this bot's orders is 125000" },
        { "signal: {name: sma-cross, parameters: {fast: 2, slow: 3}, sizing: percent_of_equity, size: 19, leverage: 50}", null },
    };

    public void Dispose() => line.Dispose();

    [Theory]
    [MemberData(nameof(Bots))]
    public async Task More_than_the_exchange_carries_at_a_leverage_is_refused_with_one_that_would_do(string bot, string? expected)
    {
        var file = line.Configuration($$"""
            account: {balance: 10000}
            instruments:
              - symbol: BTCUSDT
                exchange: binance
                market: perp
                leverage_tiers:
                  - {notional_cap: 100000, maintenance_percent: 0.4, max_leverage: 100}
                  - {maintenance_percent: 1, max_leverage: 20}
            bots:
              - name: one
                instrument: BTCUSDT
                {{bot}}
            """);
        var (code, _, error) = await line.Run("config", "check", file);

        if (expected is null)
        {
            error.ShouldBeEmpty();
        }

        error.ShouldContain(expected ?? "");
        code.ShouldBe(expected is null ? 0 : 2);
    }
}
