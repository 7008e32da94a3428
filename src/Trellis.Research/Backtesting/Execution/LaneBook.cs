using Trellis.Core.Orders;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>Where the planned orders of a lane stand: resting, waiting for their side, due at the open, or as triggers.</summary>
internal sealed class LaneBook(OrderPlan plan)
{
    private readonly Stand[] stands = new Stand[plan.SlotCount];
    private readonly List<int> atOpen = [];
    private readonly List<int> triggers = [];
    private readonly List<int> columnOrders = [];
    private readonly List<(int Slot, int Price)> sweepSlots = [];
    private int notResting;

    /// <summary>Resting buys, the highest best.</summary>
    public BookSide Bids { get; } = new(1);

    /// <summary>Resting sells, the lowest best.</summary>
    public BookSide Asks { get; } = new(-1);

    /// <summary>Post-only buys beyond the market; the lowest comes to rest first.</summary>
    private BookSide WaitingBids { get; } = new(-1);

    /// <summary>Post-only sells beyond the market; the highest comes to rest first.</summary>
    private BookSide WaitingAsks { get; } = new(1);

    private enum Place : byte
    {
        None,
        Resting,
        Waiting,
        AtOpen,
        Trigger,
        Column,
        Sweeping,
    }

    /// <summary>Markets, and limits that lay beyond the market, sorted by slot.</summary>
    public List<int> AtOpen => atOpen;

    public List<int> Triggers => triggers;

    public List<int> ColumnOrders => columnOrders;

    /// <summary>Whether all orders rest.</summary>
    public bool OnlyRest => notResting == 0;

    public bool HasTriggers => triggers.Count > 0;

    public bool HasOrdersAtOpen => atOpen.Count > 0;

    public bool HasColumnOrders => columnOrders.Count > 0;

    /// <summary>A low at or below this fills a buy or fires a trigger.</summary>
    public int LowAtOrBelow { get; private set; } = int.MinValue;

    /// <summary>A high at or above this fills a sell or fires a trigger.</summary>
    public int HighAtOrAbove { get; private set; } = int.MaxValue;

    /// <summary>A close at or below this brings a waiting sell to rest.</summary>
    public int WaitingAtOrBelow => WaitingAsks.Count > 0 ? WaitingAsks.BestPrice : int.MinValue;

    /// <summary>A close at or above this brings a waiting buy to rest.</summary>
    public int WaitingAtOrAbove => WaitingBids.Count > 0 ? WaitingBids.BestPrice : int.MaxValue;

    /// <summary>Whether an extreme of the candle may fill or fire an order of this side.</summary>
    public bool IsReached(int side, int low, int high) =>
        (side > 0 ? low <= Bids.Reach : high >= Asks.Reach) || triggers.Count > 0 || columnOrders.Count > 0;

    public BookSide Resting(int side) => side > 0 ? Bids : Asks;

    /// <summary>Whether the wallet has already refused the slot's order in this candle.</summary>
    public bool IsRefused(int slot, int candle) => stands[slot].Refused == candle + 1;

    public void NoteRefusal(int slot, int candle) => stands[slot].Refused = candle + 1;

    /// <summary>A resting order has filled.</summary>
    /// <param name="resting">Its side.</param>
    /// <param name="position">Where it stands there.</param>
    /// <param name="slot">Of the order; not one that follows a column.</param>
    public void RemoveAt(BookSide resting, int position, int slot)
    {
        resting.RemoveAt(position);
        stands[slot].Place = Place.None;
    }

    /// <summary>An order has left the plan by filling.</summary>
    public void Remove(int slot)
    {
        ref var stand = ref stands[slot];
        if (stand.Place == Place.Resting)
        {
            Resting(stand.Sign).Remove(stand.Price, slot);
            stand.Place = Place.None;
            return;
        }

        Take(slot);
    }

    /// <summary>A limit due at the open was not beyond the market any more.</summary>
    public void Rest(int slot)
    {
        Take(slot);
        ref var stand = ref stands[slot];
        stand.Place = Place.Resting;
        Resting(stand.Sign).Add(stand.Price, slot);
    }

    /// <summary>An order that follows a column rests at its price until <see cref="EndSweep"/>.</summary>
    public void RestForSweep(int slot, int side, int price)
    {
        Resting(side).Add(price, slot);
        sweepSlots.Add((slot, price));
        stands[slot].Place = Place.Sweeping;
    }

