using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching.Properties;

/// <summary>No trade passes an order that rests at a better price, nor at its own price one that came before.</summary>
internal sealed class PriorityAudit
{
    /// <summary>Orders that may rest, with the place that each took in the queue of its price.</summary>
    private readonly Dictionary<long, (Order Order, long Place)> resting = [];

    private long places;

    /// <summary>How many times a maker was looked at that had others beside it.</summary>
    public long Contests { get; private set; }

    public void See(MatchingEvent happened)
    {
        if (happened is not OrderChanged changed)
        {
            return;
        }

        var order = changed.Order;
        if (changed.Fill is { IsMaker: true } fill && resting.TryGetValue(order.Id, out var maker))
        {
            Check(fill, maker.Place);
        }

        if (!order.IsOpen)
        {
            resting.Remove(order.Id);
        }
        else if (order.Request.Type == OrderType.Limit)
        {
            // An amendment costs the place in the queue; being cut to the position does not, and is not counted as one.
            var (before, held) = resting.GetValueOrDefault(order.Id);
            var place = before is null || order.Amendments > before.Amendments ? ++places : held;
            resting[order.Id] = (order, place);
        }
    }

    private void Check(Fill fill, long place)
    {
        foreach (var (other, otherPlace) in resting.Values)
        {
            if (other.Request.Instrument != fill.Instrument || other.Request.Side != fill.Side || other.Id == fill.OrderId)
            {
                continue;
            }

            Contests++;
            var better = fill.Side.Sign() * (other.Request.Price - fill.Price);
            better.ShouldBeLessThanOrEqualTo(0m, $"a trade at {fill.Price} passes order {other.Id}, which rests at {other.Request.Price}");
            if (better == 0)
            {
                otherPlace.ShouldBeGreaterThan(place, $"order {fill.OrderId} trades before order {other.Id}, which came before it at {fill.Price}");
            }
        }
    }
}
