using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching;

/// <summary>Time in force, dates, countdowns, amendments, self-trade prevention, reduce-only.</summary>
public sealed class OrderLifeTests
{
    private readonly TestExchange exchange = new();
    private readonly AccountId account;
    private readonly AccountId other;

    public OrderLifeTests()
    {
        account = exchange.Account();
        other = exchange.Account();
    }

    [Fact]
    public void What_an_immediate_order_can_not_fill_expires()
    {
        exchange.Limit(other, Side.Sell, 100m, 1m);

        var order = exchange.Limit(account, Side.Buy, 100m, 3m, request => request with { TimeInForce = TimeInForce.ImmediateOrCancel });

        (order.Status, order.End, order.ExecutedQuantity).ShouldBe((OrderStatus.Expired, OrderEnd.NotFilledAtOnce, 1m));
        exchange.Engine.OpenOrders(account, 0).ShouldBeEmpty();
        exchange.Engine.Levels(0, Side.Buy, 1).ShouldBeEmpty();
    }

    [Fact]
    public void The_rest_of_a_market_order_expires()
    {
        exchange.Limit(other, Side.Sell, 100m, 1m);

        var order = exchange.Market(account, Side.Buy, 3m);

        (order.Status, order.End, order.ExecutedQuantity).ShouldBe((OrderStatus.Expired, OrderEnd.NotFilledAtOnce, 1m));
    }

    [Theory]
    [InlineData(SelfTradePrevention.None, true)]
    [InlineData(SelfTradePrevention.ExpireMaker, false)]
    [InlineData(SelfTradePrevention.ExpireTaker, false)]
    public void Fill_or_kill_fills_whole_or_is_refused_own_orders_counted_as_they_would_trade(SelfTradePrevention prevention, bool fills)
    {
        exchange.Limit(other, Side.Sell, 100m, 1m);
        exchange.Limit(account, Side.Sell, 100m, 1m);
        var request = Ask.Limit(Side.Buy, 100m, 2m) with { TimeInForce = TimeInForce.FillOrKill, SelfTradePrevention = prevention };

        if (fills)
        {
            exchange.Done<Order>(exchange.Placing(account, request)).Status.ShouldBe(OrderStatus.Filled);
        }
        else
        {
            exchange.Refused(exchange.Placing(account, request)).ShouldBe(RefusalReason.FillOrKillNotFilled);
        }
    }

    [Fact]
    public void Fill_or_kill_does_not_count_what_a_reduce_only_order_would_lose_on_the_way()
    {
        exchange.Limit(other, Side.Buy, 99.1m, 2m);
        exchange.Market(account, Side.Sell, 2m);
        exchange.Limit(account, Side.Buy, 99.3m, 1m, request => request with { ReduceOnly = true });
        exchange.Limit(account, Side.Buy, 99m, 1.5m, request => request with { ReduceOnly = true });
        exchange.Limit(exchange.Account(), Side.Buy, 98.9m, 1.9m);
        OrderRequest Kill(decimal quantity) => Ask.Limit(Side.Sell, 98.7m, quantity) with { TimeInForce = TimeInForce.FillOrKill };

        exchange.Refused(exchange.Placing(other, Kill(4.4m))).ShouldBe(RefusalReason.FillOrKillNotFilled);
        exchange.Done<Order>(exchange.Placing(other, Kill(3.9m))).Status.ShouldBe(OrderStatus.Filled);
    }

    [Fact]
    public void A_good_till_date_order_expires_at_its_date_and_at_its_own_instant()
    {
        var order = exchange.Limit(account, Side.Buy, 90m, 1m, request => request with { TimeInForce = TimeInForce.GoodTillDate, ExpiresAt = exchange.Now + 600_001 });
        exchange.After(600_000).Do(new PassTime(exchange.Now));
        exchange.Look(order).IsOpen.ShouldBeTrue();

        exchange.After(60_000).Do(new PassTime(exchange.Now));

        var ended = exchange.Look(order);
        (ended.Status, ended.End, ended.UpdatedAt).ShouldBe((OrderStatus.Expired, OrderEnd.DatePassed, TestExchange.Start + 600_001));
        exchange.Engine.Time.ShouldBe(TestExchange.Start + 660_000);
    }

    [Fact]
    public void A_countdown_cancels_the_orders_of_its_instrument_unless_it_is_stopped_or_set_anew()
    {
        var order = exchange.Limit(account, Side.Buy, 90m, 1m);
        exchange.Do(new SetCountdown(exchange.Now, account, 0, exchange.Now + 1_000));
        exchange.Do(new SetCountdown(exchange.Now, account, 0, exchange.Now + 5_000));
        exchange.After(4_999).Do(new PassTime(exchange.Now));
        exchange.Look(order).IsOpen.ShouldBeTrue();
        exchange.Do(new SetCountdown(exchange.Now, account, 0, 0));
        exchange.After(10_000).Do(new PassTime(exchange.Now));
        exchange.Look(order).IsOpen.ShouldBeTrue();

        exchange.Do(new SetCountdown(exchange.Now, account, 0, exchange.Now + 1_000));
        exchange.After(1_000).Do(new PassTime(exchange.Now));

        exchange.Look(order).End.ShouldBe(OrderEnd.CanceledByCountdown);
    }

