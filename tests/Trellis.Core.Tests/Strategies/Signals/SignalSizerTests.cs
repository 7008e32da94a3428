using Trellis.Core.Numerics;
using Trellis.Core.Orders;
using Trellis.Core.Strategies;
using Trellis.Core.Strategies.Signals;
using Trellis.Core.Tests.Strategies.Grid;

namespace Trellis.Core.Tests.Strategies.Signals;

/// <summary>Price 100, lot 0.001, taker fee 0.05 %.</summary>
public sealed class SignalSizerTests
{
    [Theory]
    [InlineData(SignalSizing.Fixed, "1000", "1", "9.995")]
    [InlineData(SignalSizing.Fixed, "1000", "3", "29.955")]
    [InlineData(SignalSizing.PercentOfEquity, "10", "1", "19.99")]
    [InlineData(SignalSizing.RiskPerTrade, "1", "1", "100")]
    [InlineData(SignalSizing.RiskPerTrade, "5", "1", "199.9")]
    [InlineData(SignalSizing.RiskPerTrade, "5", "10", "500")]
    public void The_quantity_is_the_largest_that_the_money_pays_for_with_its_fee(SignalSizing sizing, string size, string leverage, string expected)
    {
        var options = new SignalOptions { Name = "sma-cross", Sizing = sizing, Size = decimal.Parse(size), Leverage = decimal.Parse(leverage) };

        Quantity(options, equity: 20_000m).ShouldBe(decimal.Parse(expected));
    }

    [Theory]
    [InlineData(SignalSizing.PercentOfEquity)]
    [InlineData(SignalSizing.RiskPerTrade)]
    public void Nothing_is_traded_with_nothing(SignalSizing sizing)
    {
        Quantity(new SignalOptions { Name = "sma-cross", Sizing = sizing, Size = 10m }, equity: -5m).ShouldBe(0m);
    }

    private static decimal Quantity(SignalOptions options, decimal equity)
    {
        var units = GridSome.Units();
        var lane = new StrategyLane(units, new OrderPlan(1)) { Rules = GridSome.Rules, Close = 1000 };
        return units.ToQuantity(SignalSizer.Quantity(options, Money.FromDecimal(equity), lane, new SignalTerms(options, units, GridSome.Rules), stopDistance: 20));
    }
}
