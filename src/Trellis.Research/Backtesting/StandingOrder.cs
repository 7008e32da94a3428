using Trellis.Core.Orders;

namespace Trellis.Research.Backtesting;

/// <summary>An order that a bot wanted resting at the end of a run.</summary>
/// <param name="Lane">Index over all lanes of all bots in order.</param>
/// <param name="Slot">Of the order.</param>
/// <param name="Cycle">The order's number within its slot.</param>
/// <param name="Order">In price and quantity units of the lane.</param>
public readonly record struct StandingOrder(int Lane, int Slot, int Cycle, PlannedOrder Order)
{
    /// <summary>All orders of a lane's plan.</summary>
    public static IEnumerable<StandingOrder> Of(int lane, OrderPlan plan)
    {
        for (var slot = 0; slot < plan.SlotCount; slot++)
        {
            if (plan.IsPlanned(slot))
            {
                yield return new StandingOrder(lane, slot, plan.Cycle(slot), plan.Order(slot));
            }
        }
    }
}
