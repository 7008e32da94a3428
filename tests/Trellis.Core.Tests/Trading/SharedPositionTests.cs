using Trellis.Core.Orders;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Core.Tests.Trading;

/// <summary>Several owners of one position of the venue: what closes for one of them never closes what is another's.</summary>
public sealed class SharedPositionTests
{
    [Fact]
    public void Beside_another_bot_the_stop_rests_and_the_target_waits()
    {
        var desk = Entered(hedge: true);

        desk.Venue.OpenOrders.Select(order => order.TriggerPrice).ShouldBe([95m, 90m], ignoreOrder: true);
        desk.View.Orders.Count(order => order.Reason == "another order closes it").ShouldBe(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_target_that_is_reached_takes_the_place_of_the_stop_once_that_is_gone(bool hedge)
    {
        var desk = Entered(hedge);
        desk.Withhold = effect => effect is CancelOrder;
        desk.Move(110m);

        desk.Placed.ShouldNotContain(place => place.Intent.Kind == OrderKind.Limit, "both could fill while the cancel is on its way");

        desk.Withhold = _ => false;
        var cancel = (CancelOrder)desk.Withheld.Single();
        desk.Send(new CancelAnswered(desk.Now, cancel.ClientOrderId, desk.Venue.Cancel(cancel.ClientOrderId)));
        desk.Move(110.2m);

        SizesOf(desk).ShouldBe([0m, 1m]);
        desk.Venue.Position(0, hedge ? PositionSide.Long : PositionSide.Net).ShouldBe(1m);
    }

    [Fact]
    public void A_stop_that_fires_before_its_cancel_arrives_closes_the_bots_own_quantity_alone()
    {
        var desk = Entered(hedge: true);
        desk.Withhold = effect => effect is CancelOrder;
        desk.Move(110m);
        desk.Move(94m);
        desk.Move(111m);

        SizesOf(desk).ShouldBe([0m, 1m]);
        desk.Venue.Position(0, PositionSide.Long).ShouldBe(1m);
    }

    [Fact]
    public void A_target_that_the_price_leaves_gives_its_place_back_to_the_stop()
    {
        var desk = Entered(hedge: true);
        desk.Move(109.95m);
        desk.Live.Count(order => order.Intent.Price == 110m).ShouldBe(1);
        desk.Live.ShouldNotContain(order => order.Intent.TriggerPrice == 95m);

        desk.Move(107m);
        desk.Live.Count(order => order.Intent.Price == 110m).ShouldBe(1, "it has not gone far");

        desk.Move(106m);

        desk.Live.ShouldNotContain(order => order.Intent.Price == 110m);
        desk.Live.Count(order => order.Intent.TriggerPrice == 95m).ShouldBe(1);
    }

    [Fact]
    public void Where_a_person_joins_the_position_the_target_leaves_and_the_stop_stays()
    {
        var desk = Brackets.Entered(stop: 950, target: 1_100);
        desk.Venue.OpenOrders.Count().ShouldBe(2);

        desk.Venue.TradeByHand(0, Side.Buy, 5m);
        desk.Close(100m);
        desk.Wait(120_000);

        desk.View.Markets[0].ForeignSize.ShouldBe(5m);
        desk.Venue.OpenOrders.Single().TriggerPrice.ShouldBe(95m);
        desk.Venue.OpenOrders.Single().Quantity.ShouldBe(1m);
    }

    [Fact]
    public void Bots_on_opposite_sides_of_hedge_mode_keep_stop_and_target_out()
    {
        var desk = Made(hedge: true, TradingDirection.Long, TradingDirection.Short);

        desk.Venue.OpenOrders.Count(order => order.TriggerPrice == 0).ShouldBe(2);
        desk.Venue.OpenOrders.Count(order => order.TriggerPrice > 0).ShouldBe(2);
    }

    private static Desk Entered(bool hedge) => Made(hedge, TradingDirection.Long, TradingDirection.Long);

    /// <summary>Two bots that have bought (or sold) 1 each, the second one with a wider bracket.</summary>
    private static Desk Made(bool hedge, TradingDirection first, TradingDirection second) => new Desk(Some.Settings(
        Some.Bot(() => Bracket(hedge, first, 50, 100), "one") with { Direction = first },
        Some.Bot(() => Bracket(hedge, second, 100, 200), "two") with { Direction = second }) with
    { HedgeMode = hedge }).Begin();

    private static PlanStrategy Bracket(bool hedge, TradingDirection direction, int stop, int target) => new(3, context =>
    {
        var plan = context.Lane.Plan;
        if (plan.Cycle(0) > 0)
        {
            return;
        }

        var side = direction == TradingDirection.Long ? Side.Buy : Side.Sell;
        var sign = side.Sign();
        var entry = new PlannedOrder { Side = side, Kind = OrderKind.Market, Quantity = 1_000, PositionSide = hedge ? (PositionSide)sign : PositionSide.Net };
        var exit = entry with { Side = side.Opposite(), Group = 1, Instructions = OrderInstructions.ReduceOnly };
        plan.Set(0, entry);
        plan.Set(1, exit with { Kind = sign > 0 ? OrderKind.TriggerAtOrBelow : OrderKind.TriggerAtOrAbove, Price = 1_000 - (sign * stop) });
        plan.Set(2, exit with { Kind = OrderKind.Limit, Price = 1_000 + (sign * target) });
    });

    private static decimal[] SizesOf(Desk desk) => [.. desk.View.Bots.Select(bot => bot.Positions.Sum(position => position.Size))];
}
