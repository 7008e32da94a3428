using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Orders;

namespace Trellis.Core.Tests.Trading;

public sealed class LifeOfAnOrderTests
{
    [Fact]
    public void No_order_may_leave_before_its_commit_a_close_neither()
    {
        var close = new OrderIntent { Market = 0, Bot = 0, ClientOrderId = "any", Side = Side.Sell, Kind = OrderKind.Market, Quantity = 1m, ReduceOnly = true };

        new PlaceOrder(close).MayLeaveBeforeCommit.ShouldBeFalse("killed before the commit, the next process would send it again under the same id");
        new CancelOrder(0, "any", "", IsConditional: false).MayLeaveBeforeCommit.ShouldBeTrue();
    }

    [Fact]
    public void A_planned_order_is_placed_once_fills_and_leaves_the_plan()
    {
        var desk = Desk.With(1, context =>
        {
            if (!context.HasFills)
            {
                context.Lane.Plan.Set(0, Some.Buy with { Price = 990 });
            }
        }).Begin();

        desk.Placed.Count().ShouldBe(1);
        desk.Live.Single().State.ShouldBe(OrderState.Open);

        desk.Move(98.9m);

        desk.Live.ShouldBeEmpty();
        desk.View.Bots[0].Positions.Single().Size.ShouldBe(1m);
        desk.Effects.OfType<FillBooked>().Single().Slot.ShouldBe("slot-0");
        desk.Placed.Count().ShouldBe(1);
    }

    [Fact]
    public void A_changed_plan_cancels_first_and_places_when_the_old_order_is_final()
    {
        var price = 990;
        var desk = Desk.With(1, context =>
        {
            context.Lane.Plan.Set(0, Some.Buy with { Price = price });
            context.Lane.Plan.WakeAtEveryClose();
        }).Begin();
        price = 980;
        desk.Close(100m);

        desk.Effects.Select(effect => effect.GetType()).Where(type => type == typeof(PlaceOrder) || type == typeof(CancelOrder))
            .ShouldBe([typeof(PlaceOrder), typeof(CancelOrder), typeof(PlaceOrder)]);
        desk.Live.Single().Intent.Price.ShouldBe(98m);
        desk.Venue.OpenOrders.Count().ShouldBe(1);
    }

    [Fact]
    public void An_equal_plan_touches_nothing()
    {
        var desk = Desk.With(1, context =>
        {
            context.Lane.Plan.Set(0, Some.Buy with { Price = 990 });
            context.Lane.Plan.WakeAtEveryClose();
        }).Begin();
        desk.Close(101m);
        desk.Close(102m);

        desk.Effects.OfType<CancelOrder>().ShouldBeEmpty();
        desk.Placed.Count().ShouldBe(1);
    }
}
