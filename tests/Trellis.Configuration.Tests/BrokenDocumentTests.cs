namespace Trellis.Configuration.Tests;

public sealed class BrokenDocumentTests
{
    private const string Window = "either lower, upper and grids, or spacing_percent and levels";

    public static TheoryData<string, string, string[]> Broken => new()
    {
        { "lower: 50000", "lower: 80000", ["c.yaml:11:14: bots[0].grid.lower: 80000 is not below upper (70000); allowed: lower below upper"] },
        { "lower: 50000", "lower: \"50000\"", ["c.yaml:11:14: bots[0].grid.lower: '50000' is text, since it stands in quotes; allowed: a number, without quotes"] },
        { "lower: 50000", "lower: 1_000", ["c.yaml:11:14: bots[0].grid.lower: '1_000' is not a number: write it without separators, with a point before the decimals; allowed: a number"] },
        { "lower: 50000", "lower: .nan", ["c.yaml:11:14: bots[0].grid.lower: .nan is not a number; allowed: a number"] },
        { "lower: 50000", "lower: 0", ["c.yaml:11:14: bots[0].grid.lower: 0 is not above 0; allowed: above 0"] },
        { "lower: 50000", "lower: 050", ["c.yaml:11:14: bots[0].grid.lower: 050 has a leading zero; allowed: a number"] },
        { "lower: 50000", "lower:", ["c.yaml:11:13: bots[0].grid.lower: has no value; allowed: a number above 0, such as 50000"] },
        { "lower: 50000", "lower: {a: 1}", ["c.yaml:11:14: bots[0].grid.lower: is a section; allowed: a number above 0, such as 50000"] },
        { "lower: 50000", "lower: 1\n      lower: 2", ["c.yaml:12:7: bots[0].grid.lower: is written twice; the first is at c.yaml:11:7; allowed: each key once"] },
        { "grids: 40", "grids: 40.5", ["c.yaml:13:14: bots[0].grid.grids: 40.5 is not a whole number; allowed: a whole number from 1 to 1000, such as 40"] },
        { "grids: 40", "grids: 0", ["c.yaml:13:14: bots[0].grid.grids: 0 is below 1; allowed: from 1 to 1000"] },
        { "grids: 40", "grids: 40\n      post_only: yes", ["c.yaml:14:18: bots[0].grid.post_only: 'yes' is neither true nor false; allowed: true or false; did you mean true?"] },
        { "grids: 40", "grids: 40\n      direction: lnog", ["c.yaml:14:18: bots[0].grid.direction: 'lnog' is not known here; allowed: long, short, neutral; did you mean long?"] },
        { "grids: 40", "levels: 40", [$"c.yaml:11:7: bots[0].grid: has both kinds of window: lower, upper and levels; allowed: {Window}"] },
        { "      grids: 40\n", "", [$"c.yaml:11:7: bots[0].grid: has lower, upper without grids; allowed: {Window}"] },
        { "      lower: 50000\n      upper: 70000\n      grids: 40\n", "", [$"c.yaml:11:7: bots[0].grid: has no window; allowed: {Window}"] },
        { "grids: 40", "grids: 40\n      stop_loss: 60000", ["c.yaml:14:18: bots[0].grid.stop_loss: 60000 is not below the lowest line that this long grid can have (50000); allowed: a price below 50000, or a percentage"] },
        { "grids: 40", "grids: 40\n      stop_loss: 45000\n      trailing_down: true\n      trailing_down_limit: 40000", ["c.yaml:14:18: bots[0].grid.stop_loss: 45000 is not below the lowest line that this long grid can have (40000); allowed: a price below 40000, or a percentage"] },
        { "grids: 40", "grids: 40\n      stop_loss: 12 pct", ["c.yaml:14:18: bots[0].grid.stop_loss: '12 pct' is neither a price nor a percentage; allowed: a price above 0, such as 52000, or a percentage above 0, such as \"12%\""] },
        {
            "grids: 40", "grids: 40\n      direction: short\n      stop_loss: 60000\n      take_profit: 60000",
            [
                "c.yaml:15:18: bots[0].grid.stop_loss: 60000 is not above the highest line that this short grid can have (70000); allowed: a price above 70000, or a percentage",
                "c.yaml:16:20: bots[0].grid.take_profit: 60000 is not below the lowest line that this short grid can have (50000); allowed: a price below 50000, or a percentage",
            ]
        },
        { "grids: 40", "grids: 40\n      direction: neutral\n      stop_loss: 40000", ["c.yaml:15:18: bots[0].grid.stop_loss: 40000 is a price, and a neutral grid can lose or win on either side of it; allowed: a percentage of the investment, such as \"10%\""] },
        { "grids: 40", "grids: 40\n      direction: neutral\n      initial_purchase: true", ["c.yaml:15:25: bots[0].grid.initial_purchase: true does not go with direction neutral, which holds nothing until its first fill; allowed: false, or left out"] },
        { "grids: 40", "grids: 99999999999", ["c.yaml:13:14: bots[0].grid.grids: 99999999999 is too large; allowed: a whole number from 1 to 1000, such as 40"] },
        { "grids: 40", "grids: 40\n      trailing_up_limit: 90000", ["c.yaml:14:26: bots[0].grid.trailing_up_limit: 90000 needs trailing_up: true or a rebalance_threshold, else the window never moves; allowed: with trailing_up or rebalance_threshold only"] },
        { "grids: 40", "grids: 40\n      trailing_up: true\n      trailing_up_limit: 60000", ["c.yaml:15:26: bots[0].grid.trailing_up_limit: 60000 is not above upper (70000); allowed: a price above upper"] },
        { "investment: 5000", "investment: 500\n      sizing: percent_of_balance", ["c.yaml:14:19: bots[0].grid.investment: 500 is above 100, and with percent_of_balance it is a percentage of the wallet; allowed: above 0 and at most 100"] },
        { "market: perp", "market: spot\n    funding: x.csv", ["c.yaml:7:14: instruments[0].funding: does not go with market spot, which pays no funding; allowed: funding on perp only"] },
        { "market: perp", "market: futures", ["c.yaml:6:13: instruments[0].market: 'futures' is not known here; allowed: spot, perp"] },
        { "instrument: BTCUSDT", "instrument: BTCUSD", ["c.yaml:9:17: bots[0].instrument: 'BTCUSD' is not among the instruments; allowed: BTCUSDT; did you mean BTCUSDT?"] },
        { "symbol: BTCUSDT", "symbol: btc", ["c.yaml:4:13: instruments[0].symbol: 'btc' does not have the right form; allowed: 2 to 32 upper-case letters and digits, such as BTCUSDT"] },
        { "balance: 10000", "balance: *x", ["c.yaml:2:12: account.balance: is an alias (*); allowed: the value itself, written out"] },
        { "balance: 10000", "balance: &x 10000", ["c.yaml:2:12: account.balance: has an anchor (&); allowed: the value alone; anchors and aliases are not supported"] },
        { "balance: 10000", "balance: !!str 10000", ["c.yaml:2:12: account.balance: has a tag (!); allowed: the value alone; what it means follows from its key"] },
        { "account:", "acount:", ["c.yaml:1:1: acount: is not a known key; allowed: account, backtest, instruments, bots, dry_run, exchange, live, risk, storage, logs; did you mean account?"] },
        { "grid:\n", "grd:\n", ["c.yaml:10:5: bots[0].grd: is not a known key; allowed: name, instrument, grid, dca, signal; did you mean grid?"] },
        { "name: btc-grid", "name: 123", ["c.yaml:8:11: bots[0].name: 123 is a number, not text; allowed: text; in quotes where it looks like something else"] },
        { "account:", "---\n---\naccount:", ["c.yaml:2:1: a second document starts here; allowed: one document per file"] },
        {
            "account:\n  balance: 10000", "backtest: {from: 2024-05-01, to: 2024-04-01, interval: 7m}\naccount: 5",
            [
                "c.yaml:1:56: backtest.interval: '7m' is not an interval; allowed: 1s, 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d",
                "c.yaml:2:10: account: is a single value; allowed: a section of key: value pairs",
                "c.yaml:1:18: backtest.from: 2024-05-01 is not before to (2024-04-01); allowed: an instant before to, which is exclusive",
            ]
        },
        {
            "market: perp", "market: perp\n    rules: [{tick_size: 0}, {tick_size: 1}, {valid_from: 2020-13-01}]",
            [
                "c.yaml:7:25: instruments[0].rules[0].tick_size: 0 is not above 0; allowed: above 0",
                "c.yaml:7:58: instruments[0].rules[2].valid_from: '2020-13-01' is not a date; allowed: a date or a date and time in UTC, such as 2024-01-31 or 2024-01-31T12:00:00Z",
                "c.yaml:7:29: instruments[0].rules[1].valid_from: is missing; allowed: a date behind that of the entry before; only the first may leave it out",
            ]
        },
        {
            "market: perp", "market: perp\n    leverage_tiers: [{notional_cap: 5, maintenance_percent: 1, max_leverage: 10}, {notional_cap: 5, maintenance_percent: 2, max_leverage: 5}]",
            ["c.yaml:7:98: instruments[0].leverage_tiers[1].notional_cap: 5 is not above that of the tier before (5); allowed: caps in ascending order"]
        },
        {
            "lower: 50000", "lower: 79228162514264337593543950335",
            ["c.yaml:11:14: bots[0].grid.lower: 79228162514264337593543950335 is too large; allowed: at most 1000000000000"]
        },
        { "symbol: BTCUSDT", "symbol: BTCUSDT\n    leverage_tiers: [{maintenance_percent: 1, max_leverage: 10}]", [] },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Every_problem_has_its_own_line_with_place_path_value_and_rule(string from, string to, string[] expected) =>
        Samples.Problems(Samples.With(from, to)).ShouldBe(expected);

    [Theory]
    [InlineData("market: perp", "market: spot", "grids: 40", "grids: 40\n      direction: short\n      leverage: 2", new[]
    {
        "c.yaml:14:18: bots[0].grid.direction: short needs a perpetual, and binance/spot/BTCUSDT is spot; allowed: long on spot",
        "c.yaml:15:17: bots[0].grid.leverage: 2 does not go with spot (binance/spot/BTCUSDT); allowed: 1 on spot",
    })]
    [InlineData("symbol: BTCUSDT", "symbol: SOLUSDT", "instrument: BTCUSDT", "instrument: SOLUSDT\n    grid: {lower: 1, upper: 2, grids: 2, investment: 5, leverage: 101}\n  - name: b\n    instrument: SOLUSDT", new[]
    {
        "c.yaml:10:67: bots[0].grid.leverage: 101 is above what the leverage tiers of binance/perp/SOLUSDT allow (the catalogue's of 2024-10-24); allowed: at most 100",
    })]
    [InlineData("    market: perp", "    market: perp\n  - {symbol: BTCUSDT, exchange: binance, market: perp}", "name: btc-grid", "name: btc-grid", new[]
    {
        "c.yaml:7:14: instruments[1].symbol: binance/perp/BTCUSDT is there twice: instruments[0] is the same; allowed: each symbol once per exchange and market",
    }, true)]
    [InlineData("    market: perp", "    market: perp\n  - {symbol: BTCUSDT, exchange: binance, market: spot}", "name: btc-grid", "name: btc-grid", new[]
    {
        "c.yaml:10:17: bots[0].instrument: 'BTCUSDT' could mean several instruments; allowed: binance/perp/BTCUSDT, binance/spot/BTCUSDT",
    })]
    public void Rules_between_sections_hold(string from, string to, string from2, string to2, string[] expected, bool more = false)
    {
        var problems = Samples.Problems(Samples.With(from2, to2, Samples.With(from, to)));
        (more ? problems.Take(expected.Length) : problems).ShouldBe(expected);
    }

    [Fact]
    public void A_name_is_given_once()
    {
        var second = Samples.Yaml[Samples.Yaml.IndexOf("  - name", StringComparison.Ordinal)..];
        Samples.Problems(Samples.Yaml + "\n" + second).ShouldBe(["c.yaml:15:11: bots[1].name: 'btc-grid' is the name of bots[0] too; allowed: a name of its own for each bot"]);
    }

    [Fact]
    public void A_bot_without_a_strategy_is_refused() =>
        Samples.Problems(Samples.Yaml[..Samples.Yaml.IndexOf("    grid:", StringComparison.Ordinal)])
            .ShouldBe(["c.yaml:8:5: bots[0]: has no strategy section; allowed: exactly one of: grid, dca, signal"]);

    [Theory]
    [InlineData("", "c.json:1:1: not valid JSON: the document ends too early")]
    [InlineData("{\"account\": nul}", "c.json:1:16: not valid JSON near '}'")]
    [InlineData("{} x", "c.json:1:4: not valid JSON near 'x'")]
    [InlineData("[]", "c.json:1:1: the document is a list")]
    [InlineData("{\"ä\": 1, \"account\": {}, \"account\": 3}", "c.json:1:25: account: is written twice; the first is at c.json:1:10")]
    [InlineData("{\"a\":\"\\ud800\"}", "c.json:1:6: a: holds half of a surrogate pair")]
    public void Broken_JSON_is_placed_too(string json, string start) => Samples.Problems(json, "c.json")[0].ShouldStartWith(start);

    [Theory]
    [InlineData(new byte[] { 0x61, 0x0A, 0x62, 0xFF }, "c.yaml:2:2: the byte 0xFF here is not UTF-8; allowed: UTF-8 text")]
    [InlineData(new byte[] { 0x61, 0x00, 0x62 }, "c.yaml:1:2: the control character U+0000 is not allowed here; allowed: text, spaces, tabs and line breaks")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x62, 0x00 }, "c.yaml:1:1: the document is UTF-16; allowed: UTF-8")]
    public void Text_that_is_not_text_is_refused(byte[] bytes, string expected) => Samples.Problems(bytes).ShouldBe([expected]);

    [Fact]
    public void A_document_that_is_too_large_is_refused() =>
        Samples.Problems(new byte[(1 << 20) + 1]).ShouldBe(["c.yaml:1:1: the document is too large; allowed: at most 1048576 bytes"]);

    [Theory]
    [InlineData("c.yaml")]
    [InlineData("c.json")]
    public void Deep_nesting_is_refused_without_using_up_the_stack(string file) =>
        Samples.Problems(new string('[', 100_000), file).ShouldHaveSingleItem().ShouldContain("nested deeper than 32 levels");

    [Fact]
    public void A_hundred_problems_are_shown_and_the_rest_counted()
    {
        var keys = string.Concat(Enumerable.Range(0, 150).Select(i => $"zzzzzzzz{i}: 1\n"));
        var message = Should.Throw<Core.ConfigurationException>(() => throw new Core.ConfigurationException(ProblemsOf(keys + Samples.Yaml))).Message;
        message.Split('\n').Length.ShouldBe(101);
        message.ShouldEndWith("and 50 more problems; correct these first");
    }

    private static List<Core.ConfigurationProblem> ProblemsOf(string yaml)
    {
        var findings = new Configuration.Tree.Findings();
        new ConfigurationLoader().Load("c.yaml", System.Text.Encoding.UTF8.GetBytes(yaml), Samples.NoEnvironment, findings);
        return findings.Problems;
    }
}
