using System.Text.Json;
using Trellis.Simulator.MarketData;
using Trellis.Simulator.Venues.Binance.Json;

namespace Trellis.Simulator.Venues.Binance.Streams.Market;

/// <summary><c>btcusdt@kline_1m</c> and its continuous kin: the candle under way when it changed, and every candle once when it is over.</summary>
internal sealed class KlineSource : StreamSource
{
    private const int MostAtOnce = 1_000;

    private Kline? _last;

    public KlineSource(StreamName name, StreamFeed feed)
        : base(name, feed) => _last = feed.Market.Klines(name.Instrument, name.Interval, null, null, 1) is [var current] ? current : null;

    public override void Tick()
    {
        // At a market's higher speeds several candles end within one period.
        foreach (var kline in Feed.Market.Klines(Name.Instrument, Name.Interval, _last?.OpenTime, null, MostAtOnce))
        {
            if (kline != _last)
            {
                _last = kline;
                Write(Feed.Buffer.Begin(), kline);
                Publish();
            }
        }
    }

    private void Write(Utf8JsonWriter writer, Kline kline)
    {
        var symbol = Feed.Symbols.All[Name.Instrument];
        var isContinuous = Name.Kind == StreamKind.ContinuousKline;
        writer.WriteStartObject();
        writer.WriteString("e"u8, isContinuous ? "continuous_kline"u8 : "kline"u8);
        writer.WriteNumber("E"u8, Feed.EventTime(Feed.Market.Time));
        if (isContinuous)
        {
            writer.WriteString("ps"u8, symbol.Name);
            writer.WriteString("ct"u8, "PERPETUAL"u8);
        }
        else
        {
            writer.WriteString("s"u8, symbol.Name);
        }

        writer.WriteStartObject("k"u8);
        writer.WriteNumber("t"u8, kline.OpenTime);
        writer.WriteNumber("T"u8, kline.CloseTime);
        if (!isContinuous)
        {
            writer.WriteString("s"u8, symbol.Name);
        }

        writer.WriteString("i"u8, StreamName.WordOf(Name.Interval));
        writer.WriteNumber("f"u8, kline.FirstTradeId);
        writer.WriteNumber("L"u8, kline.LastTradeId);
        writer.WriteFixed("o"u8, kline.Open, symbol.PricePrecision);
        writer.WriteFixed("c"u8, kline.Close, symbol.PricePrecision);
        writer.WriteFixed("h"u8, kline.High, symbol.PricePrecision);
        writer.WriteFixed("l"u8, kline.Low, symbol.PricePrecision);
        writer.WriteFixed("v"u8, kline.Volume, symbol.QuantityPrecision);
        writer.WriteNumber("n"u8, kline.Trades);
        writer.WriteBoolean("x"u8, kline.IsClosed);
        writer.WriteFixed("q"u8, kline.QuoteVolume, symbol.NotionalPrecision);
        writer.WriteFixed("V"u8, kline.TakerBuyVolume, symbol.QuantityPrecision);
        writer.WriteFixed("Q"u8, kline.TakerBuyQuoteVolume, symbol.NotionalPrecision);
        writer.WriteString("B"u8, "0"u8);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
