using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;
using static Trellis.Core.Tests.Matching.Naive.NaiveDesk;

namespace Trellis.Core.Tests.Matching.Naive;

/// <summary>The judge is judged first: each rule by an example worked by hand.</summary>
public sealed class NaiveExchangeTests
{
    private readonly NaiveDesk desk = new();

    [Fact]
    public void The_best_price_trades_first_and_at_equal_price_the_earlier_order()
    {
        desk.Place(1, Limit(Side.Sell, 100.2m, 1m) with { ClientOrderId = "dear" });
        desk.Place(1, Limit(Side.Sell, 100.1m, 1m) with { ClientOrderId = "first" });
        desk.Place(3, Limit(Side.Sell, 100.1m, 1m) with { ClientOrderId = "second" });

        var report = desk.Place(2, Limit(Side.Buy, 100.2m, 2.5m));

        report.Fills.Where(fill => fill.IsMaker).Select(fill => (fill.Order.Request.ClientOrderId, fill.Price, fill.Quantity))
            .ShouldBe([("first", 100.1m, 1m), ("second", 100.1m, 1m), ("dear", 100.2m, 0.5m)]);
        desk.Market.Levels(Side.Sell).ShouldBe([new QuoteLevel(100.2m, 0.5m)]);
        desk.Market.LastPrice.ShouldBe(100.2m);
    }

    [Fact]
    public void Fees_are_shares_of_the_notional_rounded_half_to_even_at_the_twelfth_decimal()
    {
        // 0.50001 × 0.0003 × 0.00015 = 0.00000002250045, and × 0.00035 = 0.00000005250105: two digits too many.
        var request = new OrderRequest { Instrument = 2, Side = Side.Sell, Type = OrderType.Limit, Price = 0.50001m, Quantity = 0.0003m };
        desk.Place(1, request);

        var fills = desk.Place(2, request with { Side = Side.Buy }).Fills;

        fills.Select(fill => fill.Fee).ShouldBe([0.000000052501m, 0.000000022500m]);
        desk.Exchange.Accounts[1].Wallet.ShouldBe(-0.000000022500m);
    }

    [Fact]
    public void A_partial_close_releases_its_share_of_the_total_cost()
    {
        desk.Place(2, Limit(Side.Sell, 100m, 1m));
        desk.Place(2, Limit(Side.Sell, 100.1m, 2m));
        desk.Place(1, Limit(Side.Buy, 100.1m, 3m));
        desk.Place(3, Limit(Side.Buy, 100.5m, 1m));

        var realized = desk.Place(1, Limit(Side.Sell, 100.5m, 1m)).Fills[0].Realized;

        // Cost 300.2; a third, 100.066666666667, is released.
        realized.ShouldBe(0.433333333333m);
        (desk.Position(1).Size, desk.Position(1).Cost).ShouldBe((2m, 200.133333333333m));
    }

    [Fact]
    public void A_fill_beyond_the_position_turns_it()
    {
        desk.OpenPosition(Side.Buy, 1m);
        desk.Place(2, Limit(Side.Buy, 101m, 3m));

        desk.Place(1, AtMarket(Side.Sell, 3m)).Fills[0].Realized.ShouldBe(1m);

        (desk.Position(1).Size, desk.Position(1).Cost, desk.Position(1).Realized).ShouldBe((-2m, 202m, 0m));
    }

    [Theory]
    [InlineData(TimeInForce.PostOnly, RefusalReason.PostOnlyWouldTake)]
    [InlineData(TimeInForce.FillOrKill, RefusalReason.FillOrKillNotFilled)]
    public void An_order_that_cannot_be_as_it_wants_is_refused_and_changes_nothing(TimeInForce timeInForce, RefusalReason reason)
    {
        desk.Place(1, Limit(Side.Sell, 100m, 1m));

        desk.Place(2, Limit(Side.Buy, 100m, 2m, timeInForce)).Refusals.ShouldBe([reason]);

        desk.Market.Levels(Side.Sell).ShouldBe([new QuoteLevel(100m, 1m)]);
        desk.Market.Levels(Side.Buy).ShouldBeEmpty();
    }

    [Fact]
    public void The_rest_of_an_immediate_order_expires()
    {
        desk.Place(1, Limit(Side.Sell, 100m, 1m));

        var order = desk.Place(2, Limit(Side.Buy, 100m, 2m, TimeInForce.ImmediateOrCancel)).Order!;

        (order.Executed, order.End, order.Status).ShouldBe((1m, OrderEnd.NotFilledAtOnce, OrderStatus.Expired));
        desk.Market.Resting.ShouldBeEmpty();
    }

    [Fact]
    public void A_market_order_needs_somebody()
    {
        desk.Place(1, AtMarket(Side.Buy, 1m)).Refusals.ShouldBe([RefusalReason.NoLiquidity]);
    }

    [Fact]
    public void A_dated_order_expires_at_its_date()
    {
        desk.Place(1, Limit(Side.Buy, 99m, 1m, TimeInForce.GoodTillDate) with { ExpiresAt = Start + 600_000 }).Refusals.ShouldBe([RefusalReason.ExpiryTooEarly]);
        desk.Place(1, Limit(Side.Buy, 99m, 1m, TimeInForce.GoodTillDate) with { ExpiresAt = Start + 600_001 }).Refusals.ShouldBeEmpty();

        desk.Do(new PassTime(Start + 600_000)).Ended.ShouldBeEmpty();
        desk.Do(new PassTime(Start + 600_001)).Ended.ShouldHaveSingleItem().End.ShouldBe(OrderEnd.DatePassed);
    }

