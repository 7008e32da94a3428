using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Trading;

namespace Trellis.Core.Matching.Orders;

/// <summary>The open orders of all accounts; where an order comes into being, is cut and ends.</summary>
internal sealed class OrderRegister(Floor floor, ConditionalRegister conditionals, Deadlines deadlines)
{
    private readonly Dictionary<long, LiveOrder> byId = [];

    public void Add(LiveOrder order)
    {
        Restore(order);
        Tell(order, OrderChange.Placed);
    }

    /// <summary>Takes an order in without telling it.</summary>
    public void Restore(LiveOrder order)
    {
        byId.Add(order.Id, order);
        order.Account.OpenByClientId.Add(order.Request.ClientOrderId, order);
        order.Account.On(order.Market).Add(order);
        if (order.Request.TimeInForce == TimeInForce.GoodTillDate)
        {
            deadlines.Add(order);
        }
    }

    public LiveOrder? Find(MarginAccount account, OrderReference reference)
    {
        var order = reference.OrderId != 0
            ? byId.GetValueOrDefault(reference.OrderId)
            : account.OpenByClientId.GetValueOrDefault(reference.ClientOrderId ?? "");
        return order is not null && order.Account == account && order.Market.Index == reference.Instrument ? order : null;
    }

    public LiveOrder? Find(long id) => byId.GetValueOrDefault(id);

    /// <summary>Open orders by id; null for all markets.</summary>
    public static List<LiveOrder> Open(MarginAccount account, Market? market)
    {
        var open = new List<LiveOrder>();
        var isSorted = true;
        foreach (var holding in account.Holdings)
        {
            for (var order = market is null || holding.Market == market ? holding.FirstOrder : null; order is not null; order = order.Next)
            {
                isSorted &= open.Count == 0 || open[^1].Id < order.Id;
                open.Add(order);
            }
        }

        if (!isSorted)
        {
            open.Sort(static (left, right) => left.Id.CompareTo(right.Id));
        }

        return open;
    }

    /// <summary>Ends an order before it is filled: out of the book, out of the register, told.</summary>
    public void End(LiveOrder order, OrderStatus status, OrderEnd end)
    {
        if (order.Level is not null)
        {
            order.Market.Book.Remove(order);
        }

        order.Status = status;
        order.UpdatedAt = floor.Time;
        order.End = end;
        Leave(order);
        Tell(order, status == OrderStatus.Canceled ? OrderChange.Canceled : OrderChange.Expired);
        conditionals.OrderEnded(order.ConditionalId);
    }

    /// <summary>Ends an account's open orders, by id; null for all markets.</summary>
    public void EndAll(MarginAccount account, Market? market, OrderStatus status, OrderEnd end)
    {
        foreach (var order in Open(account, market))
        {
            End(order, status, end);
        }
    }

    /// <summary>An order was filled whole; its last fill has been told.</summary>
    public void Fill(LiveOrder order)
    {
        if (order.Id != 0)
        {
            Leave(order);
            conditionals.OrderEnded(order.ConditionalId);
        }
    }

    /// <summary>After a position changed: reducing orders never stand for more than the position, and end where there is none. With the rule of candles they wait for one.</summary>
    public void PositionChanged(Holding holding, int slot)
    {
        if (floor.Settings.FillRule == FillRule.Candle)
        {
            return;
        }

        for (var order = holding.ReducingOrders == 0 ? null : holding.FirstOrder; order is not null;)
        {
            var next = order.Next;
            if (order.Reduces && order.Slot == slot && holding.Closable(slot, order.Side) is var closable && order.Remaining > closable)
            {
                if (closable == 0)
                {
                    End(order, OrderStatus.Expired, OrderEnd.NothingToReduce);
                }
                else
                {
                    Cut(order, closable);
                }
            }

            order = next;
        }

        conditionals.PositionChanged(holding, slot);
    }

    public void Tell(LiveOrder order, OrderChange change)
    {
        if (!order.Account.IsHouse)
        {
            floor.Tell(new OrderChanged(floor.Time, order.Snapshot(), change, null));
        }
    }

    private void Cut(LiveOrder order, long rest)
    {
        var lost = order.Remaining - rest;
        order.Quantity -= lost;
        order.Request = order.Request with { Quantity = order.Market.Units.ToQuantity(order.Quantity) };
        order.UpdatedAt = floor.Time;
        if (order.Level is not null)
        {
            order.Market.Book.Shrink(order, lost);
        }

        Tell(order, OrderChange.Amended);
    }

    private void Leave(LiveOrder order)
    {
        order.Account.On(order.Market).Remove(order);
        order.Account.OpenByClientId.Remove(order.Request.ClientOrderId);
        byId.Remove(order.Id);
        if (order.Request.TimeInForce == TimeInForce.GoodTillDate)
        {
            deadlines.Remove(order);
        }

        if (!order.Account.IsHouse)
        {
            order.Account.History.Add(order.Snapshot());
        }
    }
}
