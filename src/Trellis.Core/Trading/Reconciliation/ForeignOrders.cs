using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Orders;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Trading.Reconciliation;

/// <summary>Orders that no bot made, as far as the exchange tells of them: shown, counted in risk, never touched.</summary>
internal sealed class ForeignOrders(LoopState state)
{
    private readonly SortedList<(int Market, string VenueOrderId), VenueOrder> open = new(Comparer<(int Market, string VenueOrderId)>.Create(static (left, right) =>
        left.Market != right.Market ? left.Market.CompareTo(right.Market) : string.CompareOrdinal(left.VenueOrderId, right.VenueOrderId)));

    /// <summary>By market, then by the venue's id. A list, for it is walked through whenever limits are judged.</summary>
    public IList<VenueOrder> Open => open.Values;

    public VenueOrder? Find(string clientOrderId) => open.Values.FirstOrDefault(order => order.ClientOrderId == clientOrderId);

    /// <summary>It is ours after all.</summary>
    public void Forget(VenueOrder order)
    {
        if (state.Market(order.Instrument) is { } market)
        {
            open.Remove((market.Index, order.VenueOrderId));
        }

        state.Outbox.Settled($"unknown-own-order {order.ClientOrderId}");
    }

    public void Note(VenueOrder order)
    {
        if (state.Market(order.Instrument) is not { } market)
        {
            return;
        }

        var key = (market.Index, order.VenueOrderId);
        if (order.Status > VenueOrderStatus.PartiallyFilled)
        {
            open.Remove(key);
        }
        else
        {
            open[key] = order;
        }

        state.RiskIsDirty = true;
        if (ClientOrderId.TryParse(order.ClientOrderId, out var id) && id.Installation == state.Settings.Installation)
        {
            state.Outbox.AlertOnce(
                $"unknown-own-order {order.ClientOrderId}",
                AlertLevel.Error,
                "unknown-own-order",
                id.Bot < state.Bots.Length ? id.Bot : -1,
                $"{order.Instrument}: order {order.ClientOrderId} has our form and no journal knows it; it counts as foreign until it is adopted");
        }
    }

    /// <summary>A snapshot lists all open orders: what it does not list is gone.</summary>
    public void Renew(IEnumerable<VenueOrder> foreign)
    {
        open.Clear();
        foreach (var order in foreign)
        {
            Note(order);
        }
    }
}
