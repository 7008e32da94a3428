using System.Globalization;
using Trellis.Core.Markets;
using Trellis.Core.Trading.Venues;
using Trellis.Exchanges.Binance.Requests;
using Trellis.Exchanges.Binance.Trading;

namespace Trellis.Exchanges.Binance.Streams;

/// <summary>Stands in for the user stream: fills, then what became of orders that are no longer open, then the open ones that changed.</summary>
internal sealed class UserPoller(ExchangeClock clock, AccountHistory history, SnapshotTaker snapshots, OrderFinder finder, IReadOnlyList<InstrumentId> instruments, SerialUserSink sink)
{
    /// <summary>Fills are asked for again from this long before the last poll; each is told once.</summary>
    private const long Overlap = 30_000;

    /// <summary>Two lists of orders and one of fills.</summary>
    private const double WeightOfInstrument = 7;

    /// <summary>At most this much of the weight a second may go into polling: a third of what there is.</summary>
    private const double WeightPerSecond = 13;

    private readonly Dictionary<(InstrumentId Instrument, string Id, bool Waits), VenueOrder> _open = [];
    private readonly Dictionary<(InstrumentId Instrument, string TradeId), long> _told = [];
    private long? _since;

    public TimeSpan Pause(TimeSpan wanted) => TimeSpan.FromSeconds(Math.Max(wanted.TotalSeconds, instruments.Count * WeightOfInstrument / WeightPerSecond));

    /// <summary>The stream flows: the next poll begins anew, a little before then.</summary>
    public void Rest()
    {
        _since = clock.Now - Overlap;
        _open.Clear();
        _told.Clear();
    }

    /// <exception cref="Adapters.ExchangeException">Something was not told; the next poll asks again from where this one began.</exception>
    public async Task PollAsync(CancellationToken cancellation)
    {
        var started = clock.Now;
        var since = _since ?? started - Overlap;
        var open = await snapshots.OpenOrdersAsync(instruments, cancellation);
        var fills = new List<VenueFill>();
        foreach (var instrument in instruments)
        {
            fills.AddRange(await history.FillsAsync(instrument, since, cancellation));
        }

        var gone = await FindGoneAsync(open, cancellation);
        foreach (var fill in fills.OrderBy(fill => fill.Time).ThenBy(fill => long.Parse(fill.TradeId, CultureInfo.InvariantCulture)))
        {
            if (_told.TryAdd((fill.Instrument, fill.TradeId), fill.Time))
            {
                sink.Fill(fill);
            }
        }

        foreach (var (waited, order) in gone)
        {
            _open.Remove((order.Instrument, order.VenueOrderId, waited));
            sink.Order(order);
        }

        foreach (var order in open)
        {
            if (!_open.TryGetValue(KeyOf(order), out var known) || known != order)
            {
                _open[KeyOf(order)] = order;
                sink.Order(order);
            }
        }

        _since = started - Overlap;
        Forget(started - (2 * Overlap));
    }

    private async Task<List<(bool Waited, VenueOrder Order)>> FindGoneAsync(IReadOnlyList<VenueOrder> open, CancellationToken cancellation)
    {
        // What waits for a trigger is another list's than what came from one, and numbered apart.
        var keys = open.Select(KeyOf).ToHashSet();
        var gone = new List<(bool Waited, VenueOrder Order)>();
        foreach (var ((instrument, _, waits), order) in _open.Where(pair => !keys.Contains(pair.Key)).ToList())
        {
            // Of one that the exchange does not know, cancelled without a fill and forgotten, or not to be seen just now, nothing is told: it is asked for again by snapshots.
            var found = order.ClientOrderId.Length == 0 ? order with { Status = VenueOrderStatus.Canceled } : await finder.FindAsync(instrument, order.ClientOrderId, waits, cancellation);
            if (found is null)
            {
                _open.Remove((instrument, order.VenueOrderId, waits));
            }
            else
            {
                gone.Add((waits, found));
            }
        }

        return gone;
    }

    private void Forget(long before)
    {
        foreach (var key in _told.Where(pair => pair.Value < before).Select(pair => pair.Key).ToList())
        {
            _told.Remove(key);
        }
    }

    private static (InstrumentId Instrument, string Id, bool Waits) KeyOf(VenueOrder order) => (order.Instrument, order.VenueOrderId, order.Status == VenueOrderStatus.Untriggered);
}
