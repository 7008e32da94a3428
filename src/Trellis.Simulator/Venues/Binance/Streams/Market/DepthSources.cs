using System.Text.Json;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Orders;
using Trellis.Simulator.Venues.Binance.Json;

namespace Trellis.Simulator.Venues.Binance.Streams.Market;

/// <summary>What both kinds of depth streams say: which updates the message covers, and levels.</summary>
internal abstract class DepthSource : StreamSource
{
    private long _time;

    protected DepthSource(StreamName name, StreamFeed feed)
        : base(name, feed) => LastSent = LastSeen = feed.Market.Depth(name.Instrument, 0).UpdateId;

    /// <summary>Update id up to which everything has been said.</summary>
    protected long LastSent { get; set; }

    /// <summary>Update id up to which everything has been gathered.</summary>
    protected long LastSeen { get; set; }

    public sealed override void OnLevel(in LevelChange change)
    {
        // What the market data store held when the stream began is not news.
        if (change.Instrument != Name.Instrument || change.UpdateId <= LastSeen)
        {
            return;
        }

        (LastSeen, _time) = (change.UpdateId, change.Time);
        Gather(change);
    }

    protected abstract void Gather(in LevelChange change);

    protected void Publish(IEnumerable<QuoteLevel> bids, IEnumerable<QuoteLevel> asks, long time)
    {
        var symbol = Feed.Symbols.All[Name.Instrument];
        var writer = Feed.Buffer.Begin();
        writer.WriteStartObject();
        writer.WriteString("e"u8, "depthUpdate"u8);
        writer.WriteNumber("E"u8, Feed.EventTime(time));
        writer.WriteNumber("T"u8, time);
        writer.WriteString("s"u8, symbol.Name);
        writer.WriteString("ps"u8, symbol.Name);
        writer.WriteNumber("U"u8, Math.Min(LastSent + 1, LastSeen));
        writer.WriteNumber("u"u8, LastSeen);
        writer.WriteNumber("pu"u8, LastSent);
        Write(writer, "b"u8, symbol, bids);
        Write(writer, "a"u8, symbol, asks);
        writer.WriteNumber("st"u8, StreamFeed.SymbolType);
        writer.WriteEndObject();
        LastSent = LastSeen;
        Publish();
    }

    protected long Time => _time;

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, BinanceSymbol symbol, IEnumerable<QuoteLevel> levels)
    {
        writer.WriteStartArray(name);
        foreach (var level in levels)
        {
            writer.WriteStartArray();
            writer.WriteFixed(level.Price, symbol.PricePrecision);
            writer.WriteFixed(level.Quantity, symbol.QuantityPrecision);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }
}

/// <summary><c>btcusdt@depth</c>: the levels that changed since the last message, which it names, as they are now.</summary>
internal sealed class DepthDifferenceSource(StreamName name, StreamFeed feed) : DepthSource(name, feed)
{
    private readonly SortedDictionary<decimal, decimal> _bids = new(Comparer<decimal>.Create(static (one, other) => other.CompareTo(one)));
    private readonly SortedDictionary<decimal, decimal> _asks = [];

    public override void Tick()
    {
        if (LastSeen == LastSent)
        {
            return;
        }

        Publish(_bids.Select(Level), _asks.Select(Level), Time);
        _bids.Clear();
        _asks.Clear();
    }

    protected override void Gather(in LevelChange change) => (change.Side == Side.Buy ? _bids : _asks)[change.Price] = change.Quantity;

    private static QuoteLevel Level(KeyValuePair<decimal, decimal> change) => new(change.Key, change.Value);
}

/// <summary><c>btcusdt@depth5</c>: the best levels, whenever the book has changed.</summary>
internal sealed class PartialDepthSource(StreamName name, StreamFeed feed) : DepthSource(name, feed)
{
    private bool _hasNews;

    public override void Welcome() => _hasNews = true;

    public override void Tick()
    {
        if (!_hasNews)
        {
            return;
        }

        var depth = Feed.Market.Depth(Name.Instrument, Name.Depth);
        LastSeen = depth.UpdateId;
        Publish(depth.Bids, depth.Asks, depth.Time);
        _hasNews = false;
    }

    protected override void Gather(in LevelChange change) => _hasNews = true;
}