    /// <summary>Orders that follow a column and did not fill go back to following.</summary>
    public void EndSweep(int side)
    {
        if (sweepSlots.Count == 0)
        {
            return;
        }

        foreach (var (slot, price) in sweepSlots)
        {
            if (stands[slot].Place == Place.Sweeping)
            {
                Resting(side).Remove(price, slot);
                stands[slot].Place = Place.Column;
            }
        }

        sweepSlots.Clear();
    }

    /// <summary>At a close: waiting orders that lie on their own side come to rest.</summary>
    public void Release(int close)
    {
        if (WaitingBids.Count + WaitingAsks.Count == 0)
        {
            return;
        }

        while (WaitingBids.Count > 0 && WaitingBids.BestPrice <= close)
        {
            Rest(WaitingBids.SlotAt(WaitingBids.Count - 1));
        }

        while (WaitingAsks.Count > 0 && WaitingAsks.BestPrice >= close)
        {
            Rest(WaitingAsks.SlotAt(WaitingAsks.Count - 1));
        }
    }

    /// <summary>Takes over what the strategy changed in its plan at a close.</summary>
    /// <param name="close">In price units.</param>
    public void TakeOver(int close)
    {
        foreach (var slot in plan.Changes)
        {
            ref var stand = ref stands[slot];
            if (stand.Place != Place.None)
            {
                Take(slot);
            }

            if (plan.IsPlanned(slot))
            {
                ref readonly var order = ref plan.Order(slot);
                stand.Price = order.Price;
                stand.Sign = (sbyte)order.Side.Sign();
                stand.Refused = 0;
                stand.Place = Put(slot, order, close);
            }
        }

        plan.AcceptChanges();
    }

    /// <summary>Renews the nearest prices after fills and changes.</summary>
    public void RenewNearest()
    {
        var low = Bids.Reach;
        var high = Asks.Reach;
        foreach (var slot in triggers)
        {
            ref readonly var order = ref plan.Order(slot);
            if (order.Kind == OrderKind.TriggerAtOrBelow)
            {
                low = Math.Max(low, order.Price);
            }
            else
            {
                high = Math.Min(high, order.Price);
            }
        }

        LowAtOrBelow = low;
        HighAtOrAbove = high;
    }

    private Place Put(int slot, in PlannedOrder order, int close)
    {
        var place = Find(slot, order, close);
        notResting += place == Place.Resting ? 0 : 1;
        return place;
    }

    private Place Find(int slot, in PlannedOrder order, int close)
    {
        var sign = order.Side.Sign();
        switch (order.Kind)
        {
            case OrderKind.Limit when order.PriceColumn > 0:
                Insert(columnOrders, slot);
                return Place.Column;
            case OrderKind.Limit when sign * ((long)order.Price - close) <= 0:
                Resting(sign).Add(order.Price, slot);
                return Place.Resting;
            case OrderKind.Limit when order.Has(OrderInstructions.PostOnly):
                (sign > 0 ? WaitingBids : WaitingAsks).Add(order.Price, slot);
                return Place.Waiting;
            case OrderKind.Limit or OrderKind.Market:
                Insert(atOpen, slot);
                return Place.AtOpen;
            default:
                Insert(triggers, slot);
                return Place.Trigger;
        }
    }

    private void Take(int slot)
    {
        ref var stand = ref stands[slot];
        notResting -= stand.Place is Place.None or Place.Resting ? 0 : 1;
        switch (stand.Place)
        {
            case Place.Resting:
                Resting(stand.Sign).Remove(stand.Price, slot);
                break;
            case Place.Waiting:
                (stand.Sign > 0 ? WaitingBids : WaitingAsks).Remove(stand.Price, slot);
                break;
            case Place.AtOpen:
                atOpen.Remove(slot);
                break;
            case Place.Trigger:
                triggers.Remove(slot);
                break;
            case Place.Column:
                columnOrders.Remove(slot);
                break;
            case Place.Sweeping:
                Resting(stand.Sign).Remove(SweepPrice(slot), slot);
                columnOrders.Remove(slot);
                break;
        }

        stand.Place = Place.None;
    }

    private int SweepPrice(int slot)
    {
        foreach (var (sweeping, price) in sweepSlots)
        {
            if (sweeping == slot)
            {
                return price;
            }
        }

        return 0;
    }

    private static void Insert(List<int> slots, int slot)
    {
        var position = slots.BinarySearch(slot);
        slots.Insert(~position, slot);
    }

    /// <summary>Where an order stands: what must be known to take it away again, whatever its plan says by then.</summary>
    private struct Stand
    {
        public int Price;

        /// <summary>1 + the candle in which the wallet last refused it; 0 for none.</summary>
        public int Refused;

        public sbyte Sign;

        public Place Place;
    }
}
