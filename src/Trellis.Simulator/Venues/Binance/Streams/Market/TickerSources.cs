using System.Text.Json;
using Trellis.Simulator.MarketData;
using Trellis.Simulator.Venues.Binance.Json;

namespace Trellis.Simulator.Venues.Binance.Streams.Market;

internal static class TickerJson
{
    private const int PercentDecimals = 3;

    /// <param name="isMini">Without changes, last quantity and trade ids.</param>
    public static void Write(Utf8JsonWriter writer, BinanceSymbol symbol, DayTicker ticker, bool isMini, long eventTime)
    {
        writer.WriteStartObject();
        writer.WriteString("e"u8, isMini ? "24hrMiniTicker"u8 : "24hrTicker"u8);
        writer.WriteNumber("E"u8, eventTime);
        writer.WriteString("s"u8, symbol.Name);
        if (!isMini)
        {
            var change = ticker.Last - ticker.Open;
            writer.WriteFixed("p"u8, change, symbol.PricePrecision);
            writer.WriteFixed("P"u8, ticker.Open == 0 ? 0 : 100 * change / ticker.Open, PercentDecimals);
            writer.WriteFixed("w"u8, ticker.Volume == 0 ? ticker.Last : ticker.QuoteVolume / ticker.Volume, symbol.PricePrecision);
        }

        writer.WriteFixed("c"u8, ticker.Last, symbol.PricePrecision);
        if (!isMini)
        {
            writer.WriteFixed("Q"u8, ticker.LastQuantity, symbol.QuantityPrecision);
        }

        writer.WriteFixed("o"u8, ticker.Open, symbol.PricePrecision);
        writer.WriteFixed("h"u8, ticker.High, symbol.PricePrecision);
        writer.WriteFixed("l"u8, ticker.Low, symbol.PricePrecision);
        writer.WriteFixed("v"u8, ticker.Volume, symbol.QuantityPrecision);
        writer.WriteFixed("q"u8, ticker.QuoteVolume, symbol.NotionalPrecision);
        if (!isMini)
        {
            writer.WriteNumber("O"u8, ticker.OpenTime);
            writer.WriteNumber("C"u8, ticker.CloseTime);
            writer.WriteNumber("F"u8, ticker.FirstTradeId);
            writer.WriteNumber("L"u8, ticker.LastTradeId);
            writer.WriteNumber("n"u8, ticker.Trades);
        }

        writer.WriteString("ps"u8, symbol.Name);
        writer.WriteNumber("st"u8, StreamFeed.SymbolType);
        writer.WriteEndObject();
    }
}

/// <summary>The tickers of one symbol or of all, once a second, of those on which something was traded or whose day moved on.</summary>
internal sealed class TickerSource(StreamName name, StreamFeed feed) : StreamSource(name, feed)
{
    private readonly DayTicker?[] _last = new DayTicker?[feed.Symbols.All.Count];

    private bool IsMini => Name.Kind is StreamKind.MiniTicker or StreamKind.AllMiniTickers;

    private bool IsArray => Name.Kind is StreamKind.AllTickers or StreamKind.AllMiniTickers;

    public override void Welcome() => Array.Clear(_last);

    public override void Tick()
    {
        if (!IsArray)
        {
            if (News(Feed.Symbols.All[Name.Instrument]) is { } ticker)
            {
                TickerJson.Write(Feed.Buffer.Begin(), Feed.Symbols.All[Name.Instrument], ticker, IsMini, Feed.EventTime(ticker.CloseTime));
                Publish();
            }

            return;
        }

        var news = Feed.Symbols.All.Select(News).OfType<DayTicker>().ToList();
        if (news.Count == 0)
        {
            return;
        }

        var writer = Feed.Buffer.Begin();
        writer.WriteStartArray();
        foreach (var ticker in news)
        {
            TickerJson.Write(writer, Feed.Symbols.All[ticker.Instrument], ticker, IsMini, Feed.EventTime(ticker.CloseTime));
        }

        writer.WriteEndArray();
        Publish();
    }

    private DayTicker? News(BinanceSymbol symbol)
    {
        var ticker = Feed.Market.Ticker(symbol.Instrument);
        if (ticker.Last == 0 || ticker with { CloseTime = 0 } == _last[symbol.Instrument])
        {
            return null;
        }

        _last[symbol.Instrument] = ticker with { CloseTime = 0 };
        return ticker;
    }
}
