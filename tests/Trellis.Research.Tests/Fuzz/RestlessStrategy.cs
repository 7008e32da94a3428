using Trellis.Core.Orders;
using Trellis.Core.Strategies;

namespace Trellis.Research.Tests.Fuzz;

/// <summary>One order on each side, after every fill at other distances: whoever expects what came last time is wrong.</summary>
/// <param name="seed">Of the distances.</param>
/// <param name="widest">The largest distance from the close, in quote currency.</param>
internal sealed class RestlessStrategy(int seed, int widest) : IStrategy
{
    private int plans;

    public int SlotCount(int lane) => 2;

    public void Decide(DecisionContext context)
    {
        var lane = context.Lane;
        if (plans > 0 && !context.HasFills)
        {
            return;
        }

        var random = new Random((seed * 10_007) + plans++);
        Plan(lane, 0, Side.Buy, -random.Next(1, widest));
        Plan(lane, 1, Side.Sell, random.Next(1, widest));
    }

    public string SlotName(int lane, int slot, int cycle) => slot == 0 ? "bid" : "ask";

    public StrategyReport Report() => StrategyReport.Empty;

    private static void Plan(StrategyLane lane, int slot, Side side, decimal distance) => lane.Plan.Set(slot, new PlannedOrder
    {
        Side = side,
        Kind = OrderKind.Limit,
        Price = lane.Units.FromPrice(lane.Units.ToPrice(lane.Close) + distance) / lane.Units.TickOf(lane.Rules) * lane.Units.TickOf(lane.Rules),
        Quantity = lane.Units.FromQuantity(0.1m),
    });
}
