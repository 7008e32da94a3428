using Trellis.Core.Orders;
using Trellis.Research.Backtesting;
using static Trellis.Research.Tests.Backtesting.Scenario;

namespace Trellis.Research.Tests.Backtesting;

/// <summary>docs/backtest.md, sections 3, 4 and 7, a sentence at a time, for every engine.</summary>
public sealed class FillRuleTests
{
    private const OrderInstructions Plain = OrderInstructions.None;

    public static TheoryData<Engine> All => Engines.All;

    [Theory]
    [MemberData(nameof(All))]
    public void A_resting_limit_fills_only_when_the_candle_trades_strictly_through_it(Engine engine)
    {
        new Scenario().Perp("100 100 100 100; 100 100 95 98").At(0, plan => plan.Set(0, Limit(Side.Buy, 95))).Fills(engine).ShouldBe("");
        new Scenario().Perp("100 100 100 100; 100 100 94 98").At(0, plan => plan.Set(0, Limit(Side.Buy, 95))).Fills(engine).ShouldBe("1 Limit Buy 10@95");
        new Scenario().Perp("100 100 100 100; 100 105 99 98").At(0, plan => plan.Set(0, Limit(Side.Sell, 105))).Fills(engine).ShouldBe("");
        new Scenario().Perp("100 100 100 100; 100 106 99 98").At(0, plan => plan.Set(0, Limit(Side.Sell, 105))).Fills(engine).ShouldBe("1 Limit Sell 10@105");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_order_cannot_fill_in_the_candle_at_whose_close_it_was_planned(Engine engine) =>
        new Scenario().Perp("100 100 100 100; 100 110 90 100; 100 101 99 100").At(1, plan => plan.Set(0, Limit(Side.Buy, 95))).Fills(engine).ShouldBe("");

    [Theory]
    [MemberData(nameof(All))]
    public void A_market_order_fills_at_the_next_open_with_slippage_rounded_against_it(Engine engine)
    {
        new Scenario { Slippage = 0.1m }.Perp("100 100 100 100; 101 101 101 101").At(0, plan => plan.Set(0, Market(Side.Buy))).Fills(engine).ShouldBe("1 Market Buy 10@102");
        new Scenario { Slippage = 0.1m }.Perp("100 100 100 100; 101 101 101 101").At(0, plan => plan.Set(0, Market(Side.Sell))).Fills(engine).ShouldBe("1 Market Sell 10@100");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_limit_beyond_the_market_takes_at_the_open_but_never_worse_than_its_limit(Engine engine)
    {
        new Scenario { Slippage = 5m }.Perp("100 100 100 100; 101 101 101 101").At(0, plan => plan.Set(0, Limit(Side.Buy, 103, instructions: Plain))).Fills(engine).ShouldBe("1 Taker Buy 10@103");
        new Scenario().Perp("100 100 100 100; 101 101 101 101").At(0, plan => plan.Set(0, Limit(Side.Buy, 103, instructions: Plain))).Fills(engine).ShouldBe("1 Taker Buy 10@101");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_limit_that_the_open_has_passed_rests_in_that_candle_already(Engine engine) =>
        new Scenario().Perp("100 100 100 100; 105 106 102 104").At(0, plan => plan.Set(0, Limit(Side.Buy, 103, instructions: Plain))).Fills(engine).ShouldBe("1 Limit Buy 10@103");

    [Theory]
    [MemberData(nameof(All))]
    public void A_post_only_order_beyond_the_market_waits_for_a_close_on_its_own_side(Engine engine) =>
        new Scenario().Perp("100 100 100 100; 100 101 99 101; 103 104 100 104; 104 104 102 104").At(0, plan => plan.Set(0, Limit(Side.Buy, 103))).Fills(engine).ShouldBe("3 Limit Buy 10@103");

    [Theory]
    [MemberData(nameof(All))]
    public void A_trigger_fires_on_touch_at_its_price_or_at_the_open_that_gapped_past_it(Engine engine)
    {
        new Scenario().Perp("100 100 100 100; 100 100 95 98").At(0, plan => plan.Set(0, Below(Side.Sell, 95))).Fills(engine).ShouldBe("1 Trigger Sell 10@95");
        new Scenario().Perp("100 100 100 100; 90 100 89 98").At(0, plan => plan.Set(0, Below(Side.Sell, 95))).Fills(engine).ShouldBe("1 Trigger Sell 10@90");
        new Scenario().Perp("100 100 100 100; 100 105 99 98").At(0, plan => plan.Set(0, Above(Side.Buy, 105))).Fills(engine).ShouldBe("1 Trigger Buy 10@105");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_fills_in_a_hole_and_triggers_fire_at_the_first_open_after_it(Engine engine) =>
        new Scenario().Perp("100 100 100 100; -; 90 100 89 98").At(0, plan => plan.Set(0, Below(Side.Sell, 95))).Fills(engine).ShouldBe("2 Trigger Sell 10@90");

    [Theory]
    [MemberData(nameof(All))]
    public void Within_a_side_limits_come_before_triggers_and_the_best_price_first(Engine engine) =>
        new Scenario().Perp("100 100 100 100; 100 101 80 90")
            .At(0, plan =>
            {
                plan.Set(0, Below(Side.Sell, 98));
                plan.Set(1, Limit(Side.Buy, 90));
                plan.Set(2, Limit(Side.Buy, 95));
                plan.Set(3, Below(Side.Sell, 99));
            })
            .Fills(engine).ShouldBe("1 Limit Buy 10@95; 1 Limit Buy 10@90; 1 Trigger Sell 10@99; 1 Trigger Sell 10@98");

    [Theory]
    [InlineData(Engine.Reference)]
    [InlineData(Engine.Plain)]
    [InlineData(Engine.Skip)]
    [InlineData(Engine.Auto)]
    public void The_adverse_side_comes_first_and_optimistic_swaps(Engine engine)
    {
        static Scenario Case(bool optimistic, int close) => new Scenario { Optimistic = optimistic }.Perp($"100 100 100 100; 100 110 85 {close}")
            .At(0, plan =>
            {
                plan.Set(0, Market(Side.Buy));
                plan.Set(1, Limit(Side.Buy, 90));
                plan.Set(2, Limit(Side.Sell, 105));
            });

        Case(optimistic: false, 100).Fills(engine).ShouldBe("1 Market Buy 10@100; 1 Limit Buy 10@90; 1 Limit Sell 10@105");
        Case(optimistic: true, 100).Fills(engine).ShouldBe("1 Market Buy 10@100; 1 Limit Sell 10@105; 1 Limit Buy 10@90");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Flat_the_extreme_nearer_to_the_open_comes_first(Engine engine)
    {
        static Scenario Case(int high) => new Scenario().Perp($"100 100 100 100; 100 {high} 90 100").At(0, plan =>
        {
            plan.Set(0, Limit(Side.Buy, 95));
            plan.Set(1, Limit(Side.Sell, 105));
        });

        Case(109).Fills(engine).ShouldBe("1 Limit Sell 10@105; 1 Limit Buy 10@95");
        Case(110).Fills(engine).ShouldBe("1 Limit Buy 10@95; 1 Limit Sell 10@105");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_first_fill_of_a_group_cancels_the_rest_at_once(Engine engine) =>
        new Scenario().Perp("100 100 100 100; 100 110 80 100").At(0, plan =>
        {
            plan.Set(0, Limit(Side.Buy, 95, group: 1));
            plan.Set(1, Below(Side.Sell, 90, group: 1));
            plan.Set(2, Limit(Side.Sell, 105, group: 1));
        }).Fills(engine).ShouldBe("1 Limit Sell 10@105");

    [Theory]
    [MemberData(nameof(All))]
    public void Reduce_only_is_cut_to_the_position_and_waits_for_one(Engine engine) =>
        new Scenario().Perp("100 100 100 100; 100 110 99 100; 100 110 99 100; 100 110 99 100")
            .At(0, plan => plan.Set(0, Limit(Side.Sell, 105, lots: 15, OrderInstructions.PostOnly | OrderInstructions.ReduceOnly)))
            .At(1, plan => plan.Set(1, Market(Side.Buy)))
            .Fills(engine).ShouldBe("2 Market Buy 10@100; 2 Limit Sell 10@105");

    [Theory]
    [MemberData(nameof(All))]
    public void Close_position_takes_what_the_position_is(Engine engine) =>
        new Scenario().Perp("100 100 100 100; 100 101 99 100; 100 101 99 100")
            .At(0, plan => plan.Set(0, Market(Side.Buy, 7)))
            .At(1, plan => plan.Set(1, Market(Side.Sell, 1, OrderInstructions.ClosePosition)))
            .Fills(engine).ShouldBe("1 Market Buy 7@100; 2 Market Sell 7@100");

    [Theory]
    [MemberData(nameof(All))]
    public void In_hedge_mode_long_and_short_stand_side_by_side_and_closing_is_cut(Engine engine)
    {
        var outcome = new Scenario { HedgeMode = true }.Perp("100 100 100 100; 100 101 99 100; 100 101 99 100")
            .At(0, plan =>
            {
                plan.Set(0, Market(Side.Buy, 7, position: PositionSide.Long));
                plan.Set(1, Market(Side.Sell, 5, position: PositionSide.Short));
            })
            .At(1, plan => plan.Set(2, Market(Side.Buy, 9, position: PositionSide.Short)))
            .Run(engine);

        outcome.Entries.Select(entry => (entry.PositionSide, entry.Quantity / Lot, entry.SizeAfter / Lot)).ShouldBe(
            [(PositionSide.Long, 7, 7), (PositionSide.Short, 5, -5), (PositionSide.Short, 5, 0)]);
    }
}
