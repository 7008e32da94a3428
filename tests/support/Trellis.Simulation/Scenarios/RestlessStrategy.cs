using Trellis.Core.Numerics;
using Trellis.Core.Orders;
using Trellis.Core.Strategies;

namespace Trellis.Simulation.Scenarios;

/// <summary>Plans something else at every fourth close or so: entries, exits, brackets that fill in parts, market orders. What it plans follows from the time alone.</summary>
internal sealed class RestlessStrategy(ulong seed, bool hedge, bool onlyLong) : IStrategy
{
    private const int Slots = 6;

    public int SlotCount(int lane) => Slots;

    public void Decide(DecisionContext context)
    {
        var lane = context.Lane;
        lane.Plan.WakeAtEveryClose();
        if (context.HasFills)
        {
            return;
        }

        var random = new DeterministicRandom(seed ^ (ulong)context.Time);
        if (random.NextUnit() < 0.72)
        {
            return;
        }

        for (var slot = 0; slot < Slots; slot++)
        {
            Plan(lane, slot, random);
        }
    }

    public string SlotName(int lane, int slot, int cycle) => $"slot-{slot}";

    public StrategyReport Report() => StrategyReport.Empty;

    private void Plan(StrategyLane lane, int slot, DeterministicRandom random)
    {
        var side = onlyLong || slot % 2 == 0 ? 1 : -1;
        var price = lane.Close - (side * (1 + (int)(random.NextUnit() * 15)));
        var quantity = lane.Units.FromQuantity(lane.Rules.LotSize) * (100 + (long)(random.NextUnit() * 1_000));
        var order = new PlannedOrder { Side = Sides.FromSign(side), Kind = OrderKind.Limit, Price = price, Quantity = quantity, PositionSide = hedge ? (PositionSide)side : PositionSide.Net };
        switch ((int)(random.NextUnit() * 8))
        {
            case 0:
                lane.Plan.Set(slot, order with { Instructions = OrderInstructions.PostOnly });
                break;
            case 1:
                lane.Plan.Remove(slot);
                break;
            case 2 when slot < 2:
                lane.Plan.Set(slot, order with { Side = Sides.FromSign(-side), Price = lane.Close + (side * 8), Instructions = OrderInstructions.ReduceOnly, Group = 1 });
                break;
            case 3 when slot is 2 or 3:
                var kind = side > 0 ? OrderKind.TriggerAtOrBelow : OrderKind.TriggerAtOrAbove;
                lane.Plan.Set(slot, order with { Side = Sides.FromSign(-side), Kind = kind, Price = lane.Close - (side * 10), Quantity = 1, Instructions = OrderInstructions.ClosePosition, Group = 1 });
                break;
            case 4 when slot > 3:
                lane.Plan.Set(slot, order with { Kind = OrderKind.Market, Price = 0 });
                break;
        }
    }
}