    [Fact]
    public void A_reduce_only_order_is_cut_to_the_position_and_ends_with_it()
    {
        desk.Place(1, Limit(Side.Sell, 101m, 1m) with { ReduceOnly = true }).Refusals.ShouldBe([RefusalReason.ReduceOnlyRefused]);
        desk.OpenPosition(Side.Buy, 1m);
        desk.Place(1, Limit(Side.Sell, 101m, 5m) with { ReduceOnly = true });

        var report = desk.Place(3, Limit(Side.Buy, 101m, 2m));

        report.Fills[0].Quantity.ShouldBe(1m);
        report.Ended.ShouldHaveSingleItem().Request.Quantity.ShouldBe(1m);
        desk.Position(1).Size.ShouldBe(0m);
        desk.Market.Levels(Side.Buy).ShouldBe([new QuoteLevel(101m, 1m)]);
    }

    [Theory]
    [InlineData(SelfTradePrevention.ExpireTaker, 1, 0)]
    [InlineData(SelfTradePrevention.ExpireMaker, 0, 1)]
    [InlineData(SelfTradePrevention.ExpireBoth, 0, 0)]
    public void Self_trade_prevention_expires_whom_the_taker_names(SelfTradePrevention prevention, int sells, int buys)
    {
        desk.Place(1, Limit(Side.Sell, 100m, 1m));

        desk.Place(1, Limit(Side.Buy, 100m, 1m) with { SelfTradePrevention = prevention }).Fills.ShouldBeEmpty();

        desk.Market.Levels(Side.Sell).Count.ShouldBe(sells);
        desk.Market.Levels(Side.Buy).Count.ShouldBe(buys);
    }

    [Fact]
    public void An_amended_order_goes_to_the_end_of_the_queue()
    {
        desk.Place(1, Limit(Side.Sell, 100m, 2m) with { ClientOrderId = "amended" });
        desk.Place(3, Limit(Side.Sell, 100m, 1m) with { ClientOrderId = "other" });
        desk.Do(new AmendOrder(Start, new AccountId(1), new OrderReference(0, 0, "amended"), Side.Sell, 100m, 1m)).Refusals.ShouldBeEmpty();

        desk.Place(2, AtMarket(Side.Buy, 1m)).Fills[1].Order.Request.ClientOrderId.ShouldBe("other");
    }

    [Fact]
    public void A_stop_triggers_by_any_trade_that_touches_it_and_a_mark_trigger_only_by_the_mark_price()
    {
        desk.Place(3, Limit(Side.Sell, 100.1m, 1m));
        desk.Place(3, Limit(Side.Sell, 100.3m, 9m));
        var trigger = new Trigger(TriggerKind.TakeProfit, 99.9m, TriggerSource.LastPrice);
        desk.Place(1, AtMarket(Side.Buy, 1m) with { Trigger = trigger });
        desk.Place(1, AtMarket(Side.Buy, 1m) with { Trigger = trigger with { Source = TriggerSource.MarkPrice } });
        desk.Place(2, Limit(Side.Buy, 99.9m, 1m));

        desk.Place(3, Limit(Side.Sell, 99.9m, 1m)).Conditionals.ShouldHaveSingleItem().Status.ShouldBe(ConditionalStatus.Finished);
        desk.Position(1).Size.ShouldBe(1m);

        desk.Do(new SetMarkPrice(Start, 0, 99.9m, 99.9m)).Conditionals.ShouldHaveSingleItem().Status.ShouldBe(ConditionalStatus.Finished);
        desk.Position(1).Size.ShouldBe(2m);
    }

    [Fact]
    public void Hedge_mode_keeps_long_and_short_apart()
    {
        var hedged = new NaiveDesk(hedgeMode: true);
        hedged.Place(2, Limit(Side.Sell, 100m, 2m) with { PositionSide = PositionSide.Short });
        hedged.Place(2, Limit(Side.Buy, 99m, 2m) with { PositionSide = PositionSide.Long });
        hedged.Place(1, AtMarket(Side.Buy, 2m) with { PositionSide = PositionSide.Long });
        hedged.Place(1, AtMarket(Side.Sell, 1m) with { PositionSide = PositionSide.Short });

        (hedged.Position(1, PositionSide.Long).Size, hedged.Position(1, PositionSide.Short).Size).ShouldBe((2m, -1m));
        hedged.Place(1, Limit(Side.Buy, 100m, 1m)).Refusals.ShouldBe([RefusalReason.PositionSideMismatch]);
    }

    [Fact]
    public void Longs_pay_a_positive_funding_rate_to_shorts()
    {
        desk.OpenPosition(Side.Buy, 1m);

        desk.Do(new SettleFunding(Start, 0, 0.0001m, 101m)).Incomes.Select(income => (income.Account.Value, income.Amount)).ShouldBe([(1, -0.0101m), (2, 0.0101m)]);
    }
}
