using Trellis.Core.Accounts;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Matching.Trading;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Accounts;

/// <summary>What an account has on one instrument: positions, leverage, and its open orders with their sums.</summary>
internal sealed class Holding(Market market, int leverage)
{
    private readonly Position[] positions = new Position[2];

    public Market Market { get; } = market;

    public int Leverage { get; set; } = leverage;

    /// <summary>What fills realized since each position was opened, in money units.</summary>
    public Int128[] Realized { get; } = new Int128[2];

    public long[] PositionUpdatedAt { get; } = new long[2];

    /// <summary>Notional of the open buys that may open or enlarge a position, per position, in money units.</summary>
    public Int128[] Buys { get; } = new Int128[2];

    /// <summary>The same of the open sells.</summary>
    public Int128[] Sells { get; } = new Int128[2];

    public LiveOrder? FirstOrder { get; private set; }

    public LiveOrder? LastOrder { get; private set; }

    public int OpenOrders { get; private set; }

    public int ReducingOrders { get; private set; }

    public int WaitingConditionals { get; set; }

    /// <summary>Waiting conditional orders that close the position, by id.</summary>
    public SortedSet<long> ClosingConditionals { get; } = [];

    /// <summary>0 for the net and the long position, 1 for the short one of hedge mode.</summary>
    public ref Position this[int slot] => ref positions[slot];

    public bool HasPosition => positions[0].Size != 0 || positions[1].Size != 0;

    public bool IsIdle => !HasPosition && FirstOrder is null;

    public static int SlotOf(PositionSide side) => side == PositionSide.Short ? 1 : 0;

    /// <summary>Quantity that an order of a side would close of a position.</summary>
    public long Closable(int slot, Side side) =>
        Math.Sign(positions[slot].Size) == -side.Sign() ? Math.Abs(positions[slot].Size) : 0;

    public void Add(LiveOrder order)
    {
        order.Previous = LastOrder;
        order.Next = null;
        if (LastOrder is null)
        {
            FirstOrder = order;
        }
        else
        {
            LastOrder.Next = order;
        }

        LastOrder = order;
        OpenOrders++;
        ReducingOrders += order.Reduces ? 1 : 0;
        Reserve(order, order.Remaining);
    }

    public void Remove(LiveOrder order)
    {
        if (order.Previous is null)
        {
            FirstOrder = order.Next;
        }
        else
        {
            order.Previous.Next = order.Next;
        }

        if (order.Next is null)
        {
            LastOrder = order.Previous;
        }
        else
        {
            order.Next.Previous = order.Previous;
        }

        order.Previous = null;
        order.Next = null;
        OpenOrders--;
        ReducingOrders -= order.Reduces ? 1 : 0;
        Reserve(order, -order.Remaining);
    }

    /// <summary>Adds a quantity of an order to what open orders could become; below 0 takes it away.</summary>
    public void Reserve(LiveOrder order, long quantity)
    {
        if (!order.Reduces)
        {
            var sums = order.Side == Side.Buy ? Buys : Sells;
            sums[order.Slot] += Market.Notional(order.MarginPrice, quantity);
        }
    }
}
