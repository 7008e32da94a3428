using Trellis.Configuration.Writing;

namespace Trellis.Configuration.Tests;

public sealed class IniTests
{
    private const string Ini = """
        ; a comment
        [account]
        balance = 10000   ; behind a value
        [instruments.0]
        symbol = BTCUSDT
        exchange = "binance"
        market = perp
        [bots.0]
        name = btc-grid
        instrument = BTCUSDT
        [bots.0.grid]
        lower=50000
        upper = 70000
        grids = 40
        investment = 5000
        stop_loss = 12%
        """;

    public static TheoryData<string, string, string[]> Broken => new()
    {
        { "balance = 10000", "balance 10000", ["c.ini:3:1: account: the line has no =; allowed: [section], key = value, or a comment that begins with ; or #", "c.ini:2:1: account.balance: is missing; allowed: a number above 0, such as 10000"] },
        { "balance = 10000", "= 10000", ["c.ini:3:1: account: the line has no key in front of its =; allowed: [section], key = value, or a comment that begins with ; or #", "c.ini:2:1: account.balance: is missing; allowed: a number above 0, such as 10000"] },
        { "[account]", "[account", ["c.ini:2:1: the line has no ] at its end; allowed: [section], key = value, or a comment that begins with ; or #", "c.ini:1:1: account: is missing; allowed: a section of key: value pairs"] },
        { "[bots.0.grid]", "[bots.0.]", ["c.ini:11:1: '[bots.0.]' has an empty step; allowed: steps joined by dots, such as [bots.0.grid]", "c.ini:8:1: bots[0]: has no strategy section; allowed: exactly one of: grid"] },
        { "[bots.0]", "[bots.1]", ["c.ini:8:1: bots: '1' is not a place in this list; allowed: 0 for its first entry"] },
        { "lower=50000", "lower=50000\nlower = 1", ["c.ini:13:1: bots[0].grid.lower: is written twice; the first is at c.ini:12:1; allowed: each key once"] },
        { "[bots.0.grid]", "[bots.0]", ["c.ini:11:1: bots[0]: is opened twice; the first is at c.ini:8:1; allowed: each section once"] },
        { "\"binance\"", "\"binance", ["c.ini:6:12: instruments[0].exchange: is not one quoted text; allowed: text between two \", with \\\" \\\\ \\n \\t or \\u0000 to \\uFFFF inside"] },
        { "symbol = BTCUSDT", "symbol = BTCUSDT\nfunding =", ["c.ini:6:10: instruments[0].funding: has no value"] },
        { "grids = 40", "grids = forty", ["c.ini:14:9: bots[0].grid.grids: forty is not a number; allowed: a whole number"] },
        { "grids = 40", "gird = 40", ["c.ini:14:1: bots[0].grid.gird: is not a known key"] },
        { "symbol = BTCUSDT", "symbol = BTCUSDT\nmarket.x = 1", ["c.ini:6:1: instruments[0].market.x: is not a known key"] },
        { "grids = 40", "grids = \"40\"", ["c.ini:14:9: bots[0].grid.grids: "] },
    };

    [Fact]
    public void Sections_are_paths_and_numbers_are_places_in_lists()
    {
        var document = Samples.Load(Ini, "c.ini");
        document.Account.Balance.ShouldBe(10000m);
        document.Instruments[0].Exchange.ShouldBe("binance");
        document.Bots[0].Grid!.Lower.ShouldBe(50000m);
        DocumentWriter.ToYaml(document).ShouldContain("stop_loss: \"12%\"");
    }

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_change_nothing() =>
        Samples.Load("\uFEFF" + Ini.Replace("\n", "\r\n", StringComparison.Ordinal), "c.ini").ShouldBeEquivalentTo(Samples.Load(Ini, "c.ini"));

    [Fact]
    public void Variables_of_the_environment_override_what_stands_in_the_file() =>
        Samples.Load(Ini, new Dictionary<string, string>(StringComparer.Ordinal) { ["TRELLIS__BOTS__0__GRID__GRIDS"] = "20" }, "c.ini").Document.Bots[0].Grid!.Grids.ShouldBe(20);

    [Theory]
    [InlineData("0 = a.csv\n1 = \"b c.csv\"", "")]
    [InlineData("0 = a.csv\n2 = b.csv", "exchange.simulator.data: is a section; allowed: a list")]
    [InlineData("1 = a.csv\n0 = b.csv", "exchange.simulator.data: is a section; allowed: a list")]
    [InlineData("0 =", "exchange.simulator.data[0]: has no value; allowed: a path or SYMBOL=PATH without control characters")]
    [InlineData("0 = []", "exchange.simulator.data[0]: is a list; allowed: a path or SYMBOL=PATH without control characters")]
    [InlineData("", "exchange.simulator.data: is a section; allowed: a list")]
    public void The_keys_of_a_section_can_be_places_in_a_list(string keys, string expected)
    {
        var ini = $"{Ini}\n[exchange.simulator.data]\n{keys}";
        if (expected.Length == 0)
        {
            Samples.Load(ini, "c.ini").Exchange.Simulator!.Data.ShouldBe(["a.csv", "b c.csv"]);
        }
        else
        {
            Samples.Problems(ini, "c.ini").ShouldHaveSingleItem().ShouldEndWith(expected);
        }
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_is_wrong_is_named_with_its_place(string from, string to, string[] expected)
    {
        var problems = Samples.Problems(Samples.With(from, to, Ini), "c.ini");
        for (var i = 0; i < expected.Length; i++)
        {
            problems.ShouldContain(problem => problem.StartsWith(expected[i], StringComparison.Ordinal), string.Join('\n', problems));
        }
    }
}
