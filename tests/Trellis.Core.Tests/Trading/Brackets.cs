using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Trading;

/// <summary>A bot that buys 1 at market with a stop and a target beside the entry.</summary>
internal static class Brackets
{
    public static Desk Made(int stop, int target) => Desk.With(3, context =>
    {
        var plan = context.Lane.Plan;
        if (plan.Cycle(0) > 0)
        {
            return;
        }

        plan.Set(0, new PlannedOrder { Side = Side.Buy, Kind = OrderKind.Market, Quantity = 1_000 });
        plan.Set(1, new PlannedOrder { Side = Side.Sell, Kind = OrderKind.TriggerAtOrBelow, Price = stop, Quantity = 1, Instructions = OrderInstructions.ClosePosition, Group = 1 });
        plan.Set(2, new PlannedOrder { Side = Side.Sell, Kind = OrderKind.Limit, Price = target, Quantity = 1_000, Instructions = OrderInstructions.ReduceOnly, Group = 1 });
    });

    public static Desk Entered(int stop, int target) => Made(stop, target).Begin();
}
