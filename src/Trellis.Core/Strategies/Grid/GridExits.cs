using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Options;
using Trellis.Core.Orders;

namespace Trellis.Core.Strategies.Grid;

/// <summary>
/// Stop loss and take profit of the whole grid. A price is a trigger order that closes the position (and, at a close at or beyond it,
/// the end of the grid in any case); a percentage is judged at closes, on realized + unrealized + fees + funding.
/// </summary>
internal sealed class GridExits(GridOptions options, bool hedgeMode, GridSlots slots, Money investment, InstrumentUnits units)
{
    private readonly int direction = options.Direction == GridDirection.Short ? -1 : 1;

    /// <summary>Largest price unit at or below a decimal price.</summary>
    public static int AtOrBelow(decimal price, InstrumentUnits units) => (int)Math.Clamp(decimal.Floor(price / units.ToPrice(1)), 0m, int.MaxValue - 1);

    /// <summary>Smallest price unit at or above a decimal price.</summary>
    public static int AtOrAbove(decimal price, InstrumentUnits units) => (int)Math.Clamp(decimal.Ceiling(price / units.ToPrice(1)), 0m, int.MaxValue - 1);

    /// <summary>Exits that are prices, for a chart.</summary>
    public static IReadOnlyList<StrategyLevel> Levels(GridOptions options)
    {
        var levels = new List<StrategyLevel>();
        if (options.StopLoss?.Price is { } stop)
        {
            levels.Add(new StrategyLevel(LevelKind.StopLoss, stop));
        }

        if (options.TakeProfit?.Price is { } target)
        {
            levels.Add(new StrategyLevel(LevelKind.TakeProfit, target));
        }

        return levels;
    }

    /// <summary>Why the grid ends at this close; null where it does not.</summary>
    public string? ReasonToStop(StrategyLane lane) =>
        IsReached(options.StopLoss, -1, lane) ? "stop loss" :
        IsReached(options.TakeProfit, 1, lane) ? "take profit" : null;

    /// <summary>States the trigger orders and the wakes.</summary>
    public void Plan(StrategyLane lane)
    {
        PlanOne(lane, options.StopLoss, -1, slots.StopLoss);
        PlanOne(lane, options.TakeProfit, 1, slots.TakeProfit);
    }

    /// <param name="level">Price or percentage; null for none.</param>
    /// <param name="outcome">+1 for the winning side, −1 for the losing one.</param>
    /// <param name="lane">At a close.</param>
    private bool IsReached(PriceOrPercent? level, int outcome, StrategyLane lane)
    {
        if (level is not { } given)
        {
            return false;
        }

        if (given.Price is { } price)
        {
            return outcome * direction > 0 ? lane.Close >= AtOrAbove(price, units) : lane.Close <= AtOrBelow(price, units);
        }

        var profit = lane.ProfitAt(lane.Close).Units * outcome;
        return profit >= Amount(given).Units;
    }

    private Money Amount(PriceOrPercent level) => Money.FromDecimal(investment.ToDecimal() * level.Percent.GetValueOrDefault() / 100m);

    private void PlanOne(StrategyLane lane, PriceOrPercent? level, int outcome, int slot)
    {
        if (level is not { } given)
        {
            return;
        }

        if (given.Price is not { } price)
        {
            WakeAtProfit(lane, Amount(given), outcome);
            return;
        }

        var above = outcome * direction > 0;
        var trigger = above ? AtOrAbove(price, units) : AtOrBelow(price, units);
        if (above)
        {
            lane.Plan.WakeWhenAtOrAbove(trigger);
        }
        else
        {
            lane.Plan.WakeWhenAtOrBelow(trigger);
        }

        if (options.OnStop == InventoryOnStop.Sell)
        {
            lane.Plan.Set(slot, new PlannedOrder
            {
                Side = Sides.FromSign(-direction),
                Kind = above ? OrderKind.TriggerAtOrAbove : OrderKind.TriggerAtOrBelow,
                PositionSide = hedgeMode ? (PositionSide)direction : PositionSide.Net,
                Instructions = OrderInstructions.ClosePosition,
                Price = trigger,
                Quantity = 1,
            });
        }
    }

    /// <summary>Between fills and funding the profit is a straight line in the price: wake where it meets the amount.</summary>
    private static void WakeAtProfit(StrategyLane lane, Money amount, int outcome)
    {
        lane.Plan.WakeAfterFunding();
        var slope = (Int128)lane.NetPosition * lane.Units.NotionalFactor;
        if (slope == 0)
        {
            return;
        }

        // outcome × (base + slope × price) ≥ amount
        var rising = outcome * Math.Sign(lane.NetPosition) > 0;
        var distance = (outcome * amount.Units) - lane.ProfitBase;
        var price = FloorDivide(slope > 0 ? distance : -distance, slope > 0 ? slope : -slope);
        if (rising)
        {
            // The smallest price that meets it is the quotient rounded up; the one below it only asks early.
            lane.Plan.WakeWhenAtOrAbove((int)Int128.Clamp(price, 1, int.MaxValue));
        }
        else
        {
            lane.Plan.WakeWhenAtOrBelow((int)Int128.Clamp(price, int.MinValue, int.MaxValue - 1));
        }
    }

    private static Int128 FloorDivide(Int128 value, Int128 divisor)
    {
        var quotient = value / divisor;
        return value < 0 && quotient * divisor != value ? quotient - 1 : quotient;
    }
}
