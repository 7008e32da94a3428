using Trellis.Configuration.Checks;

namespace Trellis.Configuration.Tests.Checks;

public sealed class LiveChecksTests
{
    private const string Mainnet = Samples.Yaml + "\nexchange: {type: binance}\nrisk: {max_total_exposure: 1}";

    [Fact]
    public void Real_money_needs_limits_of_position_exposure_and_drawdown()
    {
        Samples.Problems(Mainnet, check: new LiveChecks()).ShouldBe([
            "c.yaml:16:7: risk.max_position: is missing, and real money is not traded without it; allowed: a number above 0, in quote currency; or dry_run: true, or exchange.environment: testnet",
            "c.yaml:16:7: risk.max_drawdown_percent: is missing, and real money is not traded without it; allowed: a number above 0 and at most 100; or dry_run: true, or exchange.environment: testnet",
        ]);
        LiveChecks.ForMainnet(Samples.Load(Samples.Yaml)).Select(problem => problem.Path).ShouldBe(["risk.max_position", "risk.max_total_exposure", "risk.max_drawdown_percent"]);
    }

    [Theory]
    [InlineData("{max_total_exposure: 1}", "{max_total_exposure: 1, max_position: 1, max_drawdown_percent: 1}")]
    [InlineData("{type: binance}", "{type: binance, environment: testnet}")]
    [InlineData("{type: binance}", "{type: simulator}")]
    [InlineData("risk:", "dry_run: true\nrisk:")]
    public void With_them_or_without_real_money_there_is_nothing_to_say(string from, string to) =>
        Samples.Problems(Samples.With(from, to, Mainnet), check: new LiveChecks()).ShouldBeEmpty();

    [Fact]
    public void Nothing_else_asks_for_them() => Samples.Problems(Mainnet).ShouldBeEmpty();
}
