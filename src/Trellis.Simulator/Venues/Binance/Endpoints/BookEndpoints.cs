using System.Globalization;
using System.Text.Json;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Orders;
using Trellis.Simulator.MarketData;
using Trellis.Simulator.Venues.Binance.Errors;
using Trellis.Simulator.Venues.Binance.Json;
using Trellis.Simulator.Venues.Binance.Requests;

namespace Trellis.Simulator.Venues.Binance.Endpoints;

/// <summary>The order book and the trades of a market.</summary>
internal static class BookEndpoints
{
    private const int UsualDepth = 500;
    private const int UsualTrades = 500;
    private const int MostTrades = 1000;
    private static readonly int[] Depths = [5, 10, 20, 50, 100, 500, 1000];

    public static int DepthWeight(Parameters parameters) => ReadDepth(parameters) switch
    {
        <= 50 => 2,
        100 => 5,
        500 => 10,
        _ => 20,
    };

    public static async ValueTask Depth(BinanceCall call)
    {
        var symbol = call.Symbol();
        var depth = ReadDepth(call.Parameters);
        if (depth < 0)
        {
            throw new RequestRefusedException(RequestErrors.DepthLimit(call.Parameters.Find("limit") ?? ""));
        }

        var (bids, asks, update, time) = await call.Services.Exchange.ReadAsync(engine => (
            engine.Levels(symbol.Instrument, Side.Buy, depth),
            engine.Levels(symbol.Instrument, Side.Sell, depth),
            engine.LastUpdateId(symbol.Instrument),
            engine.Time));
        var writer = call.Answer;
        writer.WriteStartObject();
        writer.WriteNumber("lastUpdateId"u8, update);
        writer.WriteNumber("E"u8, Math.Max(time, call.Services.MarketTime));
        writer.WriteNumber("T"u8, time);
        WriteLevels(writer, "bids"u8, symbol, bids);
        WriteLevels(writer, "asks"u8, symbol, asks);
        writer.WriteEndObject();
    }

    public static ValueTask Trades(BinanceCall call)
    {
        var symbol = call.Symbol();
        return WriteTrades(call, symbol, call.Services.MarketData.Trades(symbol.Instrument, null, call.Parameters.Limit(UsualTrades, MostTrades)));
    }

    public static ValueTask HistoricalTrades(BinanceCall call)
    {
        var symbol = call.Symbol();
        var limit = call.Parameters.Limit(UsualTrades, MostTrades);
        return WriteTrades(call, symbol, call.Services.MarketData.Trades(symbol.Instrument, call.Parameters.OptionalLong("fromId"), limit));
    }

    public static ValueTask AggregateTrades(BinanceCall call)
    {
        var symbol = call.Symbol();
        var limit = call.Parameters.Limit(UsualTrades, MostTrades);
        var fromId = call.Parameters.OptionalLong("fromId");
        var (from, to) = call.Parameters.Window();
        var writer = call.Answer;
        writer.WriteStartArray();
        foreach (var trade in call.Services.MarketData.AggregateTrades(symbol.Instrument, fromId, from, to, limit))
        {
            writer.WriteStartObject();
            writer.WriteNumber("a"u8, trade.Id);
            writer.WriteFixed("p"u8, trade.Price, symbol.PricePrecision);
            writer.WriteFixed("q"u8, trade.Quantity, symbol.QuantityPrecision);
            writer.WriteFixed("nq"u8, trade.Quantity, symbol.QuantityPrecision);
            writer.WriteNumber("f"u8, trade.FirstTradeId);
            writer.WriteNumber("l"u8, trade.LastTradeId);
            writer.WriteNumber("T"u8, trade.Time);
            writer.WriteBoolean("m"u8, trade.Aggressor == Side.Sell);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        return ValueTask.CompletedTask;
    }

    private static ValueTask WriteTrades(BinanceCall call, BinanceSymbol symbol, IReadOnlyList<MarketTrade> trades)
    {
        var writer = call.Answer;
        writer.WriteStartArray();
        foreach (var trade in trades)
        {
            writer.WriteStartObject();
            writer.WriteNumber("id"u8, trade.Id);
            writer.WriteFixed("price"u8, trade.Price, symbol.PricePrecision);
            writer.WriteFixed("qty"u8, trade.Quantity, symbol.QuantityPrecision);
            writer.WriteFixed("quoteQty"u8, trade.Price * trade.Quantity, symbol.NotionalPrecision);
            writer.WriteNumber("time"u8, trade.Time);
            writer.WriteBoolean("isBuyerMaker"u8, trade.Aggressor == Side.Sell);
            writer.WriteBoolean("isRPITrade"u8, false);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        return ValueTask.CompletedTask;
    }

    private static void WriteLevels(Utf8JsonWriter writer, ReadOnlySpan<byte> name, BinanceSymbol symbol, IReadOnlyList<QuoteLevel> levels)
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

    /// <summary>−1 where it is none that Binance has.</summary>
    private static int ReadDepth(Parameters parameters)
    {
        var text = parameters.Find("limit");
        return text is null ? UsualDepth
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var depth) && Depths.Contains(depth) ? depth : -1;
    }
}
