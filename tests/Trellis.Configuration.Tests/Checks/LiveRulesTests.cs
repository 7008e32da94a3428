namespace Trellis.Configuration.Tests.Checks;

public sealed class LiveRulesTests
{
    private const string Sections = Samples.Yaml + """

        exchange:
          type: binance
        live:
          interval: 1m
        risk:
          max_position: 5000
        storage:
          path: a.db
        logs:
          keep: 20
        """;

    private const string Exchanges = "type, environment, account, api_key, api_secret, address, poll_only, poll_seconds, silence_seconds, receive_window_ms, simulator";

    public static TheoryData<string, string, string[]> Broken => new()
    {
        { "type: binance", "type: binanse", ["c.yaml:16:9: exchange.type: 'binanse' is not known here; allowed: simulator, binance; did you mean binance?"] },
        { "type: binance", "typ: binance", [$"c.yaml:16:3: exchange.typ: is not a known key; allowed: {Exchanges}; did you mean type?"] },
        { "type: binance", "speed: 1x", [$"c.yaml:16:3: exchange.speed: is not a known key; allowed: {Exchanges}; did you mean simulator.speed?"] },
        { "type: binance", "account: Main", ["c.yaml:16:12: exchange.account: 'Main' does not have the right form; allowed: 1 to 32 lower-case letters, digits and hyphens"] },
        { "type: binance", "environment: testnet", ["c.yaml:16:16: exchange.environment: testnet does not go with type simulator, which has no testnet; allowed: with type binance only"] },
        { "type: binance", "type: binance\n  simulator: {speed: 2x}", ["c.yaml:17:14: exchange.simulator: does not go with type binance; allowed: with type simulator only"] },
        { "type: binance", "address: ftp://x", ["c.yaml:16:12: exchange.address: 'ftp://x' does not have the right form; allowed: an http or https address such as http://127.0.0.1:8790"] },
        { "type: binance", "address: http://127.0.0.1:99999", ["c.yaml:16:12: exchange.address: 'http://127.0.0.1:99999' is not an address; allowed: a host, and a port up to 65535 behind a colon, such as http://127.0.0.1:8790"] },
        { "type: binance", "poll_seconds: 0.05", ["c.yaml:16:17: exchange.poll_seconds: 0.05 is below 0.1; allowed: from 0.1 to 60"] },
        { "type: binance", "poll_seconds: 61", ["c.yaml:16:17: exchange.poll_seconds: 61 is above 60; allowed: from 0.1 to 60"] },
        { "type: binance", "silence_seconds: 601", ["c.yaml:16:20: exchange.silence_seconds: 601 is above 600; allowed: from 1 to 600"] },
        { "type: binance", "receive_window_ms: 99", ["c.yaml:16:22: exchange.receive_window_ms: 99 is below 100; allowed: from 100 to 60000"] },
        { "type: binance", "simulator: {speed: fast}", ["c.yaml:16:22: exchange.simulator.speed: 'fast' does not have the right form; allowed: max, step, or a number from 0.001 to 100000 with an x behind it, such as 1x, 60x or 0.5x"] },
        { "type: binance", "simulator: {speed: 100001x}", ["c.yaml:16:22: exchange.simulator.speed: '100001x' is out of range; allowed: 0.001x to 100000x"] },
        { "type: binance", "simulator: {speed: 0.0009x}", ["c.yaml:16:22: exchange.simulator.speed: '0.0009x' is out of range; allowed: 0.001x to 100000x"] },
        { "type: binance", "simulator: {speed: step}", [] },
        { "type: binance", "simulator: {fill_rule: books}", ["c.yaml:16:26: exchange.simulator.fill_rule: 'books' is not known here; allowed: book, candle; did you mean book?"] },
        { "type: binance", "simulator: {seed: -1}", ["c.yaml:16:21: exchange.simulator.seed: -1 is below 0; allowed: at least 0"] },
        { "type: binance", "simulator: {data: []}", ["c.yaml:16:21: exchange.simulator.data: has 0 entries; allowed: at least 1"] },
        { "type: binance", "simulator: {data: a.csv}", ["c.yaml:16:21: exchange.simulator.data: is a single value; allowed: a list"] },
        { "type: binance", "simulator: {data: [a.csv, 5]}", ["c.yaml:16:29: exchange.simulator.data[1]: 5 is a number, not text; allowed: text; in quotes where it looks like something else"] },
        { "type: binance", "simulator: {quiet_ms: 60001}", ["c.yaml:16:25: exchange.simulator.quiet_ms: 60001 is above 60000; allowed: from 0 to 60000"] },
        { "type: binance", "api_key: abc", ["c.yaml:16:3: exchange.api_secret: is missing beside api_key; allowed: both or neither; the environment variable TRELLIS__EXCHANGE__API_SECRET can give it"] },
        { "type: binance", "api_secret: abc", ["c.yaml:16:3: exchange.api_key: is missing beside api_secret; allowed: both or neither; the environment variable TRELLIS__EXCHANGE__API_KEY can give it"] },
        { "type: binance", "api_key: abc\n  api_secert: abc", [$"c.yaml:17:3: exchange.api_secert: is not a known key; allowed: {Exchanges}; did you mean api_secret?"] },
        { "interval: 1m", "interval: 2m", ["c.yaml:18:13: live.interval: '2m' is not an interval; allowed: 1s, 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d"] },
        { "interval: 1m", "on_stop: cancle", ["c.yaml:18:12: live.on_stop: 'cancle' is not known here; allowed: keep, cancel; did you mean cancel?"] },
        { "interval: 1m", "reconcile_seconds: 4", ["c.yaml:18:22: live.reconcile_seconds: 4 is below 5; allowed: from 5 to 3600"] },
        { "max_position: 5000", "max_position: 0", ["c.yaml:20:17: risk.max_position: 0 is not above 0; allowed: above 0"] },
        { "max_position: 5000", "max_drawdown_percent: 100.1", ["c.yaml:20:25: risk.max_drawdown_percent: 100.1 is above 100; allowed: above 0 and at most 100"] },
        { "max_position: 5000", "max_orders_per_instrument: 0", ["c.yaml:20:30: risk.max_orders_per_instrument: 0 is below 1; allowed: from 1 to 10000"] },
        { "max_position: 5000", "price_collar_percent: 0", ["c.yaml:20:25: risk.price_collar_percent: 0 is not above 0; allowed: above 0 and at most 1000"] },
        { "path: a.db", "path: a.db\n  connection: Host=x", ["c.yaml:22:3: storage: has path and connection; allowed: path for a SQLite file, or connection for a PostgreSQL database"] },
        { "path: a.db", "paht: a.db", ["c.yaml:22:3: storage.paht: is not a known key; allowed: path, connection; did you mean path?"] },
        { "keep: 20", "keep: 0", ["c.yaml:24:9: logs.keep: 0 is below 1; allowed: from 1 to 1000"] },
        { "keep: 20", "file_mb: 1001", ["c.yaml:24:12: logs.file_mb: 1001 is above 1000; allowed: from 1 to 1000"] },
        { "keep: 20", "level: info", ["c.yaml:24:10: logs.level: 'info' is not known here; allowed: verbose, debug, information, warning, error"] },
        { "keep: 20", "keep: 20\ndry_run: yes", ["c.yaml:25:10: dry_run: 'yes' is neither true nor false; allowed: true or false; did you mean true?"] },
        { "exchange: binance", "exchange: bybit", ["c.yaml:5:15: instruments[0].exchange: 'bybit' does not go with exchange.type binance, where bot btc-grid would trade it; allowed: binance for what bots trade"] },
        { "market: perp", "market: spot", ["c.yaml:6:13: instruments[0].market: spot does not go with exchange.type binance, where bot btc-grid would trade it; allowed: perp for what bots trade"] },
        { "    market: perp", "    market: perp\n  - {symbol: ETHUSDT, exchange: okx, market: perp}", [] },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_wrong_setting_is_reported_with_its_place_and_what_is_allowed(string from, string to, string[] problems) =>
        Samples.Problems(Samples.With(from, to, Sections)).ShouldBe(problems);

    [Fact]
    public void What_bots_trade_at_a_real_exchange_is_quoted_in_one_currency()
    {
        var yaml = Samples.With(
            "    market: perp",
            "    market: perp\n  - {symbol: BTCUSDC, exchange: binance, market: perp, rules: [{tick_size: 0.1, lot_size: 0.001, maker_fee_percent: 0, taker_fee_percent: 0}]}",
            Samples.With("bots:", "bots:\n  - {name: usdc, instrument: BTCUSDC, grid: {lower: 1, upper: 2, grids: 2, investment: 5}}", Sections));

        Samples.Problems(yaml).ShouldBe([
            "c.yaml:4:5: instruments[0]: binance/perp/BTCUSDT is quoted in USDT, and binance/perp/BTCUSDC in USDC: one wallet pays for what all bots trade at exchange.type binance; allowed: one quote currency for what bots trade",
        ]);
        Samples.Problems(Samples.With("type: binance", "type: simulator", yaml)).ShouldBeEmpty();
    }

    [Fact]
    public void Bots_that_meet_in_opposite_directions_are_for_backtests_to_try() =>
        Samples.Problems(Samples.With("bots:", "bots:\n  - {name: down, instrument: BTCUSDT, grid: {direction: short, lower: 1, upper: 2, grids: 2, investment: 5}}", Sections)).ShouldBeEmpty();
}
