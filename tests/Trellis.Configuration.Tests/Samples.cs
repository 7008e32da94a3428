using System.Text;
using Trellis.Configuration.Checks;
using Trellis.Configuration.Model;
using Trellis.Configuration.Tree;

namespace Trellis.Configuration.Tests;

/// <summary>Documents to start a test from, and short ways to load them.</summary>
internal static class Samples
{
    public const string Yaml = """
        account:
          balance: 10000
        instruments:
          - symbol: BTCUSDT
            exchange: binance
            market: perp
        bots:
          - name: btc-grid
            instrument: BTCUSDT
            grid:
              lower: 50000
              upper: 70000
              grids: 40
              investment: 5000
        """;

    /// <summary>Every key that can stand beside the others, in YAML.</summary>
    public const string FullYaml = """
        account: {balance: 10000.50, position_mode: hedge}
        backtest:
          interval: 5m
          from: 2024-01-01
          to: 2024-04-01T12:00:00Z
          slippage_percent: 0.01
          order_in_candle: optimistic
        instruments:
          - symbol: BTCUSDT
            exchange: binance
            market: perp
            funding: funding/btc.csv.gz
            contract_multiplier: 1
            fee_currency: quote
            rules:
              - {tick_size: 0.5, maker_fee_percent: -0.005}
              - {valid_from: 2024-02-01, lot_size: 0.002, min_quantity: 0.002, min_notional: 50, taker_fee_percent: 0.04}
            leverage_tiers:
              - {notional_cap: 50000, maintenance_percent: 0.4, max_leverage: 100}
              - {maintenance_percent: 0.5, maintenance_deduction: 50, max_leverage: 75}
          - symbol: MYCOIN
            exchange: my_venue
            market: spot
            base_currency: MY
            quote_currency: COIN
            generate: {model: jumps, seed: 7, start_price: 1.5, from: 2024-01-01, days: 100, volatility_percent: 4.5}
            rules:
              - {tick_size: 0.01, lot_size: 0.1, maker_fee_percent: 0.1, taker_fee_percent: 0.1}
        bots:
          - name: btc-grid
            instrument: binance/perp/BTCUSDT
            grid:
              direction: short
              lower: 50000
              upper: 7e4
              grids: 40
              spacing: geometric
              sizing: percent_of_balance
              investment: 50
              leverage: 3
              initial_purchase: false
              start_price: 61000.5
              stop_loss: 75000
              take_profit: "12.5%"
              trailing_down: true
              trailing_down_limit: 40000
              on_stop: keep
              post_only: false
          - name: my-grid
            instrument: MYCOIN
            grid: {spacing_percent: .5, levels: 20, investment: 100, stop_loss: 20%, rebalance_threshold: 10}
          - name: btc-dca
            instrument: binance/perp/BTCUSDT
            dca:
              direction: short
              sizing: percent_of_balance
              base_order_size: 5
              base_order: limit
              base_order_offset_percent: 0.1
              base_order_timeout_seconds: 3600
              safety_order_size: 4.5
              max_safety_orders: 6
              max_active_safety_orders: 2
              deviation_percent: 1.5
              deviation_mode: from_entry
              step_scale: 1.2
              volume_scale: 1.3
              take_profit_percent: 1.25
              include_fees: false
              trailing_percent: 0.3
              stop_loss: 12%
              stop_loss_from: average
              after_stop_loss: stop
              cooldown_seconds: 300
              max_deals: 10
              start_price: 61000
              leverage: 3
              post_only: true
          - name: btc-cross
            instrument: BTCUSDT
            signal:
              name: sma-cross
              parameters: {fast: 20, slow: 100.0}
              timeframe: 1h
              direction: both
              sizing: risk_per_trade
              size: 1.5
              leverage: 3
              stop_loss_atr: 2.5
              take_profit_r: 2
              atr_period: 20
              on_opposite: close
              max_bars: 48
              cooldown_bars: 2
        dry_run: true
        exchange:
          type: simulator
          environment: mainnet
          account: second
          address: http://127.0.0.1:8790
          poll_only: true
          poll_seconds: 0.5
          silence_seconds: 15
          receive_window_ms: 2000
          simulator: {speed: 60x, seed: 7, fill_rule: candle, data: [BTCUSDT-1m.csv.gz, "MYCOIN=my coin.csv"], quiet_ms: 5}
        live: {interval: 5m, on_stop: cancel, reconcile_seconds: 30}
        risk: {max_position: 5000, max_total_exposure: 20000, max_drawdown_percent: 20, max_orders_per_instrument: 100, price_collar_percent: 7.5}
        storage: {path: ~/my/trellis.db}
        logs: {folder: ~/my/logs, level: debug, file_mb: 10, keep: 5}
        """;

    public const string Secret = "hunter2hunter2";

    /// <summary>Live trading at an exchange, with every secret there is.</summary>
    public const string LiveYaml = Yaml + $"""

        exchange:
          type: binance
          environment: testnet
          api_key: Key-{Secret}
          api_secret: {Secret}
        risk:
          max_position: 5000
        storage:
          connection: Host=localhost;Password={Secret}
        """;

    public static readonly IReadOnlyDictionary<string, string> NoEnvironment = new Dictionary<string, string>(StringComparer.Ordinal);

    public static Document Load(string text, string file = "c.yaml") => Load(text, NoEnvironment, file).Document;

    public static LoadedConfiguration Load(string text, IReadOnlyDictionary<string, string> environment, string file = "c.yaml")
    {
        var findings = new Findings();
        var loaded = new ConfigurationLoader().Load(file, Encoding.UTF8.GetBytes(text), environment, findings);
        findings.Problems.Select(problem => problem.ToString()).ShouldBeEmpty();
        return loaded.ShouldNotBeNull();
    }

    public static string[] Problems(string text, string file = "c.yaml", IReadOnlyDictionary<string, string>? environment = null, IDocumentCheck? check = null) =>
        Problems(Encoding.UTF8.GetBytes(text), file, environment, check);

    public static string[] Problems(byte[] bytes, string file = "c.yaml", IReadOnlyDictionary<string, string>? environment = null, IDocumentCheck? check = null)
    {
        var findings = new Findings();
        var loader = new ConfigurationLoader(check is null ? [] : [check]);
        var loaded = loader.Load(file, bytes, environment ?? NoEnvironment, findings);
        (loaded is null).ShouldBe(findings.Problems.Count > 0);
        return [.. findings.Problems.Select(problem => problem.ToString())];
    }

    /// <summary>The sample with one piece replaced; the piece must be there.</summary>
    public static string With(string from, string to, string yaml = Yaml)
    {
        yaml.ShouldContain(from);
        return yaml.Replace(from, to, StringComparison.Ordinal);
    }
}
