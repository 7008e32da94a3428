namespace Trellis.Configuration.Tests;

public sealed class EnvironmentTests
{
    [Theory]
    [InlineData("TRELLIS__ACCOUNT__BALANCE=abc", "account.balance: abc is not a number; allowed: a number")]
    [InlineData("TRELLIS__ACCOUNT__BALANCE=", "account.balance: has no value; allowed: a number above 0, such as 10000")]
    [InlineData("TRELLIS__ACOUNT__BALANCE=1", "acount: is not a known key; allowed: account, backtest, instruments, bots, dry_run, exchange, live, risk, storage, logs; did you mean account?")]
    [InlineData("TRELLIS__BOTS__3__NAME=x", "bots: has no entry '3'; allowed: 0 to 0; 1 adds one")]
    [InlineData("TRELLIS__BOTS=x", "bots: is a section or a list, which one variable can't replace; allowed: a variable for each value inside it")]
    [InlineData("TRELLIS__BOTS__0=x", "bots[0]: is a section or a list, which one variable can't replace; allowed: a variable for each value inside it")]
    [InlineData("TRELLIS__BOTS__0__GRID__LOWER__X=1", "bots[0].grid.lower: is a single value, so it has no 'x' inside")]
    [InlineData("TRELLIS____X=1", "has an empty step in its name; allowed: TRELLIS__SECTION__KEY, such as TRELLIS__ACCOUNT__BALANCE")]
    public void A_variable_that_does_not_fit_is_a_problem_like_any_other(string variable, string expected) =>
        Samples.Problems(Samples.Yaml, environment: Variables(variable)).ShouldBe([$"environment variable {variable.Split('=')[0]}: {expected}"]);

    [Fact]
    public void A_variable_replaces_a_setting_and_the_sources_say_so()
    {
        var loaded = Samples.Load(Samples.Yaml, Variables("TRELLIS__BOTS__0__GRID__LOWER=51000.5", "TRELLIS_OTHER=1"));
        loaded.Document.Bots[0].Grid!.Lower.ShouldBe(51000.5m);
        loaded.Sources.Overrides.ShouldBe(["TRELLIS__BOTS__0__GRID__LOWER"]);
        loaded.Sources.Of("bots[0].grid.lower").ShouldBe("environment variable TRELLIS__BOTS__0__GRID__LOWER");
        loaded.Sources.Of("bots[0].grid.upper").ShouldBe("c.yaml:12:14");
    }

    [Fact]
    public void Variables_add_sections_and_list_entries()
    {
        var loaded = Samples.Load(Samples.Yaml, Variables(
            "TRELLIS__BACKTEST__FROM=2024-02-01",
            "TRELLIS__BOTS__1__INSTRUMENT=BTCUSDT",
            "TRELLIS__BOTS__1__NAME=123",
            "TRELLIS__BOTS__1__GRID__SPACING_PERCENT=0.5",
            "TRELLIS__BOTS__1__GRID__LEVELS=10",
            "TRELLIS__BOTS__1__GRID__INVESTMENT=1000",
            "TRELLIS__BOTS__1__GRID__STOP_LOSS=12%",
            "TRELLIS__BOTS__1__GRID__POST_ONLY=false"));
        loaded.Document.Backtest.From.ShouldBe(new DateTimeOffset(2024, 2, 1, 0, 0, 0, TimeSpan.Zero));
        loaded.Document.Bots[1].Name.ShouldBe("123");
        loaded.Document.Bots[1].Grid!.StopLoss!.Value.Percent.ShouldBe(12m);
        loaded.Document.Bots[1].Grid!.PostOnly.ShouldBeFalse();
    }

    [Fact]
    public void Two_variables_for_one_setting_are_refused() =>
        Samples.Problems(Samples.Yaml, environment: Variables("TRELLIS__ACCOUNT__BALANCE=1", "trellis__account__balance=2"))
            .ShouldBe(["environment variable trellis__account__balance: means the same setting as TRELLIS__ACCOUNT__BALANCE; allowed: one of the two"]);

    private static Dictionary<string, string> Variables(params string[] variables) =>
        variables.Select(variable => variable.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
