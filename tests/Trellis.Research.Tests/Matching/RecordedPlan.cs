using Trellis.Core.Orders;
using Trellis.Core.Strategies;
using Trellis.Research.Tests.Fuzz;

namespace Trellis.Research.Tests.Matching;

/// <summary>What a strategy did at a close: an order planned in a slot, or a slot emptied (null).</summary>
internal readonly record struct PlanChange(long Time, int Lane, int Slot, PlannedOrder? Order);

/// <summary>
/// Plans at random at every close what an exchange would take as well (no post-only order beyond the market, no trigger that is met already), and notes it. Each order has a slot of its own, so that
/// slots are in order of acceptance; a stop loss and a take profit that stand for each other are taken away from outside once one of them is gone.
/// </summary>
internal sealed class RecordedPlan(int seed, bool hedge, decimal notional, List<PlanChange> changes) : IStrategy
{
    private const int Slots = 1_500;

    private readonly DeterministicDice dice = new((ulong)seed);
    private readonly int[] next = new int[4];
    private readonly List<(int Lane, int First, int Second)> brackets = [];

    public int SlotCount(int lane) => Slots;

    public void Decide(DecisionContext context)
    {
        for (var lane = 0; lane < context.Lanes.Count; lane++)
        {
            Plan(context.Lanes[lane], lane, context.Time);
            context.Lanes[lane].Plan.WakeAtEveryClose();
        }
    }

    public string SlotName(int lane, int slot, int cycle) => $"s{slot}";

    public StrategyReport Report() => StrategyReport.Empty;

    private void Plan(StrategyLane view, int lane, long time)
    {
        foreach (var bracket in brackets.Where(bracket => bracket.Lane == lane && view.Plan.IsPlanned(bracket.First) != view.Plan.IsPlanned(bracket.Second)).ToList())
        {
            Remove(view, lane, view.Plan.IsPlanned(bracket.First) ? bracket.First : bracket.Second, time);
            brackets.Remove(bracket);
        }

        for (var slot = Math.Max(0, next[lane] - 60); slot < next[lane]; slot++)
        {
            if (view.Plan.IsPlanned(slot) && dice.Chance(6))
            {
                Remove(view, lane, slot, time);
            }
        }

        for (var i = dice.Next(4); i > 0 && next[lane] < Slots - 2; i--)
        {
            Set(view, lane, Order(view), time);
        }

        var position = view.LongPosition - view.ShortPosition;
        if (position != 0 && dice.Chance(10) && next[lane] < Slots - 2)
        {
            var side = Sides.FromSign(-Math.Sign(position));
            var away = Math.Max(1, view.Close / 80 / Tick(view)) * Tick(view);
            var closing = new PlannedOrder
            {
                Side = side,
                Kind = OrderKind.Limit,
                Instructions = hedge ? OrderInstructions.None : OrderInstructions.ReduceOnly,
                PositionSide = !hedge ? PositionSide.Net : position > 0 ? PositionSide.Long : PositionSide.Short,
                Price = Math.Max(Tick(view), (view.Close / Tick(view) * Tick(view)) - (side.Sign() * away)),
                Quantity = Math.Abs(position),
            };
            var stop = closing with
            {
                Kind = side == Side.Sell ? OrderKind.TriggerAtOrBelow : OrderKind.TriggerAtOrAbove,
                Price = Math.Max(Tick(view), (view.Close / Tick(view) * Tick(view)) + (side.Sign() * away)),
            };
            brackets.Add((lane, Set(view, lane, closing, time), Set(view, lane, stop, time)));
        }
    }

    private int Set(StrategyLane view, int lane, PlannedOrder order, long time)
    {
        var slot = next[lane]++;
        view.Plan.Set(slot, order);
        changes.Add(new PlanChange(time, lane, slot, order));
        return slot;
    }

    private void Remove(StrategyLane view, int lane, int slot, long time)
    {
        view.Plan.Remove(slot);
        changes.Add(new PlanChange(time, lane, slot, null));
    }

    private PlannedOrder Order(StrategyLane view)
    {
        var tick = Tick(view);
        var side = dice.Chance(50) ? Side.Buy : Side.Sell;
        var kind = dice.Next(8) switch
        {
            0 => OrderKind.Market,
            1 => OrderKind.TriggerAtOrAbove,
            2 => OrderKind.TriggerAtOrBelow,
            _ => OrderKind.Limit,
        };
        var away = (1 + dice.Next(Math.Max(2, view.Close / 50 / tick))) * tick;
        var beyond = kind == OrderKind.Limit && dice.Chance(15);
        var down = kind == OrderKind.TriggerAtOrBelow || (kind == OrderKind.Limit && (side == Side.Buy) != beyond);
        var price = down ? ((view.Close / tick) - 1) * tick - away + tick : (((view.Close / tick) + 1) * tick) + away - tick;
        var lots = notional * (1 + dice.Next(10)) / 8m / (view.Units.ToPrice(view.Close) * view.Units.Instrument.ContractMultiplier) / view.Rules.LotSize;
        return new PlannedOrder
        {
            Side = side,
            Kind = kind,
            Instructions = (kind == OrderKind.Limit && !beyond && dice.Chance(50) ? OrderInstructions.PostOnly : OrderInstructions.None)
                | (!hedge && dice.Chance(20) ? OrderInstructions.ReduceOnly : OrderInstructions.None)
                | (dice.Chance(8) ? OrderInstructions.ClosePosition : OrderInstructions.None),
            PositionSide = !hedge ? PositionSide.Net : dice.Chance(50) ? PositionSide.Long : PositionSide.Short,
            Price = kind == OrderKind.Market ? 0 : Math.Max(tick, price),
            Quantity = Math.Max(1, (long)lots) * view.Units.LotOf(view.Rules),
        };
    }

    private static int Tick(StrategyLane view) => view.Units.TickOf(view.Rules);
}