    [Fact]
    public void An_amendment_keeps_the_id_and_loses_the_place_in_the_queue()
    {
        var first = exchange.Limit(account, Side.Buy, 99m, 1m, request => request with { SelfTradePrevention = SelfTradePrevention.ExpireBoth });
        var second = exchange.Limit(other, Side.Buy, 99m, 1m);

        var amended = exchange.Done<Order>(new AmendOrder(exchange.Now, account, TestExchange.Name(first), Side.Buy, 99m, 0.5m));
        exchange.Market(exchange.Account(), Side.Sell, 1m);

        amended.ShouldSatisfyAllConditions(
            order => order.Id.ShouldBe(first.Id),
            order => order.Amendments.ShouldBe(1),
            order => exchange.Engine.Amendments(account, 0).Select(amendment => (amendment.OrderId, amendment.PriceAfter, amendment.QuantityBefore, amendment.QuantityAfter, amendment.Count))
                .ShouldBe([(first.Id, 99m, first.Request.Quantity, 0.5m, 1)]),
            order => order.Request.Quantity.ShouldBe(0.5m),
            order => order.Request.SelfTradePrevention.ShouldBe(SelfTradePrevention.None));
        exchange.Look(second).Status.ShouldBe(OrderStatus.Filled);
        exchange.Look(first).ExecutedQuantity.ShouldBe(0m);
    }

    [Fact]
    public void An_amendment_across_the_market_trades_and_the_rest_rests()
    {
        exchange.Limit(other, Side.Sell, 101m, 1m);
        var order = exchange.Limit(account, Side.Buy, 99m, 1m);

        var amended = exchange.Done<Order>(new AmendOrder(exchange.Now, account, TestExchange.Name(order), null, 101m, 3m));

        (amended.Status, amended.ExecutedQuantity, amended.AveragePrice).ShouldBe((OrderStatus.PartiallyFilled, 1m, 101m));
        exchange.Engine.Levels(0, Side.Buy, 5).ShouldBe([new QuoteLevel(101m, 2m)]);
        exchange.Told<OrderChanged>().Where(told => told.Order.Id == order.Id).Select(told => told.Change).ShouldBe([OrderChange.Placed, OrderChange.Amended, OrderChange.Filled]);
    }

    [Theory]
    [InlineData(0.4, TimeInForce.GoodTillCanceled, 99)]
    [InlineData(0.3, TimeInForce.GoodTillCanceled, 99)]
    [InlineData(2, TimeInForce.PostOnly, 101)]
    public void An_amendment_to_no_more_than_was_filled_or_across_the_market_for_a_post_only_order_cancels(double quantity, TimeInForce timeInForce, int price)
    {
        exchange.Limit(other, Side.Sell, 101m, 1m);
        var order = exchange.Limit(account, Side.Buy, 99m, 1m, request => request with { TimeInForce = timeInForce });
        exchange.Market(other, Side.Sell, 0.4m);

        var amended = exchange.Done<Order>(new AmendOrder(exchange.Now, account, TestExchange.Name(order), null, price, (decimal)quantity));

        (amended.Status, amended.End, amended.ExecutedQuantity).ShouldBe((OrderStatus.Canceled, OrderEnd.CanceledByAmendment, 0.4m));
    }

    [Fact]
    public void Amendments_that_change_nothing_or_come_too_late_or_too_often_are_refused()
    {
        var order = exchange.Limit(account, Side.Buy, 99m, 1m);
        AmendOrder To(decimal price, Side? side = null) => new(exchange.Now, account, TestExchange.Name(order), side, price, 1m);

        exchange.Refused(To(99m)).ShouldBe(RefusalReason.NothingToAmend);
        exchange.Refused(To(98m, Side.Sell)).ShouldBe(RefusalReason.NotAmendable);
        exchange.Refused(To(98.05m)).ShouldBe(RefusalReason.PriceTooManyDecimals);
        exchange.Refused(new AmendOrder(exchange.Now, account, new OrderReference(0, 999, ""), null, 98m, 1m)).ShouldBe(RefusalReason.UnknownOrder);
        exchange.Refused(new AmendOrder(exchange.Now, other, TestExchange.Name(order), null, 98m, 1m)).ShouldBe(RefusalReason.UnknownOrder);
        for (var i = 0; i < 10_000; i++)
        {
            exchange.Do(To(98m - (i % 2)));
        }

        exchange.Refused(To(95m)).ShouldBe(RefusalReason.TooManyAmendments);
        exchange.Cancel(account, order);
        exchange.Refused(To(95m)).ShouldBe(RefusalReason.UnknownOrder);
        exchange.Refused(new CancelOrder(exchange.Now, account, TestExchange.Name(order))).ShouldBe(RefusalReason.UnknownOrder);
    }

