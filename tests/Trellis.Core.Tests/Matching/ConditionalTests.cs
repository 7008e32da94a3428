using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching;

public sealed class ConditionalTests
{
    private readonly TestExchange exchange = new();
    private readonly AccountId account;

    public ConditionalTests()
    {
        account = exchange.Account();
        exchange.Move(100m);
    }

    [Theory]
    [InlineData(TriggerKind.Stop, Side.Buy, 105, 104.9, 105)]
    [InlineData(TriggerKind.Stop, Side.Sell, 95, 95.1, 95)]
    [InlineData(TriggerKind.TakeProfit, Side.Sell, 105, 104.9, 105)]
    [InlineData(TriggerKind.TakeProfit, Side.Buy, 95, 95.1, 94)]
    public void It_waits_until_the_last_price_reaches_its_trigger_then_its_order_is_placed(TriggerKind kind, Side side, int trigger, double before, double at)
    {
        var conditional = exchange.Done<ConditionalOrder>(exchange.Placing(account, Ask.Market(side, 1m) with { Trigger = new Trigger(kind, trigger, TriggerSource.LastPrice) }));
        exchange.After(5).Move((decimal)before);
        exchange.Look(conditional).Status.ShouldBe(ConditionalStatus.Waiting);
        exchange.Engine.OpenConditionals(account, 0).Count.ShouldBe(1);

        exchange.After(5).Move((decimal)at);

        var ended = exchange.Look(conditional);
        ended.Status.ShouldBe(ConditionalStatus.Finished);
        ended.TriggeredAt.ShouldBe(exchange.Now);
        var order = exchange.Engine.FindOrder(account, new OrderReference(0, ended.OrderId, ""))!;
        (order.Status, order.ConditionalId, order.Request.Trigger).ShouldBe((OrderStatus.Filled, conditional.Id, null));
        exchange.Told<ConditionalChanged>().Select(told => told.Order.Status).ShouldBe([ConditionalStatus.Waiting, ConditionalStatus.Triggered, ConditionalStatus.Finished]);
        exchange.Engine.OpenConditionals(account, 0).ShouldBeEmpty();
    }

    [Fact]
    public void On_the_mark_price_the_last_price_means_nothing()
    {
        exchange.Mark(100m);
        var conditional = exchange.Stop(account, Side.Buy, 105m, 1m, request => request with { Trigger = new Trigger(TriggerKind.Stop, 105m, TriggerSource.MarkPrice) });

        exchange.Move(110m);
        exchange.Look(conditional).Status.ShouldBe(ConditionalStatus.Waiting);

        exchange.Mark(105m);
        exchange.Look(conditional).Status.ShouldBe(ConditionalStatus.Finished);
    }

    [Fact]
    public void A_price_that_the_market_only_passed_triggers_as_well()
    {
        var empty = new TestExchange();
        var (owner, seller, buyer) = (empty.Account(), empty.Account(), empty.Account());
        empty.Limit(seller, Side.Sell, 106m, 1m);
        empty.Limit(seller, Side.Sell, 120m, 5m);
        var conditional = empty.Stop(owner, Side.Buy, 105m, 1m);

        empty.Limit(buyer, Side.Buy, 106m, 1m);

        empty.Look(conditional).Status.ShouldBe(ConditionalStatus.Finished);
        empty.Engine.LastPrice(0).ShouldBe(120m);
    }

    [Fact]
    public void One_triggered_order_can_trigger_the_next_nearest_first()
    {
        var (far, near) = (exchange.Stop(account, Side.Sell, 94m, 1m), exchange.Stop(account, Side.Sell, 95m, 1m));

        exchange.Move(90m);

        exchange.Look(near).OrderId.ShouldBeLessThan(exchange.Look(far).OrderId);
    }

    [Fact]
    public void Its_limit_order_rests_and_ends_it_when_it_ends()
    {
        var conditional = exchange.Done<ConditionalOrder>(exchange.Placing(account, Ask.Limit(Side.Buy, 90m, 1m) with { Trigger = new Trigger(TriggerKind.Stop, 105m, TriggerSource.LastPrice) }));

        exchange.Move(105m);
        exchange.Look(conditional).Status.ShouldBe(ConditionalStatus.Triggered);
        var order = exchange.Engine.OpenOrders(account, 0).ShouldHaveSingleItem();
        exchange.Cancel(account, order);

        exchange.Look(conditional).Status.ShouldBe(ConditionalStatus.Finished);
    }

    [Fact]
    public void An_order_that_is_refused_when_it_triggers_rejects_it_and_says_why()
    {
        var broke = exchange.Account(deposit: 1m);
        var conditional = exchange.Stop(broke, Side.Buy, 105m, 10m);

        exchange.Move(105m);

        var ended = exchange.Look(conditional);
        (ended.Status, ended.Refusal!.Reason, ended.OrderId).ShouldBe((ConditionalStatus.Rejected, RefusalReason.InsufficientMargin, 0));
        exchange.Engine.Orders(broke, 0).ShouldBeEmpty();
    }

