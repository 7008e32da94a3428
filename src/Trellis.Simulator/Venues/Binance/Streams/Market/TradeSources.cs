using Trellis.Core.Matching.Events;
using Trellis.Core.Orders;
using Trellis.Simulator.Exchange;
using Trellis.Simulator.Venues.Binance.Json;

namespace Trellis.Simulator.Venues.Binance.Streams.Market;

/// <summary><c>btcusdt@trade</c>: every trade at once.</summary>
internal sealed class TradeSource(StreamName name, StreamFeed feed) : StreamSource(name, feed)
{
    public override void OnEvent(MatchingEvent occurred)
    {
        if (occurred is not Traded trade || trade.Instrument != Name.Instrument)
        {
            return;
        }

        var symbol = Feed.Symbols.All[trade.Instrument];
        var writer = Feed.Buffer.Begin();
        writer.WriteStartObject();
        writer.WriteString("e"u8, "trade"u8);
        writer.WriteNumber("E"u8, Feed.EventTime(trade.Time));
        writer.WriteNumber("T"u8, trade.Time);
        writer.WriteString("s"u8, symbol.Name);
        writer.WriteNumber("t"u8, trade.TradeId);
        writer.WriteFixed("p"u8, trade.Price, symbol.PricePrecision);
        writer.WriteFixed("q"u8, trade.Quantity, symbol.QuantityPrecision);
        writer.WriteString("X"u8, "MARKET"u8);
        writer.WriteBoolean("m"u8, trade.Aggressor == Side.Sell);
        writer.WriteEndObject();
        Publish();
    }
}

/// <summary><c>btcusdt@aggTrade</c>: trades of one taker at one price, put together, ten times a second.</summary>
internal sealed class AggregateTradeSource : StreamSource
{
    private const int MostAtOnce = 10_000;

    private long _lastSent;
    private long _lastWhole;

    public AggregateTradeSource(StreamName name, StreamFeed feed)
        : base(name, feed) => _lastSent = _lastWhole = LastId();

    /// <summary>Only between two batches is it sure that nothing more will be put into an aggregate.</summary>
    public override void OnBatchEnd(EventBatch batch) => _lastWhole = LastId();

    public override void Tick()
    {
        if (_lastWhole == _lastSent)
        {
            return;
        }

        var symbol = Feed.Symbols.All[Name.Instrument];
        foreach (var trade in Feed.Market.AggregateTrades(Name.Instrument, _lastSent + 1, null, null, MostAtOnce).TakeWhile(trade => trade.Id <= _lastWhole))
        {
            var writer = Feed.Buffer.Begin();
            writer.WriteStartObject();
            writer.WriteString("e"u8, "aggTrade"u8);
            writer.WriteNumber("E"u8, Feed.EventTime(trade.Time));
            writer.WriteString("s"u8, symbol.Name);
            writer.WriteNumber("a"u8, trade.Id);
            writer.WriteFixed("p"u8, trade.Price, symbol.PricePrecision);
            writer.WriteFixed("q"u8, trade.Quantity, symbol.QuantityPrecision);
            writer.WriteFixed("nq"u8, trade.Quantity, symbol.QuantityPrecision);
            writer.WriteNumber("f"u8, trade.FirstTradeId);
            writer.WriteNumber("l"u8, trade.LastTradeId);
            writer.WriteNumber("T"u8, trade.Time);
            writer.WriteBoolean("m"u8, trade.Aggressor == Side.Sell);
            writer.WriteNumber("st"u8, StreamFeed.SymbolType);
            writer.WriteEndObject();
            Publish();
        }

        _lastSent = _lastWhole;
    }

    private long LastId() => Feed.Market.AggregateTrades(Name.Instrument, null, null, null, 1) is [var last] ? last.Id : 0;
}
