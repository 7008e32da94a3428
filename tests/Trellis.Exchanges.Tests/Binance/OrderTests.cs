using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;
using static Trellis.Exchanges.Tests.Binance.SimulatedBinance;

namespace Trellis.Exchanges.Tests.Binance;

/// <summary>Orders through their lives, at the simulator.</summary>
public sealed class OrderTests
{
    [Fact]
    public async Task An_order_rests_is_found_amended_and_cancelled()
    {
        await using var binance = await StartAsync();
        var intent = binance.Intent();

        var placed = await binance.Trading.PlaceAsync(Bitcoin, intent, Cancelled);
        placed.Kind.ShouldBe(AnswerKind.Accepted, placed.Text);
        placed.Order.ShouldNotBeNull();
        placed.Order.Status.ShouldBe(VenueOrderStatus.Open);
        placed.Order.ClientOrderId.ShouldBe(intent.ClientOrderId);
        placed.Order.Quantity.ShouldBe(0.01m);

        var amended = await binance.Trading.AmendAsync(Bitcoin, intent.ClientOrderId, binance.Above(-3), 0.02m, Side.Buy, Cancelled);
        amended.Kind.ShouldBe(AnswerKind.Accepted, amended.Text);
        amended.Order!.Price.ShouldBe(binance.Above(-3));
        amended.Order.Quantity.ShouldBe(0.02m);
        (await binance.Trading.AmendAsync(Bitcoin, intent.ClientOrderId, binance.Above(-3), 0.02m, Side.Buy, Cancelled)).Kind.ShouldBe(AnswerKind.Accepted);

        (await binance.Trading.FindOrderAsync(Bitcoin, intent.ClientOrderId, false, Cancelled))!.Price.ShouldBe(binance.Above(-3));
        var cancelled = await binance.Trading.CancelAsync(Bitcoin, intent.ClientOrderId, false, Cancelled);
        cancelled.Kind.ShouldBe(AnswerKind.Accepted, cancelled.Text);
        cancelled.Order!.Status.ShouldBe(VenueOrderStatus.Canceled);

        var again = await binance.Trading.CancelAsync(Bitcoin, intent.ClientOrderId, false, Cancelled);
        (again.Kind, again.Refusal).ShouldBe((AnswerKind.Refused, RefusalKind.UnknownOrder));
        (await binance.Trading.FindOrderAsync(Bitcoin, "0000000000000000000000000none", false, Cancelled)).ShouldBeNull();
    }

    [Fact]
    public async Task Events_come_in_order_and_a_fill_before_its_order()
    {
        await using var binance = await StartAsync();
        var user = await binance.ListenAsync();
        var intent = binance.MarketIntent(Side.Buy);

        var placed = await binance.Trading.PlaceAsync(Bitcoin, intent, Cancelled);
        placed.Order!.Status.ShouldBe(VenueOrderStatus.Filled, placed.Text);
        await Wait.UntilAsync(() => user.Orders.Any(order => order.Status == VenueOrderStatus.Filled), "the fill is told");

        var events = user.Events.Where(told => told is VenueOrder or VenueFill).ToList();
        events[0].ShouldBeOfType<VenueOrder>().Status.ShouldBe(VenueOrderStatus.Open);
        var fill = events[1].ShouldBeOfType<VenueFill>();
        (fill.ClientOrderId, fill.VenueOrderId, fill.Quantity).ShouldBe((intent.ClientOrderId, placed.Order.VenueOrderId, 0.01m));
        fill.Fee.ShouldBeGreaterThan(0m);
        events[2].ShouldBeOfType<VenueOrder>().ExecutedQuantity.ShouldBe(0.01m);
    }

