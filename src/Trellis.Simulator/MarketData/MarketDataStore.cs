using Trellis.Simulator.Exchange;

namespace Trellis.Simulator.MarketData;

/// <summary>
/// What the market has shown so far, put together from the exchange's events: candles, tickers, trades, quotes, funding.
/// Written by the publishing loop, read by any thread.
/// </summary>
public sealed class MarketDataStore : IExchangeObserver
{
    public void Observe(EventBatch batch) => throw new NotSupportedException();

    /// <summary>Gives an instrument a past: 1-minute candles before the first event, oldest first, on an unbroken grid of open times.</summary>
    public void Seed(int instrument, IReadOnlyList<Kline> minutes) => throw new NotSupportedException();

    /// <summary>Candles that open within [from, to], oldest first, at most <paramref name="limit"/>: the first ones where from is given, else the last ones. The last may be unfinished.</summary>
    public IReadOnlyList<Kline> Klines(int instrument, KlineInterval interval, long? from, long? to, int limit) => throw new NotSupportedException();

    public DayTicker Ticker(int instrument) => throw new NotSupportedException();

    public BestQuote BestQuote(int instrument) => throw new NotSupportedException();

    public MarkView Mark(int instrument) => throw new NotSupportedException();

    /// <summary>The last trades, oldest first, at most <paramref name="limit"/>; with <paramref name="fromId"/> those from that id on.</summary>
    public IReadOnlyList<MarketTrade> Trades(int instrument, long? fromId, int limit) => throw new NotSupportedException();

    public IReadOnlyList<AggregateTrade> AggregateTrades(int instrument, long? fromId, long? from, long? to, int limit) => throw new NotSupportedException();

    /// <summary>Settled fundings within [from, to], oldest first.</summary>
    public IReadOnlyList<FundingView> Fundings(int instrument, long? from, long? to, int limit) => throw new NotSupportedException();

    /// <summary>The rate that the next funding will pay, as the market maker of the simulator states it.</summary>
    public void SetFunding(int instrument, decimal rate, long nextTime) => throw new NotSupportedException();
}
