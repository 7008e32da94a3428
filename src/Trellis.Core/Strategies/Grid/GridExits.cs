using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Options;
using Trellis.Core.Orders;

namespace Trellis.Core.Strategies.Grid;

/// <summary>
/// Stop loss and take profit of the whole grid. A price is a trigger order that closes the position (and, at a close at or beyond it,
/// the end of the grid in any case); a percentage is judged at closes, on realized + unrealized + fees + funding.
/// </summary>
internal sealed class GridExits
{
    private readonly InventoryOnStop onStop;
    private readonly PositionSide positionSide;
    private readonly int direction;
    private readonly ExitLevel[] levels;

    /// <param name="options">Of the grid.</param>
    /// <param name="hedgeMode">Whether orders name a position side.</param>
    /// <param name="slots">Of the grid.</param>
    /// <param name="investment">What a percentage is a share of.</param>
    /// <param name="units">Of the instrument.</param>
    public GridExits(GridOptions options, bool hedgeMode, GridSlots slots, Money investment, InstrumentUnits units)
    {
        onStop = options.OnStop;
        direction = options.Direction == GridDirection.Short ? -1 : 1;
        positionSide = hedgeMode ? (PositionSide)direction : PositionSide.Net;
        var given = new List<ExitLevel>();
        Add(options.StopLoss, -1, slots.StopLoss, "stop loss");
        Add(options.TakeProfit, 1, slots.TakeProfit, "take profit");
        levels = [.. given];

        void Add(PriceOrPercent? level, int outcome, int slot, string reason)
        {
            if (level is not { } stated)
            {
                return;
            }

            var above = outcome * direction > 0;
            given.Add(new ExitLevel
            {
                Reason = reason,
                Slot = slot,
                Outcome = outcome,
                Above = above,
                Trigger = stated.Price is not { } price ? 0 : above ? units.AtOrAbove(price) : units.AtOrBelow(price),
                IsPrice = stated.Price is not null,
                Amount = stated.Percent is { } percent ? Money.FromDecimal(investment.ToDecimal() * percent / 100m) : default,
            });
        }
    }

    public bool Any => levels.Length > 0;

    /// <summary>Exits that are prices, for a chart.</summary>
    public static IReadOnlyList<StrategyLevel> Levels(GridOptions options)
    {
        var shown = new List<StrategyLevel>();
        if (options.StopLoss?.Price is { } stop)
        {
            shown.Add(new StrategyLevel(LevelKind.StopLoss, stop));
        }

        if (options.TakeProfit?.Price is { } target)
        {
            shown.Add(new StrategyLevel(LevelKind.TakeProfit, target));
        }

        return shown;
    }

    /// <summary>Why the grid ends at this close; null where it does not. The stop loss is looked at first.</summary>
    public string? ReasonToStop(StrategyLane lane)
    {
        foreach (var level in levels)
        {
            if (level.IsReached(lane))
            {
                return level.Reason;
            }
        }

        return null;
    }

    /// <summary>States the trigger orders and the wakes.</summary>
    public void Plan(StrategyLane lane)
    {
        foreach (var level in levels)
        {
            if (!level.IsPrice)
            {
                WakeAtProfit(lane, level.Amount, level.Outcome);
                continue;
            }

            if (level.Above)
            {
                lane.Plan.WakeWhenAtOrAbove(level.Trigger);
            }
            else
            {
                lane.Plan.WakeWhenAtOrBelow(level.Trigger);
            }

            if (onStop == InventoryOnStop.Sell)
            {
                lane.Plan.Set(level.Slot, new PlannedOrder
                {
                    Side = Sides.FromSign(-direction),
                    Kind = level.Above ? OrderKind.TriggerAtOrAbove : OrderKind.TriggerAtOrBelow,
                    PositionSide = positionSide,
                    Instructions = OrderInstructions.ClosePosition,
                    Price = level.Trigger,
                    Quantity = 1,
                });
            }
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

    private sealed class ExitLevel
    {
        public required string Reason { get; init; }

        public required int Slot { get; init; }

        /// <summary>+1 for the winning side, −1 for the losing one.</summary>
        public required int Outcome { get; init; }

        /// <summary>Whether the price reaches it from below.</summary>
        public required bool Above { get; init; }

        public required bool IsPrice { get; init; }

        /// <summary>Where it is a price.</summary>
        public required int Trigger { get; init; }

        /// <summary>Where it is a percentage: the profit or loss that it stands for, above 0.</summary>
        public required Money Amount { get; init; }

        public bool IsReached(StrategyLane lane)
        {
            if (!IsPrice)
            {
                return lane.ProfitAt(lane.Close).Units * Outcome >= Amount.Units;
            }

            return Above ? lane.Close >= Trigger : lane.Close <= Trigger;
        }
    }
}
