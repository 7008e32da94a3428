using Trellis.Core.Matching.Orders;

namespace Trellis.Simulator.Venues.Binance.Streams.User;

/// <summary>The orders that conditional orders became, as they were last seen.</summary>
internal sealed class MadeOrders
{
    private readonly Dictionary<long, Order> _byConditional = [];

    public void Observe(Order order)
    {
        if (order.ConditionalId != 0)
        {
            _byConditional[order.ConditionalId] = order;
        }
    }

    /// <summary>Null where the conditional order has become none.</summary>
    public Order? Of(long conditional) => _byConditional.GetValueOrDefault(conditional);

    /// <summary>Lets go of an order whose conditional order has come to its end.</summary>
    public void Forget(ConditionalOrder conditional)
    {
        if (conditional.Status is not (ConditionalStatus.Waiting or ConditionalStatus.Triggered))
        {
            _byConditional.Remove(conditional.Id);
        }
    }
}
