using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Simulator.Venues.Binance.Streams.User;

/// <summary>What each account's open limit orders on an instrument are worth, side by side: the fields <c>b</c> and <c>a</c> of an order's event.</summary>
internal sealed class OpenNotional
{
    private readonly Dictionary<(AccountId Account, int Instrument), Dictionary<long, (Side Side, decimal Notional)>> _open = [];

    public void Observe(Order order)
    {
        var key = (order.Account, order.Request.Instrument);
        if (!_open.TryGetValue(key, out var orders))
        {
            _open.Add(key, orders = []);
        }

        if (order.IsOpen)
        {
            orders[order.Id] = (order.Request.Side, order.RemainingQuantity * order.Request.Price);
        }
        else
        {
            orders.Remove(order.Id);
        }
    }

    public (decimal Bids, decimal Asks) Of(AccountId account, int instrument) =>
        _open.TryGetValue((account, instrument), out var orders)
            ? (orders.Values.Where(order => order.Side == Side.Buy).Sum(order => order.Notional), orders.Values.Where(order => order.Side == Side.Sell).Sum(order => order.Notional))
            : (0, 0);
}
