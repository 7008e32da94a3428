namespace Trellis.Core.Trading.Orders;

/// <summary>Orders of ours: those that live, oldest first, and the latest that have ended, so that late news of them is understood.</summary>
internal sealed class OrderTable
{
    private const int MostEnded = 20_000;

    private readonly Dictionary<string, TrackedOrder> byClientOrderId = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Market, string VenueOrderId), TrackedOrder> byVenueOrderId = [];
    private readonly List<TrackedOrder> live = [];
    private readonly Queue<TrackedOrder> ended = new();

    /// <summary>Oldest first. A list, for it is walked through with every input.</summary>
    public List<TrackedOrder> Live => live;

    public void Add(TrackedOrder order)
    {
        byClientOrderId.Add(order.ClientOrderId, order);
        List(order);
    }

    public TrackedOrder? Find(string clientOrderId) => byClientOrderId.GetValueOrDefault(clientOrderId);

    public TrackedOrder? Find(int market, string clientOrderId, string venueOrderId) =>
        (clientOrderId.Length > 0 ? byClientOrderId.GetValueOrDefault(clientOrderId) : null)
        ?? (venueOrderId.Length > 0 ? byVenueOrderId.GetValueOrDefault((market, venueOrderId)) : null);

    /// <summary>Notes an id of the exchange for an order: its own, or that of the order which a trigger made of it.</summary>
    /// <returns>Whether it is new.</returns>
    public bool Learn(TrackedOrder order, string venueOrderId)
    {
        if (venueOrderId.Length == 0 || !byVenueOrderId.TryAdd((order.Market, venueOrderId), order))
        {
            return false;
        }

        if (order.VenueOrderId.Length == 0)
        {
            order.VenueOrderId = venueOrderId;
        }

        else
        {
            (order.OtherVenueIds ??= []).Add(venueOrderId);
        }

        return true;
    }

    /// <summary>Nothing more is expected of it.</summary>
    public void Retire(TrackedOrder order)
    {
        if (!order.IsListed)
        {
            return;
        }

        order.IsListed = false;
        live.Remove(order);
        order.Siblings.Remove(order);
        ended.Enqueue(order);
        if (ended.Count > MostEnded)
        {
            var oldest = ended.Dequeue();
            byClientOrderId.Remove(oldest.ClientOrderId);
            byVenueOrderId.Remove((oldest.Market, oldest.VenueOrderId));
            oldest.OtherVenueIds?.ForEach(id => byVenueOrderId.Remove((oldest.Market, id)));
        }
    }

    /// <summary>Late news: an order that counted as ended is not.</summary>
    public void Revive(TrackedOrder order)
    {
        if (!order.IsListed)
        {
            List(order);
        }
    }

    private void List(TrackedOrder order)
    {
        order.IsListed = true;
        live.Add(order);
        order.Siblings.Add(order);
    }
}
