using Trellis.Core.Orders;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Tests.Backtesting;

/// <summary>docs/backtest.md, section 3: when margin is looked at in a candle that fills on one side only.</summary>
public sealed class MarginOrderTests
{
    public static TheoryData<Engine> All => Engines.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Margin_ends_a_long_at_the_low_before_its_exit_could_fill_at_the_high(Engine engine)
    {
        var scenario = new Scenario { Balance = 300m }
            .Perp("100 100 100 100; 100 101 99 100; 100 120 60 100; 100 100 100 100")
            .At(0, plan =>
            {
                plan.Set(0, Scenario.Market(Side.Buy, 200));
                plan.Set(1, Scenario.Limit(Side.Sell, 110, 200));
            });

        scenario.Fills(engine).ShouldBe("1 Market Buy 200@100; 2 Liquidation Sell 200@60");
        scenario.Run(engine).LiquidatedAt.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_fill_on_the_favourable_side_is_judged_in_the_next_candle(Engine engine) =>
        TurnedShort(optimistic: false).Run(engine).LiquidatedAt.ShouldBe(3);

    [Theory]
    [MemberData(nameof(All))]
    public void With_the_optimistic_rule_it_is_judged_in_its_own(Engine engine) =>
        TurnedShort(optimistic: true).Run(engine).LiquidatedAt.ShouldBe(2);

    [Theory]
    [MemberData(nameof(All))]
    public void A_base_fee_counts_in_what_a_fill_leaves_not_in_what_it_asked_for(Engine engine)
    {
        // 10 at 100, of which 0.01 is kept: 999 of value, for which a tenth of margin is needed and 1,000 were paid.
        static int Fills(decimal balance, Engine engine) => new Scenario { Balance = balance }
            .PerpWithBaseFees("100 100 100 100; 100 101 99 100; 100 101 99 100", taker: 0.001m)
            .AtAll(0, context => context.Lane.Plan.Set(0, Scenario.Market(Side.Buy) with { Quantity = 100 * context.Lane.Units.LotOf(context.Lane.Rules) }))
            .Run(engine).Entries.Count;

        Fills(100.90m, engine).ShouldBe(1);
        Fills(100.89m, engine).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void On_spot_nothing_is_sold_from_a_short_side_that_holds_nothing(Engine engine)
    {
        var scenario = new Scenario { HedgeMode = true }
            .Spot("100 100 100 100; 100 101 99 100; 100 101 99 100; 100 101 99 100")
            .At(0, plan => plan.Set(0, Scenario.Market(Side.Buy, position: PositionSide.Long)))
            .At(1, plan => plan.Set(1, Scenario.Market(Side.Sell, 5, position: PositionSide.Short)));

        scenario.Fills(engine).ShouldBe("1 Market Buy 10@100");
    }

    /// <summary>A paid-for long becomes a short far below the market, by a limit that the candle opened beyond.</summary>
    private static Scenario TurnedShort(bool optimistic) => new Scenario { Balance = 200m, Leverage = 20m, Optimistic = optimistic }
        .Perp("100 100 100 100; 100 101 99 100; 150 160 140 150; 150 150 150 150; 150 150 150 150")
        .At(0, plan =>
        {
            plan.Set(0, Scenario.Market(Side.Buy));
            plan.Set(1, Scenario.Limit(Side.Sell, 110, 200));
        });
}