    [Theory]
    [InlineData(SelfTradePrevention.None, OrderStatus.Filled, OrderStatus.Filled)]
    [InlineData(SelfTradePrevention.ExpireTaker, OrderStatus.New, OrderStatus.Expired)]
    [InlineData(SelfTradePrevention.ExpireMaker, OrderStatus.Expired, OrderStatus.New)]
    [InlineData(SelfTradePrevention.ExpireBoth, OrderStatus.Expired, OrderStatus.Expired)]
    public void Where_an_account_would_trade_with_itself_the_takers_setting_decides(SelfTradePrevention prevention, OrderStatus maker, OrderStatus taker)
    {
        var resting = exchange.Limit(account, Side.Sell, 100m, 1m, request => request with { SelfTradePrevention = SelfTradePrevention.ExpireBoth });

        var coming = exchange.Limit(account, Side.Buy, 100m, 1m, request => request with { SelfTradePrevention = prevention });

        exchange.Look(resting).Status.ShouldBe(maker);
        exchange.Look(coming).Status.ShouldBe(taker);
        foreach (var order in new[] { exchange.Look(resting), exchange.Look(coming) }.Where(order => order.Status == OrderStatus.Expired))
        {
            order.End.ShouldBe(OrderEnd.SelfTradePrevention);
        }

        exchange.MustAddUp();
    }

    [Fact]
    public void A_reduce_only_order_is_cut_to_the_position_and_cut_again_as_it_shrinks_and_ends_with_it()
    {
        exchange.Move(100m);
        exchange.Market(account, Side.Buy, 3m);
        var order = exchange.Limit(account, Side.Sell, 110m, 5m, request => request with { ReduceOnly = true });
        order.Request.Quantity.ShouldBe(3m);

        exchange.Market(account, Side.Sell, 1m);
        exchange.Look(order).Request.Quantity.ShouldBe(2m);

        exchange.Market(account, Side.Sell, 2m);
        (exchange.Look(order).Status, exchange.Look(order).End).ShouldBe((OrderStatus.Expired, OrderEnd.NothingToReduce));
        exchange.Position(account).ShouldBe(0m);
    }

    [Fact]
    public void Reduce_only_orders_together_never_turn_the_position()
    {
        exchange.Move(100m);
        exchange.Market(account, Side.Buy, 3m);
        exchange.Limit(account, Side.Sell, 101m, 2m, request => request with { ReduceOnly = true });
        exchange.Limit(account, Side.Sell, 102m, 2m, request => request with { ReduceOnly = true });

        exchange.Move(110m);

        exchange.Position(account).ShouldBe(0m);
        exchange.Engine.Fills(account, 0).Where(fill => fill.IsMaker).Select(fill => fill.Quantity).ShouldBe([2m, 1m]);
    }

    [Fact]
    public void Fills_of_resting_orders_are_split_where_a_fault_asks_for_it()
    {
        exchange.Do(new SplitFills(exchange.Now, 3));
        var order = exchange.Limit(other, Side.Sell, 100m, 1m);

        exchange.Market(account, Side.Buy, 1m);

        exchange.Engine.Fills(other, 0).Select(fill => fill.Quantity).ShouldBe([0.333m, 0.333m, 0.333m, 0.001m]);
        exchange.Look(order).Status.ShouldBe(OrderStatus.Filled);
    }

    [Fact]
    public void Cancel_all_cancels_one_instrument_and_leaves_conditional_orders()
    {
        var two = new TestExchange(instruments: 2);
        var owner = two.Account();
        var here = two.Limit(owner, Side.Buy, 90m, 1m);
        var there = two.Limit(owner, Side.Buy, 90m, 1m, request => request with { Instrument = 1 });
        var waiting = two.Stop(owner, Side.Buy, 120m, 1m);

        two.Do(new CancelAllOrders(two.Now, owner, 0));

        two.Look(here).End.ShouldBe(OrderEnd.CanceledByUser);
        two.Look(there).IsOpen.ShouldBeTrue();
        two.Look(waiting).Status.ShouldBe(ConditionalStatus.Waiting);
        two.Do(new CancelAllConditionals(two.Now, owner, 0));
        two.Look(waiting).Status.ShouldBe(ConditionalStatus.Canceled);
    }
}
