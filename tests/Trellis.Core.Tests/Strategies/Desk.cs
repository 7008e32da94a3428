using Trellis.Core.Accounts;
using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;
using Trellis.Core.Strategies;

namespace Trellis.Core.Tests.Strategies;

/// <summary>A shell of the least kind: a close a minute; orders fill at closes beyond them, in slot order, without fees.</summary>
internal sealed class Desk
{
    private readonly IStrategy strategy;
    private readonly OrderPlan plan;
    private readonly StrategyLane lane;
    private readonly DecisionContext context;
    private Position position;
    private Int128 realized;

    public Desk(IStrategy strategy, InstrumentUnits units, InstrumentRules rules)
    {
        this.strategy = strategy;
        plan = new OrderPlan(strategy.SlotCount(0));
        lane = new StrategyLane(units, plan) { Rules = rules };
        context = new DecisionContext([lane], new StatedWallet { Balance = Money.FromDecimal(10_000m) });
    }

    public StrategyReport Report => strategy.Report();

    public bool Close(int close, bool ask)
    {
        for (var slot = 0; slot < plan.SlotCount; slot++)
        {
            if (plan.IsPlanned(slot) && IsReached(plan.Order(slot), close))
            {
                Fill(slot, plan.Order(slot).Kind == OrderKind.Limit ? plan.Order(slot).Price : close);
            }
        }

        context.Time += 60_000;
        if (!ask && !context.HasFills && close > plan.WakeAtOrBelow && close < plan.WakeAtOrAbove && context.Time < plan.WakeTime)
        {
            return false;
        }

        lane.Close = close;
        lane.LongPosition = Math.Max(position.Size, 0);
        lane.ShortPosition = Math.Max(-position.Size, 0);
        lane.ProfitBase = realized + position.SignedCost;
        plan.ClearWakes();
        strategy.Decide(context);
        context.ClearFills();
        plan.AcceptChanges();
        return true;
    }

    public void Fill(string name, int price)
    {
        for (var slot = 0; slot < plan.SlotCount; slot++)
        {
            if (plan.IsPlanned(slot) && strategy.SlotName(0, slot, plan.Cycle(slot)) == name)
            {
                Fill(slot, price);
                return;
            }
        }

        throw new InvalidOperationException($"no order {name}");
    }

    public int Cycle(int slot) => plan.Cycle(slot);

    public IReadOnlyList<string> Plan() =>
        [.. Enumerable.Range(0, plan.SlotCount).Where(plan.IsPlanned).Select(slot =>
        {
            var order = plan.Order(slot);
            return $"{strategy.SlotName(0, slot, plan.Cycle(slot))}#{plan.Cycle(slot)} {order.Side} {order.Kind} {order.Price} × {order.Quantity} {order.Instructions}";
        })];

    private static bool IsReached(in PlannedOrder order, int close) => order.Kind switch
    {
        OrderKind.Market => true,
        OrderKind.TriggerAtOrBelow => close <= order.Price,
        OrderKind.TriggerAtOrAbove => close >= order.Price,
        _ => order.Side == Side.Buy ? close < order.Price : close > order.Price,
    };

    private void Fill(int slot, int price)
    {
        var order = plan.Order(slot);
        var quantity = order.Quantity;
        if (order.Has(OrderInstructions.ClosePosition) || order.Has(OrderInstructions.ReduceOnly))
        {
            var closable = Math.Max(0, -order.Side.Sign() * position.Size);
            quantity = order.Has(OrderInstructions.ClosePosition) ? closable : Math.Min(quantity, closable);
        }

        if (quantity == 0)
        {
            return;
        }

        plan.Drop(slot);
        for (var other = 0; order.Group > 0 && other < plan.SlotCount; other++)
        {
            if (plan.IsPlanned(other) && plan.Order(other).Group == order.Group)
            {
                plan.Drop(other);
            }
        }

        realized += position.Apply(order.Side.Sign(), quantity, price * lane.Units.NotionalFactor);
        context.AddFill(new OwnFill(0, slot, order.Side, price, quantity, 0));
    }
}
