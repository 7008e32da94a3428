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

    public bool IsComplete => filled >= total;

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

    public void Take(GridCell[] cells, in OwnFill fill)
    {
        filled += fill.Quantity;
        arrived += fill.NetQuantity;
        cost += (Int128)fill.Price * fill.NetQuantity;
        if (!IsComplete)
        {
            return;
        }

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
