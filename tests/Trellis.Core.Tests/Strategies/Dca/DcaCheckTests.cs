using System.Globalization;
using System.Text.RegularExpressions;
using Trellis.Core.Markets;
using Trellis.Core.Options;
using Trellis.Core.Strategies;
using Trellis.Core.Strategies.Dca;
using Trellis.Core.Tests.Strategies.Grid;

namespace Trellis.Core.Tests.Strategies.Dca;

public sealed class DcaCheckTests
{
    [Theory]
    [InlineData(DcaDirection.Long)]
    [InlineData(DcaDirection.Short)]
    public void A_sound_bot_has_no_problems(DcaDirection direction)
    {
        Problems(DcaSome.Options with { Direction = direction }).ShouldBeEmpty();
        Problems(DcaSome.Options with { Direction = direction }, startPrice: null).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(100)]
    [InlineData(null)]
    public void Safety_orders_that_do_not_move_away_are_named(int? startPrice)
    {
        var options = DcaSome.Options with { DeviationMode = DeviationMode.FromEntry, StepScale = 1m };

        Only(options, startPrice).ShouldBe(("step_scale", "safety orders 0 and 1 lie 1 % and 1 % from the base order, and each must lie beyond the one before; with deviation_mode from_entry a step_scale above 1 would do"));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(null)]
    public void Safety_orders_at_or_below_zero_say_how_many_would_do(int? startPrice)
    {
        var options = DcaSome.Options with { DeviationPercent = 15m, StepScale = 1m, VolumeScale = 1m, MaxSafetyOrders = 9 };
        var (key, message) = Only(options, startPrice);

        (key, message).ShouldBe(("max_safety_orders", "safety order 6 would lie 105 % below the base order, at or below zero; at most 6 safety orders would do, or a smaller deviation_percent or step_scale"));
        Problems(options with { MaxSafetyOrders = 6 }, startPrice).ShouldBeEmpty();
    }

    [Fact]
    public void Safety_orders_below_a_tick_say_how_many_would_do()
    {
        var options = DcaSome.Options with { DeviationPercent = 33.31m, StepScale = 1m, VolumeScale = 1m };
        var (key, message) = Only(options);

        (key, message).ShouldBe(("max_safety_orders", "safety order 2 would lie below one tick (0.1); at most 2 safety orders would do, or a smaller deviation_percent or step_scale"));
        Problems(options with { MaxSafetyOrders = 2 }).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(DeviationMode.Cumulative, 0.7)]
    [InlineData(DeviationMode.Cumulative, 1.2)]
    [InlineData(DeviationMode.FromEntry, 1.3)]
    public void Prices_on_one_tick_say_which_deviation_would_do(DeviationMode mode, double scale)
    {
        var options = DcaSome.Options with { DeviationMode = mode, DeviationPercent = 0.02m, StepScale = (decimal)scale, MaxSafetyOrders = 5, VolumeScale = 1m };
        var (key, message) = Only(options);

        key.ShouldBe("deviation_percent");
        message.ShouldContain("both lie at");
        Problems(options with { DeviationPercent = Suggested(message, "a deviation_percent of ([0-9.]+)") }).ShouldBeEmpty();
    }

    [Fact]
    public void More_than_the_wallet_holds_says_how_many_safety_orders_it_pays()
    {
        var options = DcaSome.Options with { BaseOrderSize = 2000m, SafetyOrderSize = 2000m, VolumeScale = 1m, StepScale = 1m, MaxSafetyOrders = 5 };
        var (key, message) = Only(options);

        (key, message).ShouldBe(("max_safety_orders", "12006 of own money for the base order and 5 safety orders (notional 12000 at leverage 1, with fees) is more than the wallet holds (10000); at most 3 safety orders would do, or smaller sizes"));
        Problems(options with { MaxSafetyOrders = 3 }).ShouldBeEmpty();
        Problems(options with { MaxSafetyOrders = 4 }).ShouldNotBeEmpty();
        Problems(options with { Leverage = 2m }).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(DcaSizing.Fixed, 20_000)]
    [InlineData(DcaSizing.PercentOfBalance, 101)]
    public void A_base_order_above_the_wallet_says_how_much_would_do(DcaSizing sizing, int size)
    {
        var options = DcaSome.Options with { Sizing = sizing, BaseOrderSize = size, SafetyOrderSize = sizing == DcaSizing.Fixed ? 10m : 1m };
        var (key, message) = Only(options);

        key.ShouldBe("base_order_size");
        Problems(options with { BaseOrderSize = Suggested(message, "at most ([0-9.]+) would do"), MaxSafetyOrders = 0 }).ShouldBeEmpty();
    }

    [Fact]
    public void Sizes_beyond_all_measure_are_one_problem()
    {
        var options = DcaSome.Options with { BaseOrderSize = 1_000_000_000_000m, SafetyOrderSize = 1_000_000_000_000m, VolumeScale = 10m, MaxSafetyOrders = 40, DeviationPercent = 0.5m, StepScale = 1.01m };

        Only(options).ShouldBe(("base_order_size", "325274556000000000 of own money for the base order and 40 safety orders (notional 325112000000000000 at leverage 1, with fees) is more than the wallet holds (10000); at most 9995 would do, without safety orders"));
    }

