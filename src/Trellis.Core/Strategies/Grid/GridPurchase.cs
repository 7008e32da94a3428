using Trellis.Core.Orders;

namespace Trellis.Core.Strategies.Grid;

/// <summary>
/// The market order that fills the cells beyond the start price. What arrives is shared out in proportion to the cells'
/// quantities, rounded down; the odd units go to the covered cell nearest to the price.
/// </summary>
internal sealed class GridPurchase
{
    private readonly bool[] covered;
    private readonly long total;
    private readonly int nearest;
    private long filled;
    private long arrived;
    private Int128 cost;

    private GridPurchase(bool[] covered, long total, int nearest)
    {
        this.covered = covered;
        this.total = total;
        this.nearest = nearest;
    }

    /// <summary>Whether what arrived has been shared out: when all has, or what is still to come is too little to be ordered again.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>What is still to come.</summary>
    public long Left => total - filled;

    /// <summary>The purchase that a first window needs; null where no cell lies beyond the price.</summary>
    public static GridPurchase? Of(GridCell[] cells, int close)
    {
        var beyond = new bool[cells.Length];
        var sum = 0L;
        var closest = -1;
        for (var i = 0; i < cells.Length; i++)
        {
            ref readonly var cell = ref cells[i];
            if (cell.Direction != 0 && cell.IsBeyond(close))
            {
                beyond[i] = true;
                sum += cell.Quantity;

                // Long: the lowest covered cell is nearest; short: the highest.
                closest = closest < 0 || cell.Direction < 0 ? i : closest;
            }
        }

        return sum > 0 ? new GridPurchase(beyond, sum, closest) : null;
    }

    public bool Covers(int ring) => covered[ring];

    public void Plan(StrategyLane lane, GridSlots slots, int direction, bool hedgeMode) => lane.Plan.Set(slots.Purchase, new PlannedOrder
    {
        Side = Sides.FromSign(direction),
        Kind = OrderKind.Market,
        PositionSide = hedgeMode ? (PositionSide)direction : PositionSide.Net,
        Quantity = total,
    });

    /// <param name="cells">To share out to.</param>
    /// <param name="fill">Of the purchase, or a part of it.</param>
    /// <param name="isOrder">Whether a quantity could be ordered at the fill's price.</param>
    public void Take(GridCell[] cells, in OwnFill fill, Func<long, int, bool> isOrder)
    {
        var value = (Int128)fill.Price * fill.NetQuantity;
        filled += fill.Quantity;
        if (IsComplete)
        {
            Give(ref cells[nearest], fill.NetQuantity, value);
            return;
        }

        arrived += fill.NetQuantity;
        cost += value;
        if (isOrder(Left, fill.Price))
        {
            return;
        }

        IsComplete = true;
        var (restQuantity, restCost) = (arrived, cost);
        for (var i = 0; i < cells.Length; i++)
        {
            if (!covered[i] || i == nearest)
            {
                continue;
            }

            ref var cell = ref cells[i];
            var share = (long)((Int128)arrived * cell.Quantity / total);
            var shareCost = cost * share / arrived;
            Give(ref cell, share, shareCost);
            restQuantity -= share;
            restCost -= shareCost;
        }

        Give(ref cells[nearest], restQuantity, restCost);
    }

    private static void Give(ref GridCell cell, long quantity, Int128 cost)
    {
        cell.Entered = cell.Quantity;
        cell.Held += quantity;
        cell.Cost += cost;
        cell.Waits = false;
    }
}
