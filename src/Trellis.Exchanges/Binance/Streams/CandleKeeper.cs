using Trellis.Core.Markets;
using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Binance.MarketData;

namespace Trellis.Exchanges.Binance.Streams;

/// <summary>
/// Hands on every closed candle of an instrument once and in order, whether a stream told of it or it has to be fetched because one was missed.
/// Candles that closed before it began are not handed on.
/// </summary>
internal sealed class CandleKeeper(InstrumentId instrument, Interval interval, BinanceMarketData market, IMarketSink sink, TimeProvider time)
{
    /// <summary>As many as cost least.</summary>
    private const int MostAtOnce = 98;

    /// <summary>A candle that has not been told this long after its end is fetched.</summary>
    private const long Grace = 2_000;

    private static readonly TimeSpan LatePause = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private long? _last;
    private Candle? _ahead;
    private long? _fetchedLateAt;

    /// <summary>A stream told that a candle closed.</summary>
    /// <returns>False where candles before it are missing: it waits until they are fetched.</returns>
    public bool Closed(in Candle candle)
    {
        lock (_gate)
        {
            if (_last is { } last && candle.OpenTime <= last)
            {
                return true;
            }

            if (_last is not { } before || candle.OpenTime != before + interval.Milliseconds)
            {
                _ahead = candle;
                return false;
            }

            Deliver(candle);
            return true;
        }
    }

    /// <summary>Whether a candle should have been told by now and was not; true at most every few seconds.</summary>
    /// <param name="now">The exchange's clock.</param>
    public bool IsLate(long now)
    {
        lock (_gate)
        {
            if (_last is { } last && now < last + (2 * interval.Milliseconds) + Grace)
            {
                return false;
            }

            if (_fetchedLateAt is { } at && time.GetElapsedTime(at) < LatePause)
            {
                return false;
            }

            _fetchedLateAt = time.GetTimestamp();
            return true;
        }
    }

    /// <summary>Fetches and hands on what closed since the last candle; at the beginning only learns which that is. One call at a time.</summary>
    /// <exception cref="ExchangeException">The exchange did not tell; what was told is kept.</exception>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        if (Last is not { } last)
        {
            await BeginAsync(cancellation);
            return;
        }

        while (true)
        {
            var missed = await market.GetCandlesAsync(instrument, interval, last + interval.Milliseconds, MostAtOnce, cancellation);
            last = Take(missed);
            if (missed.Count < MostAtOnce)
            {
                return;
            }
        }
    }

    private long? Last
    {
        get
        {
            lock (_gate)
            {
                return _last;
            }
        }
    }

    private async Task BeginAsync(CancellationToken cancellation)
    {
        var closed = await market.GetLastCandlesAsync(instrument, interval, 1, cancellation);
        lock (_gate)
        {
            if (_last is null && closed.Count > 0)
            {
                // A candle that closed between the beginning and this answer was told by the stream and waits.
                _last = _ahead is { } ahead ? Math.Min(closed[^1].OpenTime, ahead.OpenTime - interval.Milliseconds) : closed[^1].OpenTime;
                DeliverAhead();
            }
        }
    }

    private long Take(IReadOnlyList<Candle> candles)
    {
        lock (_gate)
        {
            foreach (var candle in candles.Where(candle => candle.OpenTime > _last))
            {
                // What the stream called closed is final; the list may be a moment behind.
                Deliver(_ahead is { } ahead && ahead.OpenTime == candle.OpenTime ? ahead : candle);
            }

            return _last!.Value;
        }
    }

    private void Deliver(in Candle candle)
    {
        _last = candle.OpenTime;
        sink.CandleClosed(instrument, candle);
        DeliverAhead();
    }

    private void DeliverAhead()
    {
        if (_ahead is { } ahead && ahead.OpenTime <= _last + interval.Milliseconds)
        {
            _ahead = null;
            if (ahead.OpenTime > _last)
            {
                _last = ahead.OpenTime;
                sink.CandleClosed(instrument, ahead);
            }
        }
    }
}
