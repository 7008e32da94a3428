using Trellis.Core.Orders;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;

namespace Trellis.Core.Tests.Trading;

public sealed class BracketTests
{
    [Fact]
    public void Stop_and_target_leave_only_once_there_is_something_to_close()
    {
        var desk = Brackets.Made(stop: 950, target: 1_100);
        desk.Withhold = effect => effect is PlaceOrder { Intent.Kind: OrderKind.Market };
        desk.Begin();

        desk.Placed.Single().Intent.Kind.ShouldBe(OrderKind.Market);
        desk.View.Orders.Count(order => order.Reason == "nothing to close").ShouldBe(2);
    }

    [Fact]
    public void An_entry_in_parts_is_protected_from_the_first_part_on()
    {
        var desk = Brackets.Made(stop: 950, target: 1_100);
        desk.Venue.LargestFill = 0.4m;
        desk.Begin();

        desk.Venue.Position(0).ShouldBe(0.4m);
        desk.Venue.OpenOrders.ShouldContain(order => order.TriggerPrice == 95m);
        desk.Live.Single(order => order.Intent.Price == 110m).Intent.Quantity.ShouldBe(0.4m);

        desk.Move(100m);
        desk.Move(100m);

        desk.Venue.Position(0).ShouldBe(1m);
        desk.Live.Single(order => order.Intent.Price == 110m).Intent.Quantity.ShouldBe(1m);
        desk.Placed.Count(place => place.Intent.TriggerPrice > 0).ShouldBe(1);
    }

    [Fact]
    public void When_one_fills_the_other_is_cancelled_at_once()
    {
        var desk = Brackets.Entered(stop: 950, target: 1_100);
        desk.Move(111m);

        desk.Venue.Position(0).ShouldBe(0m);
        desk.Venue.OpenOrders.ShouldBeEmpty();
        desk.Effects.OfType<CancelOrder>().Single().IsConditional.ShouldBeTrue();
    }

    [Fact]
    public void A_stop_that_fires_closes_everything_and_takes_the_target_along()
    {
        var desk = Brackets.Entered(stop: 950, target: 1_100);
        desk.Move(94m);

        desk.Venue.Position(0).ShouldBe(0m);
        desk.Venue.OpenOrders.ShouldBeEmpty();
        desk.Live.ShouldBeEmpty();
    }

    [Fact]
    public void A_stop_closes_the_whole_position_by_itself_where_nobody_else_is_there()
    {
        Brackets.Entered(stop: 950, target: 1_100).Placed.Single(place => place.Intent.TriggerPrice > 0).Intent.ClosePosition.ShouldBeTrue();
    }

    [Fact]
    public void Beside_a_foreign_position_a_stop_closes_the_bots_own_quantity_alone()
    {
        var desk = Brackets.Made(stop: 950, target: 1_100);
        desk.Venue.Quote(0, 99.9m, 100.1m);
        desk.Venue.TradeByHand(0, Side.Buy, 5m);
        desk.Venue.News.Clear();
        desk.Begin();

        var stop = desk.Placed.Single(place => place.Intent.TriggerPrice > 0).Intent;
        stop.ClosePosition.ShouldBeFalse();
        stop.Quantity.ShouldBe(1m);

        desk.Move(94m);
        desk.Venue.Position(0).ShouldBe(5m);
        desk.View.Markets[0].ForeignSize.ShouldBe(5m);
    }

    [Fact]
    public void Beside_another_bot_a_stop_closes_the_bots_own_quantity_alone()
    {
        var (first, second) = (Brackets.Made(950, 1_100).Settings.Bots[0], Brackets.Made(900, 1_200).Settings.Bots[0]);
        var desk = new Desk(Some.Settings(
            first with { Name = "one", Direction = TradingDirection.Long },
            second with { Name = "two", Direction = TradingDirection.Long })).Begin();
        desk.Venue.Position(0).ShouldBe(2m);

        desk.Move(94m);

        desk.Venue.Position(0).ShouldBe(1m);
        desk.View.Bots[0].Positions.ShouldBeEmpty();
        desk.View.Bots[1].Positions.Single().Size.ShouldBe(1m);
    }

    [Fact]
    public void A_close_waits_for_the_end_of_another_order_that_closes()
    {
        var closes = false;
        var desk = Desk.With(3, context =>
        {
            var plan = context.Lane.Plan;
            plan.WakeAtEveryClose();
            if (closes)
            {
                plan.Remove(1);
                plan.Set(2, new PlannedOrder { Side = Side.Sell, Kind = OrderKind.Market, Quantity = 1_000, Instructions = OrderInstructions.ReduceOnly });
            }
            else if (plan.Cycle(0) == 0)
            {
                plan.Set(0, new PlannedOrder { Side = Side.Buy, Kind = OrderKind.Market, Quantity = 1_000 });
                plan.Set(1, new PlannedOrder { Side = Side.Sell, Kind = OrderKind.Limit, Price = 1_100, Quantity = 1_000, Instructions = OrderInstructions.ReduceOnly });
            }
        }).Begin();
        closes = true;
        desk.Withhold = effect => effect is CancelOrder;
        desk.Close(100m);

        desk.Placed.Count(place => place.Intent.ReduceOnly).ShouldBe(1);
        desk.Withhold = _ => false;
        var cancel = (CancelOrder)desk.Withheld.Single();
        desk.Send(new Core.Trading.Inputs.CancelAnswered(desk.Now, cancel.ClientOrderId, desk.Venue.Cancel(cancel.ClientOrderId)));

        desk.Venue.Position(0).ShouldBe(0m);
        desk.Venue.OpenOrders.ShouldBeEmpty();
    }
}
