using Trellis.Core.Matching;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;

namespace Trellis.Core.Tests.Matching.Properties;

/// <summary>The life of each order: what it executed is the sum of its fills, never more than its quantity, and it ends once.</summary>
internal sealed class OrderAudit
{
    private readonly Dictionary<long, (Order Order, decimal Executed, decimal Notional)> open = [];
    private readonly HashSet<long> ended = [];
    private readonly Dictionary<long, ConditionalStatus> conditionals = [];
    private readonly Dictionary<int, long> tradeIds = [];
    private long lastOrder;

    public void See(MatchingEvent happened)
    {
        switch (happened)
        {
            case OrderChanged changed:
                See(changed);
                break;
            case ConditionalChanged { Order: var order }:
                See(order);
                break;
            case Traded trade:
                trade.TradeId.ShouldBe(tradeIds.GetValueOrDefault(trade.Instrument) + 1, "trade ids are contiguous from 1");
                tradeIds[trade.Instrument] = trade.TradeId;
                break;
        }
    }

    /// <summary>The engine's open orders are those that were placed and have not ended.</summary>
    public void CheckOpen(MatchingEngine engine)
    {
        var users = open.Values.Select(each => each.Order.Account).Distinct().ToList();
        foreach (var account in users)
        {
            engine.OpenOrders(account, -1).Select(order => (order.Id, order.ExecutedQuantity, order.Request.Price, order.Request.Quantity))
                .ShouldBe(open.Values.Where(each => each.Order.Account == account).OrderBy(each => each.Order.Id)
                    .Select(each => (each.Order.Id, each.Executed, each.Order.Request.Price, each.Order.Request.Quantity)), $"open orders of {account}");
        }
    }

    private void See(OrderChanged changed)
    {
        var order = changed.Order;
        ended.ShouldNotContain(order.Id, $"order {order.Id} changes after its end");
        if (changed.Change == OrderChange.Placed)
        {
            order.Id.ShouldBeGreaterThan(lastOrder, "order ids grow");
            order.ExecutedQuantity.ShouldBe(0m);
            lastOrder = order.Id;
            open[order.Id] = (order, 0m, 0m);
        }

        open.ShouldContainKey(order.Id, $"order {order.Id} changes before it was placed");
        var (_, executed, notional) = open[order.Id];
        (changed.Fill is not null).ShouldBe(changed.Change == OrderChange.Filled, "a fill comes with the change that names it");
        if (changed.Fill is { } fill)
        {
            (fill.OrderId, fill.Account, fill.Side, fill.Quantity > 0).ShouldBe((order.Id, order.Account, order.Request.Side, true));
            executed += fill.Quantity;
            notional += fill.Quantity * fill.Price;
        }

        order.ExecutedQuantity.ShouldBe(executed, $"executed quantity of order {order.Id} is the sum of its fills");
        executed.ShouldBeLessThanOrEqualTo(order.Request.Quantity, $"order {order.Id} is filled beyond its quantity");
        Terminal(changed);
        if (order.IsOpen)
        {
            open[order.Id] = (order, executed, notional);
        }
        else
        {
            open.Remove(order.Id);
            ended.Add(order.Id);
        }
    }

    private static void Terminal(OrderChanged changed)
    {
        var order = changed.Order;
        (order.End == OrderEnd.None).ShouldBe(order.IsOpen, $"order {order.Id} is {order.Status} with end {order.End}");
        (order.Status == OrderStatus.Filled).ShouldBe(order.ExecutedQuantity == order.Request.Quantity, $"order {order.Id} is {order.Status}");
        var status = changed.Change switch
        {
            OrderChange.Placed => order.IsOpen,
            OrderChange.Filled => order.Status is OrderStatus.PartiallyFilled or OrderStatus.Filled,
            OrderChange.Amended => order.IsOpen,
            OrderChange.Canceled => order.Status == OrderStatus.Canceled,
            _ => order.Status == OrderStatus.Expired,
        };
        status.ShouldBeTrue($"{changed.Change} left order {order.Id} {order.Status}");
    }

    private void See(ConditionalOrder order)
    {
        if (conditionals.TryGetValue(order.Id, out var before))
        {
            var mayFollow = before switch
            {
                ConditionalStatus.Waiting => order.Status != ConditionalStatus.Waiting,
                ConditionalStatus.Triggered => order.Status is ConditionalStatus.Finished or ConditionalStatus.Rejected,
                _ => false,
            };
            mayFollow.ShouldBeTrue($"conditional order {order.Id} goes from {before} to {order.Status}");
        }
        else
        {
            order.Status.ShouldBe(ConditionalStatus.Waiting);
        }

        conditionals[order.Id] = order.Status;
    }
}
