using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Orders;

public sealed class OrderPlanTests
{
    private static readonly PlannedOrder Bid = new() { Side = Side.Buy, Kind = OrderKind.Limit, Price = 100, Quantity = 5 };

    [Fact]
    public void An_equal_order_stays_as_it_is()
    {
        var plan = new OrderPlan(3);
        plan.Set(1, Bid);
        plan.AcceptChanges();

        plan.Set(1, Bid);

        plan.Changes.Length.ShouldBe(0);
        plan.Cycle(1).ShouldBe(1);
    }

    [Fact]
    public void Another_order_in_the_slot_is_a_change_and_a_new_cycle()
    {
        var plan = new OrderPlan(3);
        plan.Set(1, Bid);
        plan.AcceptChanges();

        plan.Set(1, Bid with { Quantity = 6 });

        plan.Changes.ToArray().ShouldBe([1]);
        plan.Cycle(1).ShouldBe(2);
        plan.OrderCount.ShouldBe(1);
    }

    [Fact]
    public void What_filled_leaves_without_being_a_change_and_may_be_set_again()
    {
        var plan = new OrderPlan(3);
        plan.Set(2, Bid);
        plan.AcceptChanges();

        plan.Drop(2);
        (plan.IsPlanned(2), plan.OrderCount, plan.Changes.Length).ShouldBe((false, 0, 0));

        plan.Set(2, Bid);
        (plan.Cycle(2), plan.Changes.Length).ShouldBe((2, 1));
    }

    [Fact]
    public void Clearing_removes_every_order_once()
    {
        var plan = new OrderPlan(4);
        plan.Set(3, Bid);
        plan.Set(0, Bid);
        plan.AcceptChanges();

        plan.Clear();
        plan.Clear();

        plan.OrderCount.ShouldBe(0);
        plan.Changes.ToArray().ShouldBe([0, 3]);
    }

    [Fact]
    public void Of_several_wakes_the_nearest_counts_until_they_are_forgotten()
    {
        var plan = new OrderPlan(1);
        plan.WakeWhenAtOrBelow(90);
        plan.WakeWhenAtOrBelow(95);
        plan.WakeWhenAtOrAbove(120);
        plan.WakeWhenAtOrAbove(110);
        plan.WakeAt(7);
        plan.WakeAt(9);
        (plan.WakeAtOrBelow, plan.WakeAtOrAbove, plan.WakeTime).ShouldBe((95, 110, 7L));

        plan.ClearWakes();
        (plan.WakeAtOrBelow, plan.WakeAtOrAbove, plan.WakeTime).ShouldBe((int.MinValue, int.MaxValue, long.MaxValue));
    }
}
