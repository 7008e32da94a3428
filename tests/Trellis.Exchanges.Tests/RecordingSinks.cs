using System.Collections.Concurrent;
using Trellis.Core.Markets;
using Trellis.Core.Trading.Venues;
using Trellis.Exchanges.Adapters;

namespace Trellis.Exchanges.Tests;

/// <summary>Keeps what a market stream told.</summary>
internal sealed class MarketRecord : IMarketSink
{
    public ConcurrentQueue<(InstrumentId Instrument, decimal Bid, decimal Ask, long Time)> Quotes { get; } = new();

    public ConcurrentQueue<(InstrumentId Instrument, Candle Candle)> Candles { get; } = new();

    public ConcurrentQueue<string> Losses { get; } = new();

    private int _restored;

    public int Restorations => Volatile.Read(ref _restored);

    public void Quote(InstrumentId instrument, decimal bid, decimal ask, long time) => Quotes.Enqueue((instrument, bid, ask, time));

    public void CandleClosed(InstrumentId instrument, in Candle candle) => Candles.Enqueue((instrument, candle));

    public void Lost(string why) => Losses.Enqueue(why);

    public void Restored() => Interlocked.Increment(ref _restored);
}

/// <summary>Keeps what a user stream told, in its order.</summary>
internal sealed class UserRecord : IUserSink
{
    /// <summary><see cref="VenueOrder"/>, <see cref="VenueFill"/>, <see cref="VenueIncome"/>, or a text: why it was lost, or <c>restored</c>.</summary>
    public ConcurrentQueue<object> Events { get; } = new();

    public IEnumerable<VenueOrder> Orders => Events.OfType<VenueOrder>();

    public IEnumerable<VenueFill> Fills => Events.OfType<VenueFill>();

    public IEnumerable<VenueIncome> Incomes => Events.OfType<VenueIncome>();

    public IEnumerable<string> Losses => Events.OfType<string>().Where(text => text != "restored");

    public int Restorations => Events.OfType<string>().Count(text => text == "restored");

    public void Order(VenueOrder order) => Events.Enqueue(order);

    public void Fill(VenueFill fill) => Events.Enqueue(fill);

    public void Income(VenueIncome income) => Events.Enqueue(income);

    public void Lost(string why) => Events.Enqueue(why);

    public void Restored() => Events.Enqueue("restored");
}
