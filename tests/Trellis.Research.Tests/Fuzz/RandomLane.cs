using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Core.Strategies;

namespace Trellis.Research.Tests.Fuzz;

/// <summary>What <see cref="RandomPlanStrategy"/> wants on one instrument.</summary>
internal sealed class RandomLane(CandleSeries candles, InstrumentUnits units, RandomPlanOptions options, int index)
{
    private readonly bool isSpot = units.Instrument.Id.Market == MarketKind.Spot;
    private int below = int.MinValue;
    private int above = int.MaxValue;
    private long time = long.MaxValue;
    private bool everyClose;
    private bool afterFunding;
    private int column = -1;
    private Int128 profitSeen;

    public LaneColumns Columns { get; } = RandomColumns.Make(candles, units, options.Seed + (ulong)index);

    /// <summary>Whether one of the conditions stated last is met. In a hole none is: the shell would not ask for it.</summary>
    public bool IsWoken(StrategyLane lane, long now) => !candles.IsHole(lane.Candle)
        && (lane.Close <= below
            || lane.Close >= above
            || now >= time
            || everyClose
            || (column >= 0 && Columns.Wakes[column][lane.Candle] != 0)
            || (afterFunding && lane.ProfitBase != profitSeen));

    public void ChangeMind(StrategyLane lane, DeterministicDice dice, long now)
    {
        var step = Math.Max(lane.Units.TickOf(lane.Rules), lane.Close / 100);
        below = dice.Chance(40) ? lane.Close - 1 - dice.Next(3 * step) : int.MinValue;
        above = dice.Chance(40) ? lane.Close + 1 + dice.Next(3 * step) : int.MaxValue;
        time = dice.Chance(35) ? now + (dice.Next(30) * 60_000L) + dice.Next(60_000) : long.MaxValue;
        everyClose = dice.Chance(4);
        afterFunding = dice.Chance(40);
        column = dice.Chance(30) ? dice.Next(Columns.Wakes.Count) : -1;
        profitSeen = lane.ProfitBase;
        for (var slot = 0; slot < lane.Plan.SlotCount; slot++)
        {
            if (dice.Chance(lane.Plan.IsPlanned(slot) ? 20 : 55))
            {
                lane.Plan.Set(slot, Order(lane, dice));
            }
            else if (dice.Chance(4))
            {
                lane.Plan.Remove(slot);
            }
        }
    }

    public void StateWakes(OrderPlan plan)
    {
        if (below != int.MinValue)
        {
            plan.WakeWhenAtOrBelow(below);
        }

        if (above != int.MaxValue)
        {
            plan.WakeWhenAtOrAbove(above);
        }

        if (time != long.MaxValue)
        {
            plan.WakeAt(time);
        }

        if (everyClose)
        {
            plan.WakeAtEveryClose();
        }

        if (afterFunding)
        {
            plan.WakeAfterFunding();
        }

        if (column >= 0)
        {
            plan.WakeByColumn(column);
        }
    }

    private PlannedOrder Order(StrategyLane lane, DeterministicDice dice)
    {
        var side = dice.Chance(isSpot && lane.LongPosition == 0 ? 85 : 50) ? Side.Buy : Side.Sell;
        var kind = dice.Next(10) switch
        {
            0 => OrderKind.Market,
            1 => OrderKind.TriggerAtOrAbove,
            2 => OrderKind.TriggerAtOrBelow,
            _ => OrderKind.Limit,
        };
        var followsColumn = kind == OrderKind.Limit && dice.Chance(15);
        return new PlannedOrder
        {
            Side = side,
            Kind = kind,
            Instructions = followsColumn ? OrderInstructions.PostOnly : Instructions(dice, kind),
            PositionSide = !options.HedgeMode ? PositionSide.Net : isSpot || dice.Chance(50) ? PositionSide.Long : PositionSide.Short,
            Price = kind == OrderKind.Market || followsColumn ? 0 : Price(lane, dice, kind, side),
            Quantity = Quantity(lane, dice),
            Group = dice.Chance(25) ? 1 + dice.Next(3) : 0,
            PriceColumn = followsColumn ? 1 + dice.Next(Columns.Prices.Count) : 0,
        };
    }

    private static OrderInstructions Instructions(DeterministicDice dice, OrderKind kind) =>
        (kind == OrderKind.Limit && dice.Chance(50) ? OrderInstructions.PostOnly : OrderInstructions.None)
        | (dice.Chance(20) ? OrderInstructions.ReduceOnly : OrderInstructions.None)
        | (dice.Chance(8) ? OrderInstructions.ClosePosition : OrderInstructions.None);

    /// <summary>On the tick in force, mostly on the order's own side and near.</summary>
    private static int Price(StrategyLane lane, DeterministicDice dice, OrderKind kind, Side side)
    {
        var tick = lane.Units.TickOf(lane.Rules);
        var away = dice.Next(Math.Max(2, lane.Close / 50 / tick)) * tick;
        var down = kind == OrderKind.TriggerAtOrBelow || (kind == OrderKind.Limit && side == Side.Buy);
        var signed = down != dice.Chance(15) ? -away : away;
        return Math.Max(tick, (lane.Close + signed) / tick * tick);
    }

    private long Quantity(StrategyLane lane, DeterministicDice dice)
    {
        var wanted = options.Notional * (1 + dice.Next(10)) / 8m;
        var lots = wanted / (lane.Units.ToPrice(lane.Close) * lane.Units.Instrument.ContractMultiplier) / lane.Rules.LotSize;
        return Math.Max(1, (long)lots) * lane.Units.LotOf(lane.Rules);
    }
}