    [Theory]
    [InlineData(FeeCurrency.Quote, DcaSizing.Fixed, DcaDirection.Long)]
    [InlineData(FeeCurrency.Received, DcaSizing.Fixed, DcaDirection.Long)]
    [InlineData(FeeCurrency.Quote, DcaSizing.PercentOfBalance, DcaDirection.Short)]
    public void Orders_below_the_minimums_say_which_sizes_would_do(FeeCurrency fees, DcaSizing sizing, DcaDirection direction)
    {
        var options = DcaSome.Options with { Sizing = sizing, Direction = direction, BaseOrderSize = 0.01m, SafetyOrderSize = 0.02m, MaxSafetyOrders = 2 };
        var problems = Problems(options, fees: fees);

        problems.Select(problem => problem.Key).ShouldBe(["base_order_size", "safety_order_size"]);
        var better = options with
        {
            BaseOrderSize = Suggested(problems[0].Message, "a base_order_size of ([0-9.]+)"),
            SafetyOrderSize = Suggested(problems[1].Message, "a safety_order_size of ([0-9.]+)"),
        };
        Problems(better, fees: fees).ShouldBeEmpty();
        better.BaseOrderSize.ShouldBeLessThan(sizing == DcaSizing.Fixed ? 5.3m : 0.061m);
    }

    [Fact]
    public void Sizes_below_the_least_notional_are_found_without_a_price()
    {
        var options = DcaSome.Options with { SafetyOrderSize = 6m, VolumeScale = 0.9m };
        var (key, message) = Only(options, startPrice: null);

        (key, message).ShouldBe(("safety_order_size", "4.86 for safety order 2 is below the exchange's least notional of 5; a safety_order_size of 6.18 would do"));
        Problems(options with { SafetyOrderSize = 6.18m }, startPrice: null).ShouldBeEmpty();
        Only(options with { BaseOrderSize = 4m }, startPrice: null).Key.ShouldBe("base_order_size");
    }

    [Theory]
    [InlineData(DcaDirection.Long, DcaBaseOrder.Market, FeeCurrency.Quote, null)]
    [InlineData(DcaDirection.Short, DcaBaseOrder.Market, FeeCurrency.Quote, null)]
    [InlineData(DcaDirection.Long, DcaBaseOrder.Limit, FeeCurrency.Received, null)]
    [InlineData(DcaDirection.Long, DcaBaseOrder.Market, FeeCurrency.Quote, 0.01)]
    public void A_take_profit_that_fees_eat_says_which_would_do(DcaDirection direction, DcaBaseOrder baseOrder, FeeCurrency fees, double? trailing)
    {
        var options = DcaSome.Options with { Direction = direction, BaseOrder = baseOrder, TakeProfitPercent = 0.03m, TrailingPercent = (decimal?)trailing };
        var problem = Problems(options, fees: fees).ShouldHaveSingleItem();

        problem.Key.ShouldBe("take_profit_percent");
        problem.Message.ShouldStartWith($"0.03 % is no more than the fees of a deal ({(baseOrder == DcaBaseOrder.Market ? 0.05 : 0.02)} % to enter, {(trailing is null ? 0.02 : 0.05)} % to leave);");
        var least = Suggested(problem.Message, "more than ([0-9.]+) would do");
        Problems(options with { TakeProfitPercent = least + 0.0001m }, fees: fees).ShouldBeEmpty();
        Problems(options with { TakeProfitPercent = least - 0.0001m }, fees: fees).ShouldNotBeEmpty();
        Problems(options with { IncludeFees = true }, fees: fees).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("95", StopLossFrom.Base, "95 (at 95) is reached before safety order 2 at 95, which would never fill; a stop below 95 would do, or at most 2 safety orders")]
    [InlineData("98.9", StopLossFrom.Base, "98.9 (at 98.9) is reached before safety order 1 at 97.5, which would never fill; a stop below 95.2 would do, or at most 1 safety order")]
    [InlineData("3%", StopLossFrom.Base, "3% (at 97) is reached before safety order 2 at 95.2, which would never fill; a stop below 95.2 would do, or at most 2 safety orders")]
    [InlineData("2.5%", StopLossFrom.Average, "2.5% (at 96.3) is reached before safety order 2 at 95.2, which would never fill; a larger percentage, or at most 2 safety orders")]
    [InlineData("101", StopLossFrom.Base, "101 is reached at the start price 100 already; a stop below 100 would do")]
    public void A_stop_among_the_safety_orders_is_named(string stop, StopLossFrom from, string expected)
    {
        PriceOrPercent.TryParse(stop, out var level).ShouldBeTrue();
        var options = DcaSome.Options with { StopLoss = level, StopLossFrom = from, DeviationPercent = stop == "95" ? 1.05m : 1m };

        Only(options).ShouldBe(("stop_loss", expected));
    }

    [Fact]
    public void A_stop_in_percent_of_the_base_order_is_judged_without_a_price()
    {
        var options = DcaSome.Options with { StopLoss = PriceOrPercent.OfInvestment(4.75m) };

        Only(options, startPrice: null).ShouldBe(("stop_loss", "4.75% from the base order is reached before safety order 2 (4.75 % from it), which would never fill; more than 4.75 % would do, or at most 2 safety orders"));
        Problems(options with { StopLoss = PriceOrPercent.OfInvestment(4.76m) }, startPrice: null).ShouldBeEmpty();
    }

    private static (string Key, string Message) Only(DcaOptions options, int? startPrice = 100)
    {
        var problem = Problems(options, startPrice).ShouldHaveSingleItem();
        return (problem.Key, problem.Message);
    }

    private static decimal Suggested(string message, string pattern) =>
        decimal.Parse(Regex.Match(message, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value, CultureInfo.InvariantCulture);

    private static IReadOnlyList<StrategyProblem> Problems(DcaOptions options, int? startPrice = 100, FeeCurrency fees = FeeCurrency.Quote) =>
        DcaCheck.Problems(options, GridSome.Units(market: fees == FeeCurrency.Received ? MarketKind.Spot : MarketKind.Perp, fees: fees), GridSome.Rules, 10_000m, startPrice);
}