    [Fact]
    public void Its_order_has_its_client_order_id()
    {
        var conditional = exchange.Stop(account, Side.Buy, 105m, 1m, request => request with { ClientOrderId = "mine" });

        exchange.Move(105m);

        exchange.Engine.FindOrder(account, new OrderReference(0, exchange.Look(conditional).OrderId, ""))!.Request.ClientOrderId.ShouldBe("mine");
    }

    [Fact]
    public void It_is_rejected_when_it_triggers_and_an_open_order_has_its_client_order_id()
    {
        foreach (var trigger in new[] { 105m, 110m })
        {
            exchange.Done<ConditionalOrder>(exchange.Placing(account, Ask.Limit(Side.Buy, 90m, 1m) with
            {
                Trigger = new Trigger(TriggerKind.Stop, trigger, TriggerSource.LastPrice),
                ClientOrderId = "mine",
            }));
            exchange.Move(trigger);
        }

        exchange.Engine.OpenOrders(account, 0).ShouldHaveSingleItem().Request.ClientOrderId.ShouldBe("mine");
        exchange.Engine.Conditionals(account, 0).Select(conditional => (conditional.Status, conditional.Refusal?.Reason))
            .ShouldBe([(ConditionalStatus.Triggered, null), (ConditionalStatus.Rejected, RefusalReason.DuplicateClientOrderId)]);
    }

    [Fact]
    public void It_expires_at_its_date_while_it_waits()
    {
        var date = exchange.Now + 700_000;
        var dated = exchange.Done<ConditionalOrder>(exchange.Placing(account, Ask.Limit(Side.Buy, 90m, 1m) with
        {
            Trigger = new Trigger(TriggerKind.Stop, 105m, TriggerSource.LastPrice),
            TimeInForce = TimeInForce.GoodTillDate,
            ExpiresAt = date,
        }));

        exchange.After(699_999).Do(new PassTime(exchange.Now));
        exchange.Look(dated).Status.ShouldBe(ConditionalStatus.Waiting);
        exchange.After(1).Do(new PassTime(exchange.Now));

        var expired = exchange.Look(dated);
        (expired.Status, expired.UpdatedAt).ShouldBe((ConditionalStatus.Expired, date));
        exchange.Move(105m);
        exchange.Engine.Orders(account, 0).ShouldBeEmpty();
    }

    [Fact]
    public void Close_position_closes_whatever_the_position_is_when_it_triggers()
    {
        exchange.Market(account, Side.Buy, 2m);
        var conditional = exchange.Stop(account, Side.Sell, 95m, 0m, request => request with { ClosePosition = true });
        exchange.Market(account, Side.Buy, 1.5m);

        exchange.Move(95m);

        exchange.Position(account).ShouldBe(0m);
        exchange.Engine.FindOrder(account, new OrderReference(0, exchange.Look(conditional).OrderId, ""))!.ExecutedQuantity.ShouldBe(3.5m);
    }

    [Fact]
    public void Close_position_expires_with_the_position()
    {
        exchange.Market(account, Side.Buy, 2m);
        var stop = exchange.Stop(account, Side.Sell, 95m, 0m, request => request with { ClosePosition = true });
        var opposite = exchange.Stop(account, Side.Buy, 105m, 1m);

        exchange.Market(account, Side.Sell, 2m);

        exchange.Look(stop).Status.ShouldBe(ConditionalStatus.Expired);
        exchange.Look(opposite).Status.ShouldBe(ConditionalStatus.Waiting);
    }

    [Fact]
    public void It_is_cancelled_by_id_or_name_and_only_while_it_waits()
    {
        var first = exchange.Stop(account, Side.Buy, 105m, 1m);
        var second = exchange.Stop(account, Side.Buy, 106m, 1m, request => request with { ClientOrderId = "named" });

        exchange.Done<ConditionalOrder>(new CancelConditional(exchange.Now, account, first.Id, "")).Status.ShouldBe(ConditionalStatus.Canceled);
        exchange.Done<ConditionalOrder>(new CancelConditional(exchange.Now, account, 0, "named")).Id.ShouldBe(second.Id);
        exchange.Refused(new CancelConditional(exchange.Now, account, first.Id, "")).ShouldBe(RefusalReason.UnknownOrder);
        exchange.Refused(new CancelConditional(exchange.Now, exchange.Account(), 0, "named")).ShouldBe(RefusalReason.UnknownOrder);
        exchange.Engine.FindConditional(account, 0, "named")!.Status.ShouldBe(ConditionalStatus.Canceled);
        exchange.Engine.Conditionals(account, 0).Count.ShouldBe(2);
    }
}