    [Fact]
    public async Task A_batch_has_one_answer_for_each_order_in_their_order()
    {
        await using var binance = await StartAsync();
        var orders = Enumerable.Range(0, 8).Select(i => (Bitcoin, i switch
        {
            2 => binance.Intent(intent => intent with { Quantity = 0.0005m }),
            4 => Stop(binance, binance.Above(-3)),
            6 => binance.MarketIntent(Side.Buy),
            _ => binance.Intent(intent => intent with { Price = binance.Above(-2) - i, PostOnly = true }),
        })).ToList();

        var answers = await binance.Trading.PlaceBatchAsync(orders, Cancelled);

        answers.Count.ShouldBe(8);
        for (var i = 0; i < 8; i++)
        {
            if (i == 2)
            {
                (answers[i].Kind, answers[i].Refusal).ShouldBe((AnswerKind.Refused, RefusalKind.BreaksRules), answers[i].Text);
            }
            else
            {
                answers[i].Kind.ShouldBe(AnswerKind.Accepted, answers[i].Text);
                answers[i].Order!.ClientOrderId.ShouldBe(orders[i].Item2.ClientOrderId);
            }
        }

        answers[4].Order!.Status.ShouldBe(VenueOrderStatus.Untriggered);
        (await binance.Trading.CancelAllAsync(Bitcoin, Cancelled)).Kind.ShouldBe(AnswerKind.Accepted);
        (await binance.SnapshotAsync()).OpenOrders.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_conditional_order_waits_triggers_and_is_found_with_what_it_became()
    {
        await using var binance = await StartAsync();
        var user = await binance.ListenAsync();
        (await binance.Trading.PlaceAsync(Bitcoin, binance.MarketIntent(Side.Buy), Cancelled)).Kind.ShouldBe(AnswerKind.Accepted);
        var stop = Stop(binance, binance.Above(-0.5m));

        var placed = await binance.Trading.PlaceAsync(Bitcoin, stop, Cancelled);
        placed.Kind.ShouldBe(AnswerKind.Accepted, placed.Text);
        (placed.Order!.Status, placed.Order.IsConditional, placed.Order.TriggerPrice).ShouldBe((VenueOrderStatus.Untriggered, true, binance.Above(-0.5m)));
        (await binance.Trading.FindOrderAsync(Bitcoin, stop.ClientOrderId, true, Cancelled))!.TriggeredOrderId.ShouldBe("");

        await binance.MoveAsync(binance.Above(-1));
        await Wait.UntilAsync(() => user.Fills.Count() == 2, "the stop is filled");
        await Wait.UntilAsync(() => user.Orders.Any(order => order.ClientOrderId == stop.ClientOrderId && order.Status == VenueOrderStatus.Filled), "the stop's end is told");

        var found = (await binance.Trading.FindOrderAsync(Bitcoin, stop.ClientOrderId, true, Cancelled))!;
        (found.Status, found.ExecutedQuantity, found.VenueOrderId).ShouldBe((VenueOrderStatus.Filled, 0.01m, placed.Order.VenueOrderId));
        found.TriggeredOrderId.ShouldBe(user.Fills.Last().VenueOrderId);
    }

    [Fact]
    public async Task A_conditional_order_is_cancelled()
    {
        await using var binance = await StartAsync();
        var stop = Stop(binance, binance.Above(-3));
        await binance.Trading.PlaceAsync(Bitcoin, stop, Cancelled);

        (await binance.Trading.CancelAsync(Bitcoin, stop.ClientOrderId, true, Cancelled)).Kind.ShouldBe(AnswerKind.Accepted);

        (await binance.Trading.FindOrderAsync(Bitcoin, stop.ClientOrderId, true, Cancelled))!.Status.ShouldBe(VenueOrderStatus.Canceled);
        (await binance.Trading.CancelAsync(Bitcoin, stop.ClientOrderId, true, Cancelled)).Refusal.ShouldBe(RefusalKind.UnknownOrder);
    }

    [Fact]
    public async Task A_market_order_closes_the_position_that_there_is()
    {
        await using var binance = await StartAsync();
        var close = binance.MarketIntent(Side.Sell) with { Quantity = 0m, ClosePosition = true };
        (await binance.Trading.PlaceAsync(Bitcoin, close, Cancelled)).Refusal.ShouldBe(RefusalKind.NothingToReduce);
        await binance.Trading.PlaceAsync(Bitcoin, binance.MarketIntent(Side.Buy, 0.03m), Cancelled);

        var closed = await binance.Trading.PlaceAsync(Bitcoin, close, Cancelled);

        closed.Order!.ExecutedQuantity.ShouldBe(0.03m, closed.Text);
        (await binance.SnapshotAsync()).Positions.ShouldBeEmpty();
    }

    [Fact]
    public async Task In_hedge_mode_the_side_of_the_position_says_what_is_reduced()
    {
        await using var binance = await StartAsync(hedgeMode: true);
        await binance.Trading.PlaceAsync(Bitcoin, binance.MarketIntent(Side.Buy) with { PositionSide = PositionSide.Long }, Cancelled);
        await binance.Trading.PlaceAsync(Bitcoin, binance.MarketIntent(Side.Sell) with { PositionSide = PositionSide.Short }, Cancelled);

        var closed = await binance.Trading.PlaceAsync(Bitcoin, binance.MarketIntent(Side.Sell) with { PositionSide = PositionSide.Long, ReduceOnly = true }, Cancelled);

        closed.Kind.ShouldBe(AnswerKind.Accepted, closed.Text);
        var snapshot = await binance.SnapshotAsync();
        snapshot.HedgeMode.ShouldBeTrue();
        snapshot.Positions.ShouldHaveSingleItem().Side.ShouldBe(PositionSide.Short);
    }

    private static OrderIntent Stop(SimulatedBinance binance, decimal trigger) =>
        binance.Intent(intent => intent with { Side = Side.Sell, Kind = OrderKind.TriggerAtOrBelow, Price = 0m, TriggerPrice = trigger, ReduceOnly = true });
}
