using Trellis.Core.Matching.Accounts;

namespace Trellis.Simulator.Venues.Binance.Endpoints;

/// <summary>One amendment of an order.</summary>
internal sealed record Amendment(
    long Id,
    AccountId Account,
    int Instrument,
    long OrderId,
    string ClientOrderId,
    long Time,
    decimal PriceBefore,
    decimal PriceAfter,
    decimal QuantityBefore,
    decimal QuantityAfter,
    int Count);

/// <summary>The last amendments since the start, for the endpoint that lists them. Safe to call from any thread.</summary>
internal sealed class AmendmentHistory
{
    private const int Kept = 10_000;
    private readonly Lock _gate = new();
    private readonly Queue<Amendment> _all = new();
    private long _lastId;

    public void Add(Func<long, Amendment> make)
    {
        lock (_gate)
        {
            _all.Enqueue(make(++_lastId));
            if (_all.Count > Kept)
            {
                _all.Dequeue();
            }
        }
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Amendment> Find(Func<Amendment, bool> wanted, int limit)
    {
        lock (_gate)
        {
            return [.. _all.Reverse().Where(wanted).Take(limit)];
        }
    }
}
