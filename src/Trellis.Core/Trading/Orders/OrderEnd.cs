using Trellis.Core.Trading.Bots;

namespace Trellis.Core.Trading.Orders;

/// <summary>What follows from a change of an order: its slot is freed when nothing more can come of it, and the plan learns what filled whole.</summary>
internal sealed class OrderEnd(LoopState state, Refusals refusals)
{
    /// <summary>After every change of an order.</summary>
    public void Note(TrackedOrder order)
    {
        var lane = state.LaneOf(order);
        var isLacking = order.Reported > order.Booked;
        order.MissingSince = !isLacking ? 0 : order.MissingSince == 0 ? state.Now : order.MissingSince;
        order.LacksSince = !isLacking ? 0 : order.LacksSince == 0 ? state.Now : order.LacksSince;
        state.Outbox.Changed(order);
        state.RiskIsDirty = true;
        lane.IsDirty = true;
        var holder = HolderOf(order, lane);
        if (holder is not null && order.Slot >= 0 && order.IsWhole && lane.Plan.IsPlanned(order.Slot) && lane.Plan.Cycle(order.Slot) == order.Cycle)
        {
            lane.Drop(order.Slot);
        }

        if (!order.IsFinal)
        {
            state.Orders.Revive(order);
            return;
        }

        if (holder is not null)
        {
            holder.Order = null;
            if (!order.CancelAsked && !order.EndIsExplained && order.State != OrderState.Filled)
            {
                refusals.EndedByItself(order, holder);
            }
        }

        state.Orders.Retire(order);
    }

    /// <summary>The slot that an order holds; null for one that holds none any more.</summary>
    public LaneSlot? HolderOf(TrackedOrder order) => HolderOf(order, state.LaneOf(order));

    private LaneSlot? HolderOf(TrackedOrder order, BotLane lane)
    {
        if (order.Slot >= 0 && order.Revision != state.Bots[order.Bot].Revision)
        {
            return null;
        }

        var holder = lane.SlotOf(order);
        return ReferenceEquals(holder.Order, order) ? holder : null;
    }
}
