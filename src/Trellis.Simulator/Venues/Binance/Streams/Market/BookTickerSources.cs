using System.Text.Json;
using Trellis.Core.Matching.Events;
using Trellis.Simulator.Exchange;
using Trellis.Simulator.MarketData;
using Trellis.Simulator.Venues.Binance.Json;

namespace Trellis.Simulator.Venues.Binance.Streams.Market;

internal static class BookTickerJson
{
    public static void Write(Utf8JsonWriter writer, BinanceSymbol symbol, BestQuote quote, long eventTime)
    {
        writer.WriteStartObject();
        writer.WriteString("e"u8, "bookTicker"u8);
        writer.WriteNumber("u"u8, quote.UpdateId);
        writer.WriteString("s"u8, symbol.Name);
        writer.WriteString("ps"u8, symbol.Name);
        writer.WriteFixed("b"u8, quote.BidPrice, symbol.PricePrecision);
        writer.WriteFixed("B"u8, quote.BidQuantity, symbol.QuantityPrecision);
        writer.WriteFixed("a"u8, quote.AskPrice, symbol.PricePrecision);
        writer.WriteFixed("A"u8, quote.AskQuantity, symbol.QuantityPrecision);
        writer.WriteNumber("T"u8, quote.Time);
        writer.WriteNumber("E"u8, eventTime);
        writer.WriteNumber("st"u8, StreamFeed.SymbolType);
        writer.WriteEndObject();
    }

    /// <summary>Whether a best price or its quantity is another; a change deeper in the book is none.</summary>
    public static bool Differs(BestQuote one, BestQuote? other) =>
        other is null || one with { UpdateId = 0, Time = 0 } != other with { UpdateId = 0, Time = 0 };
}

/// <summary><c>btcusdt@bookTicker</c>: the best quotes whenever they change; a slow reader gets only the newest.</summary>
internal sealed class BookTickerSource(StreamName name, StreamFeed feed) : StreamSource(name, feed)
{
    private BestQuote? _last;
    private bool _changed;

    public override void OnLevel(in LevelChange change) => _changed |= change.Instrument == Name.Instrument;

    public override void OnBatchEnd(EventBatch batch)
    {
        if (!_changed)
        {
            return;
        }

        _changed = false;
        var quote = Feed.Market.BestQuote(Name.Instrument);
        if (BookTickerJson.Differs(quote, _last))
        {
            _last = quote;
            BookTickerJson.Write(Feed.Buffer.Begin(), Feed.Symbols.All[Name.Instrument], quote, Feed.EventTime(quote.Time));
            PublishLatest();
        }
    }
}

/// <summary><c>!bookTicker</c>: the best quotes of all symbols whose quotes changed, every five seconds.</summary>
internal sealed class AllBookTickersSource(StreamName name, StreamFeed feed) : StreamSource(name, feed)
{
    private readonly BestQuote?[] _last = new BestQuote?[feed.Symbols.All.Count];

    public override void Tick()
    {
        foreach (var symbol in Feed.Symbols.All)
        {
            var quote = Feed.Market.BestQuote(symbol.Instrument);
            if (quote.UpdateId > 0 && BookTickerJson.Differs(quote, _last[symbol.Instrument]))
            {
                _last[symbol.Instrument] = quote;
                BookTickerJson.Write(Feed.Buffer.Begin(), symbol, quote, Feed.EventTime(quote.Time));
                Publish();
            }
        }
    }
}
