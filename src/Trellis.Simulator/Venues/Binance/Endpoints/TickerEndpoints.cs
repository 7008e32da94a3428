using Trellis.Core.Matching.Accounts;
using Trellis.Simulator.Venues.Binance.Json;
using Trellis.Simulator.Venues.Binance.Requests;

namespace Trellis.Simulator.Venues.Binance.Endpoints;

/// <summary>Prices as they are now, of one symbol or of all: an object with the parameter <c>symbol</c>, an array without.</summary>
internal static class TickerEndpoints
{
    /// <summary>The weight of one symbol and of all.</summary>
    public static Func<Parameters, int> Weight(int one, int all) => parameters => parameters.Has("symbol") ? one : all;

    public static ValueTask Day(BinanceCall call) => EachOrOne(call, WriteDay);

    public static ValueTask Price(BinanceCall call) => EachOrOne(call, static (call, symbol) =>
    {
        var writer = call.Answer;
        var ticker = call.Services.MarketData.Ticker(symbol.Instrument);
        writer.WriteStartObject();
        writer.WriteString("symbol"u8, symbol.Name);
        writer.WriteFixed("price"u8, ticker.Last, symbol.PricePrecision);
        writer.WriteNumber("time"u8, ticker.CloseTime);
        writer.WriteEndObject();
    });

    public static ValueTask Book(BinanceCall call) => EachOrOne(call, static (call, symbol) =>
    {
        var writer = call.Answer;
        var quote = call.Services.MarketData.BestQuote(symbol.Instrument);
        writer.WriteStartObject();
        writer.WriteNumber("lastUpdateId"u8, quote.UpdateId);
        writer.WriteString("symbol"u8, symbol.Name);
        writer.WriteFixed("bidPrice"u8, quote.BidPrice, symbol.PricePrecision);
        writer.WriteFixed("bidQty"u8, quote.BidQuantity, symbol.QuantityPrecision);
        writer.WriteFixed("askPrice"u8, quote.AskPrice, symbol.PricePrecision);
        writer.WriteFixed("askQty"u8, quote.AskQuantity, symbol.QuantityPrecision);
        writer.WriteNumber("time"u8, quote.Time);
        writer.WriteEndObject();
    });

    public static ValueTask OpenInterest(BinanceCall call)
    {
        var symbol = call.Symbol();
        var (longs, time) = call.Services.Exchange.Read(engine => (
            Enumerable.Range(0, engine.AccountCount).SelectMany(account => engine.Summarize(new AccountId(account)).Positions)
                .Where(position => position.Instrument == symbol.Instrument)
                .Sum(position => Math.Max(0m, position.Quantity)),
            engine.Time));
        var writer = call.Answer;
        writer.WriteStartObject();
        writer.WriteString("symbol"u8, symbol.Name);
        writer.WriteFixed("openInterest"u8, longs, symbol.QuantityPrecision);
        writer.WriteNumber("time"u8, time);
        writer.WriteEndObject();
        return ValueTask.CompletedTask;
    }

    internal static ValueTask EachOrOne(BinanceCall call, Action<BinanceCall, BinanceSymbol> write)
    {
        if (call.OptionalSymbol() is { } one)
        {
            write(call, one);
            return ValueTask.CompletedTask;
        }

        call.Answer.WriteStartArray();
        foreach (var symbol in call.Services.Symbols.All)
        {
            write(call, symbol);
        }

        call.Answer.WriteEndArray();
        return ValueTask.CompletedTask;
    }

    private static void WriteDay(BinanceCall call, BinanceSymbol symbol)
    {
        var writer = call.Answer;
        var day = call.Services.MarketData.Ticker(symbol.Instrument);
        var change = day.Last - day.Open;
        writer.WriteStartObject();
        writer.WriteString("symbol"u8, symbol.Name);
        writer.WriteFixed("priceChange"u8, change, symbol.PricePrecision);
        writer.WriteFixed("priceChangePercent"u8, day.Open == 0m ? 0m : change / day.Open * 100m, 3);
        writer.WriteFixed("weightedAvgPrice"u8, day.Volume == 0m ? day.Last : day.QuoteVolume / day.Volume, symbol.PricePrecision);
        writer.WriteFixed("lastPrice"u8, day.Last, symbol.PricePrecision);
        writer.WriteFixed("lastQty"u8, day.LastQuantity, symbol.QuantityPrecision);
        writer.WriteFixed("openPrice"u8, day.Open, symbol.PricePrecision);
        writer.WriteFixed("highPrice"u8, day.High, symbol.PricePrecision);
        writer.WriteFixed("lowPrice"u8, day.Low, symbol.PricePrecision);
        writer.WriteFixed("volume"u8, day.Volume, symbol.QuantityPrecision);
        writer.WriteFixed("quoteVolume"u8, day.QuoteVolume, symbol.NotionalPrecision);
        writer.WriteNumber("openTime"u8, day.OpenTime);
        writer.WriteNumber("closeTime"u8, day.CloseTime);
        writer.WriteNumber("firstId"u8, day.FirstTradeId);
        writer.WriteNumber("lastId"u8, day.LastTradeId);
        writer.WriteNumber("count"u8, day.Trades);
        writer.WriteEndObject();
    }
}
