using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Research.Backtesting;
using static Trellis.Research.Tests.Backtesting.Scenario;

namespace Trellis.Research.Tests.Backtesting;

/// <summary>docs/backtest.md, sections 2, 3 (funding), 6 and 9, for every engine.</summary>
public sealed class MoneyRuleTests
{
    private const decimal Unit = 1_000_000_000_000m;

    public static TheoryData<Engine> All => Engines.All;

    [Theory]
    [MemberData(nameof(All))]
    public void A_round_trip_pays_maker_and_taker_fees_and_realizes_the_difference(Engine engine)
    {
        var outcome = new Scenario().Perp("100 100 100 100; 100 101 99 100; 100 106 99 100", maker: 0.001m, taker: 0.002m)
            .At(0, plan => plan.Set(0, Market(Side.Buy)))
            .At(1, plan => plan.Set(1, Limit(Side.Sell, 105)))
            .Run(engine);

        outcome.Entries.Select(entry => ((decimal)entry.Fee / Unit, (decimal)entry.Realized / Unit)).ShouldBe([(-0.2m, 0m), (-0.105m, 5m)]);
        outcome.Wallet.ToDecimal().ShouldBe(10_004.695m);
        outcome.Equity.ShouldBe(outcome.Wallet);
        outcome.Positions.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_fee_in_the_received_currency_is_rounded_up_to_the_quantity_unit(Engine engine)
    {
        // Price unit 1, so quantities have eight decimals.
        var outcome = new Scenario { Leverage = 1m }.Spot("100 100 100 100; 100 101 99 110", taker: 0.000000015m, fees: FeeCurrency.Received)
            .At(0, plan => plan.Set(0, Market(Side.Buy) with { Quantity = 100_000_000 }))
            .Run(engine);

        var entry = outcome.Entries.ShouldHaveSingleItem();
        entry.BaseFee.ShouldBe(2);
        entry.SizeAfter.ShouldBe(99_999_998);
        ((decimal)entry.Fee / Unit).ShouldBe(-0.000002m);
        outcome.Equity.ToDecimal().ShouldBe(10_000m - 0.000002m + (10m * 0.99999998m));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Spot_refuses_what_the_wallet_cannot_pay_and_a_sale_of_more_than_there_is(Engine engine)
    {
        var outcome = new Scenario { Balance = 150m, Leverage = 1m }.Spot("100 100 100 100; 100 101 99 100; 100 101 99 100")
            .At(0, plan =>
            {
                plan.Set(0, Market(Side.Buy, 10));
                plan.Set(1, Market(Side.Buy, 6));
                plan.Set(2, Market(Side.Sell, 11));
            })
            .Run(engine);

        outcome.Entries.Count.ShouldBe(1);
        outcome.Refusals.ShouldBe(4);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_perpetual_needs_its_initial_margin_after_the_fee(Engine engine)
    {
        static Scenario Case(decimal balance) => new Scenario { Balance = balance, Leverage = 10m }
            .Perp("100 100 100 100; 100 101 99 100", taker: 0.001m).At(0, plan => plan.Set(0, Market(Side.Buy, 10)));

        Case(10.1m).Run(engine).Entries.Count.ShouldBe(1);
        Case(10.099999999999m).Run(engine).Refusals.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_tier_that_allows_the_leverage_caps_the_notional(Engine engine)
    {
        static Scenario Case(int lots) => new Scenario { Leverage = 50m }
            .Perp("100 100 100 100; 100 101 99 100", tiers: [new(1_000m, 0.01m, 0m, 50m), new(10_000m, 0.02m, 10m, 20m)])
            .At(0, plan => plan.Set(0, Market(Side.Buy, lots)));

        Case(100).Run(engine).Entries.Count.ShouldBe(1);
        Case(101).Run(engine).Refusals.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Funding_is_paid_on_the_position_before_the_candle_at_the_mark_or_the_open(Engine engine)
    {
        var outcome = new Scenario().Perp(
                "100 100 100 100; 100 101 99 100; 102 103 101 102; 102 103 101 102",
                funding:
                [
                    new FundingRate(Start + 1, 0.01m, null),
                    new FundingRate(Start + 60_000, 0.01m, null),
                    new FundingRate(Start + 120_000, 0.01m, null),
                    new FundingRate(Start + 239_999, -0.01m, 104.5m),
                ])
            .At(0, plan => plan.Set(0, Market(Side.Buy)))
            .Run(engine);

        outcome.Entries.Where(entry => !entry.IsFill).Select(entry => (entry.Candle, entry.Price, (decimal)entry.Funding / Unit)).ShouldBe(
            [(2, 102, -1.02m), (3, 105, 1.05m)]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Below_its_maintenance_margin_at_the_adverse_extreme_the_account_is_liquidated(Engine engine)
    {
        static Scenario Case(int low) => new Scenario { Balance = 10m }.Perp(
                $"100 100 100 100; 100 101 99 100; 100 120 {low} 118; 118 119 117 118", taker: 0m, tiers: [new(1e9m, 0.01m, 0m, 50m)])
            .At(0, plan => plan.Set(0, Market(Side.Buy)))
            .At(1, plan => plan.Set(1, Limit(Side.Sell, 110)))
            .At(2, plan => plan.Set(2, Market(Side.Sell)));

        var survived = Case(91).Run(engine);
        survived.LiquidatedAt.ShouldBeNull();

        var ended = Case(90).Run(engine);
        ended.LiquidatedAt.ShouldBe(2);
        ended.Entries[^1].Kind.ShouldBe(EntryKind.Liquidation);
        ended.Entries[^1].Price.ShouldBe(90);
        ended.Wallet.ToDecimal().ShouldBe(0m);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Coins_cannot_margin_a_perpetual(Engine engine)
    {
        var outcome = new Scenario { Balance = 100m, Leverage = 1m }
            .Spot("100 100 100 100; 100 101 99 100; 200 201 199 200")
            .Perp("10 10 10 10; 10 11 9 10; 10 11 9 10")
            .AtAll(0, context => context.Lanes[0].Plan.Set(0, Market(Side.Buy, 9)))
            .AtAll(1, context => context.Lanes[1].Plan.Set(0, Market(Side.Buy, 20)))
            .Run(engine);

        outcome.Entries.Count.ShouldBe(1);
        outcome.Refusals.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Drawdown_is_measured_at_closes_from_the_first_close_of_the_peak(Engine engine)
    {
        var outcome = new Scenario { Balance = 100m }.Perp("100 100 100 100; 100 101 99 100; 120 121 119 120; 120 120 120 120; 90 130 80 90; 90 90 90 90")
            .At(0, plan => plan.Set(0, Market(Side.Buy)))
            .Run(engine);

        outcome.MaxDrawdown.PeakCandle.ShouldBe(2);
        outcome.MaxDrawdown.TroughCandle.ShouldBe(4);
        outcome.MaxDrawdown.Share.ShouldBe(30.0 / 120.0);
    }
}
