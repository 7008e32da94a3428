using Trellis.Core.Matching.Events;
using Trellis.Simulator.Exchange;

namespace Trellis.Simulator.MarketData;

/// <summary>
/// What the market has shown so far, put together from the exchange's events: candles, tickers, trades, quotes, funding.
/// Written by the publishing loop, read by any thread. Memory is bounded: a week of minutes, 1,500 candles of every other interval,
/// 10,000 trades and fundings an instrument.
/// </summary>
public sealed class MarketDataStore : IExchangeObserver, IKeptPart
{
    private const byte Version = 2;

    private readonly Lock _gate = new();

    // Held for a whole batch: a book in the middle of one may be crossed.
    private readonly Lock _batch = new();
    private InstrumentMarket[] _markets = [];
    private long _batches;
    private long _nextMinute;
    private long _time;

    public string Name => "market";

    /// <summary>Market time of the last batch, Unix milliseconds.</summary>
    public long Time => Volatile.Read(ref _time);

    public void Observe(EventBatch batch)
    {
        lock (_batch)
        {
            Apply(batch);
        }
    }

    /// <inheritdoc/>
    public void EndCandle(long time) => Advance(Math.Max(time, Time));

    /// <summary>Gives an instrument a past: 1-minute candles before the first event, oldest first, on an unbroken grid of open times.</summary>
    public void Seed(int instrument, IReadOnlyList<Kline> minutes) => Change(instrument, market => market.Seed(minutes));

    /// <summary>Candles that open within [from, to], oldest first, at most <paramref name="limit"/>: the first ones where from is given, else the last ones. The last may be unfinished.</summary>
    public IReadOnlyList<Kline> Klines(int instrument, KlineInterval interval, long? from, long? to, int limit) =>
        Read(instrument, market => market.Klines.Read(interval, from, to, limit));

    /// <summary>Candles of the mark price, like <see cref="Klines"/>: without volumes, and with as many trades as the price moved.</summary>
    public IReadOnlyList<Kline> MarkKlines(int instrument, KlineInterval interval, long? from, long? to, int limit) =>
        Read(instrument, market => market.MarkKlines.Read(interval, from, to, limit));

    /// <summary>Candles of the index price, like <see cref="MarkKlines"/>.</summary>
    public IReadOnlyList<Kline> IndexKlines(int instrument, KlineInterval interval, long? from, long? to, int limit) =>
        Read(instrument, market => market.IndexKlines.Read(interval, from, to, limit));

    /// <summary>The last 24 hours, which slide by whole minutes. Without a trade in them, every price is the last one.</summary>
    public DayTicker Ticker(int instrument) => Read(instrument, market => market.Ticker(Time));

    /// <summary>As of the last batch.</summary>
    public BestQuote BestQuote(int instrument)
    {
        lock (_batch)
        {
            return Read(instrument, static market => market.BestQuote);
        }
    }

    /// <summary>The best levels of the book, as of the last batch.</summary>
    /// <param name="limit">Levels of each side.</param>
    public DepthView Depth(int instrument, int limit)
    {
        lock (_batch)
        {
            return Read(instrument, market => market.Depth(limit));
        }
    }

    public MarkView Mark(int instrument) => Read(instrument, static market => market.Mark);

    /// <summary>The last trades, oldest first, at most <paramref name="limit"/>; with <paramref name="fromId"/> those from that id on.</summary>
    public IReadOnlyList<MarketTrade> Trades(int instrument, long? fromId, int limit) => Read(instrument, market => market.Tape.Trades(fromId, limit));

    /// <summary>Aggregate trades, oldest first: from an id or an instant on the first ones, else the last ones.</summary>
    public IReadOnlyList<AggregateTrade> AggregateTrades(int instrument, long? fromId, long? from, long? to, int limit) =>
        Read(instrument, market => market.Tape.Aggregates(fromId, from, to, limit));

    /// <summary>Settled fundings within [from, to], oldest first: the first ones where from is given, else the last ones.</summary>
    public IReadOnlyList<FundingView> Fundings(int instrument, long? from, long? to, int limit) => Read(instrument, market => market.Fundings(from, to, limit));

    /// <summary>The rate that the next funding will pay, as the market maker of the simulator states it.</summary>
    public void SetFunding(int instrument, decimal rate, long nextTime) => Change(instrument, market => market.SetFunding(rate, nextTime));

    /// <summary>Everything that the store holds; called between two batches.</summary>
    public byte[] Capture()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Version);
        writer.Write(Time);
        writer.Write(_markets.Length);
        foreach (var market in _markets)
        {
            lock (market.Gate)
            {
                market.Write(writer);
            }
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Brings back what <see cref="Capture"/> said; called before the first batch.</summary>
    /// <exception cref="InvalidDataException">The bytes are not of this version.</exception>
    public void Restore(ReadOnlySpan<byte> state)
    {
        using var reader = new BinaryReader(new MemoryStream(state.ToArray()));
        if (reader.ReadByte() is var version && version != Version)
        {
            throw new InvalidDataException($"market data of version {version}; this program reads version {Version}");
        }

        Volatile.Write(ref _time, reader.ReadInt64());
        _nextMinute = 0;
        for (int instrument = 0, count = reader.ReadInt32(); instrument < count; instrument++)
        {
            var market = Market(instrument);
            lock (market.Gate)
            {
                market.Read(reader);
            }
        }
    }

    private void Apply(EventBatch batch)
    {
        _batches++;
        Advance(batch.Time);
        foreach (var change in batch.Levels)
        {
            var market = Market(change.Instrument);
            lock (market.Gate)
            {
                market.Apply(change);
            }
        }

        foreach (var occurred in batch.Events)
        {
            switch (occurred)
            {
                case Traded trade:
                    Change(trade.Instrument, market => market.Apply(trade, _batches));
                    break;
                case CandlePassed candle:
                    Change(candle.Instrument, market => market.Klines.Pass(candle.OpenTime, candle.Candle));
                    break;
                case MarkPriceChanged mark:
                    Change(mark.Instrument, market => market.Apply(mark));
                    break;
                case FundingSettled funding:
                    Change(funding.Instrument, market => market.Apply(funding));
                    break;
            }
        }
    }

    private void Advance(long time)
    {
        Volatile.Write(ref _time, time);
        if (time < _nextMinute)
        {
            return;
        }

        foreach (var market in Volatile.Read(ref _markets))
        {
            lock (market.Gate)
            {
                market.Advance(time);
            }
        }

        _nextMinute = KlineIntervals.NextOpenOf(KlineInterval.OneMinute, time);
    }

    private void Change(int instrument, Action<InstrumentMarket> change)
    {
        var market = Market(instrument);
        lock (market.Gate)
        {
            change(market);
        }
    }

    private T Read<T>(int instrument, Func<InstrumentMarket, T> query)
    {
        var market = Market(instrument);
        lock (market.Gate)
        {
            return query(market);
        }
    }

    /// <summary>Instruments are not announced: one that nothing has happened on yet has an empty market.</summary>
    private InstrumentMarket Market(int instrument)
    {
        var markets = Volatile.Read(ref _markets);
        if (instrument < markets.Length)
        {
            return markets[instrument];
        }

        lock (_gate)
        {
            var known = _markets.Length;
            if (instrument >= known)
            {
                Volatile.Write(ref _markets, [.. _markets, .. Enumerable.Range(known, instrument + 1 - known).Select(index => new InstrumentMarket(index))]);
            }

            return _markets[instrument];
        }
    }
}
