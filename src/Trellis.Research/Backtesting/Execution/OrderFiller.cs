using Trellis.Core.Orders;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>Fills the orders of a lane: those due at the open, and those that a side of the candle reaches (docs/backtest.md, section 3).</summary>
internal sealed class OrderFiller(BacktestSetup setup, Account account)
{
    private readonly List<int> openSlots = [];

    public void FillAtOpen(Lane lane, int candle)
    {
        openSlots.Clear();
        openSlots.AddRange(lane.Book.AtOpen);
        foreach (var slot in openSlots)
        {
            // An earlier fill of this open may have taken the slot's group away.
            if (!lane.Plan.IsPlanned(slot))
            {
                continue;
            }

            var order = lane.Plan.Order(slot);
            var sign = order.Side.Sign();
            var price = lane.Rules.Slipped(lane.Open, sign, setup.Slippage);
            if (order.Kind == OrderKind.Market)
            {
                Fill(lane, candle, slot, order, price, EntryKind.Market);
            }
            else if (sign * ((long)order.Price - lane.Open) > 0)
            {
                var capped = sign > 0 ? Math.Min(price, order.Price) : Math.Max(price, order.Price);
                Fill(lane, candle, slot, order, capped, EntryKind.Taker);
            }
            else
            {
                lane.Book.Rest(slot);
            }
        }
    }

    /// <param name="lane">Not in a hole.</param>
    /// <param name="candle">Candle of the run.</param>
    /// <param name="side">+1 for the low side, −1 for the high one.</param>
    public void Sweep(Lane lane, int candle, int side)
    {
        if (lane.Book.IsReached(side, lane.Low, lane.High))
        {
            FillLimits(lane, candle, side);
            if (lane.Book.HasTriggers)
            {
                FireTriggers(lane, candle, side);
            }
        }
    }

    /// <summary>Fills the resting limits that the side of a candle reaches, best first.</summary>
    public void FillLimits(Lane lane, int candle, int side)
    {
        var followsColumns = lane.Book.HasColumnOrders;
        if (followsColumns)
        {
            RestColumnOrders(lane, side);
        }

        var resting = lane.Book.Resting(side);
        var reached = (long)side * (side > 0 ? lane.Low : lane.High);
        for (var position = resting.Count - 1; position >= 0; position--)
        {
            var entry = resting[position];
            if (BookSide.KeyOf(entry) <= reached)
            {
                break;
            }

            var price = side * (int)BookSide.KeyOf(entry);
            var slot = BookSide.SlotOf(entry);
            if (lane.LooksAhead)
            {
                lane.Ahead.Guess(slot, lane.Candle + 1);
            }

            ref readonly var order = ref lane.Plan.Order(slot);
            if (followsColumns || order.Group > 0)
            {
                if (!Fill(lane, candle, slot, order, price, EntryKind.Limit) || order.Group == 0)
                {
                    continue;
                }

                // The group may have taken other orders out of this side: go on behind the one that filled.
                position = resting.CountBehind(price, slot);
            }
            else if (TryBook(lane, candle, slot, order, price, EntryKind.Limit))
            {
                lane.Book.RemoveAt(resting, position, slot);
                lane.Plan.Drop(slot);
            }
        }

        // Also where the last such order has just filled: what it left behind must not meet its slot's next order.
        if (followsColumns)
        {
            lane.Book.EndSweep(side);
        }
    }

    /// <summary>Orders that follow a column rest at its price for this sweep only.</summary>
    private static void RestColumnOrders(Lane lane, int side)
    {
        foreach (var slot in lane.Book.ColumnOrders)
        {
            ref readonly var order = ref lane.Plan.Order(slot);
            if (order.Side.Sign() == side && ColumnSearch.PriceInForce(lane, order) is var price and not 0)
            {
                lane.Book.RestForSweep(slot, side, price);
            }
        }
    }

    private void FireTriggers(Lane lane, int candle, int side)
    {
        var kind = side > 0 ? OrderKind.TriggerAtOrBelow : OrderKind.TriggerAtOrAbove;
        var extreme = side > 0 ? lane.Low : lane.High;
        while (NextTrigger(lane, candle, side, kind, extreme) is var slot and >= 0)
        {
            var order = lane.Plan.Order(slot);
            var reached = side * ((long)order.Price - lane.Open) >= 0 ? lane.Open : order.Price;
            var price = lane.Rules.Slipped(reached, order.Side.Sign(), setup.Slippage);
            if (!Fill(lane, candle, slot, order, price, EntryKind.Trigger))
            {
                lane.Book.NoteRefusal(slot, candle);
            }
        }
    }

    /// <summary>The slot of the trigger that the price reaches first, among those not yet tried in this candle; −1 for none.</summary>
    private static int NextTrigger(Lane lane, int candle, int side, OrderKind kind, int extreme)
    {
        var best = -1;
        foreach (var slot in lane.Book.Triggers)
        {
            ref readonly var order = ref lane.Plan.Order(slot);
            var reached = order.Kind == kind && side * ((long)order.Price - extreme) >= 0 && !lane.Book.IsRefused(slot, candle);
            if (reached && (best < 0 || side * ((long)order.Price - lane.Plan.Order(best).Price) > 0))
            {
                best = slot;
            }
        }

        return best;
    }

    private bool Fill(Lane lane, int candle, int slot, in PlannedOrder order, int price, EntryKind kind)
    {
        if (!TryBook(lane, candle, slot, order, price, kind))
        {
            return false;
        }

        lane.Book.Remove(slot);
        lane.Plan.Drop(slot);
        if (order.Group > 0)
        {
            CancelGroup(lane, order.Group);
        }

        return true;
    }

    private bool TryBook(Lane lane, int candle, int slot, in PlannedOrder order, int price, EntryKind kind)
    {
        var quantity = account.TryFill(lane, candle, slot, order, price, kind, out var baseFee, out var refused);
        if (quantity == 0)
        {
            if (refused)
            {
                lane.Book.NoteRefusal(slot, candle);
            }

            return false;
        }

        lane.Bot.Context.AddFill(new OwnFill(lane.LaneOfBot, slot, order.Side, price, quantity, baseFee));
        return true;
    }

    private static void CancelGroup(Lane lane, int group)
    {
        for (var slot = 0; slot < lane.Plan.SlotCount; slot++)
        {
            if (lane.Plan.IsPlanned(slot) && lane.Plan.Order(slot).Group == group)
            {
                lane.Book.Remove(slot);
                lane.Plan.Drop(slot);
            }
        }
    }
}
