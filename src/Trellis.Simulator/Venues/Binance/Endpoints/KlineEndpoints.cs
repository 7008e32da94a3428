using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Trellis.Simulator.MarketData;
using Trellis.Simulator.Venues.Binance.Errors;
using Trellis.Simulator.Venues.Binance.Json;
using Trellis.Simulator.Venues.Binance.Requests;

namespace Trellis.Simulator.Venues.Binance.Endpoints;

/// <summary>Candles.</summary>
internal static class KlineEndpoints
{
    private const int Usual = 500;
    private const int Most = 1500;

    private static readonly Dictionary<string, KlineInterval> Intervals = new(StringComparer.Ordinal)
    {
        ["1m"] = KlineInterval.OneMinute,
        ["3m"] = KlineInterval.ThreeMinutes,
        ["5m"] = KlineInterval.FiveMinutes,
        ["15m"] = KlineInterval.FifteenMinutes,
        ["30m"] = KlineInterval.ThirtyMinutes,
        ["1h"] = KlineInterval.OneHour,
        ["2h"] = KlineInterval.TwoHours,
        ["4h"] = KlineInterval.FourHours,
        ["6h"] = KlineInterval.SixHours,
        ["8h"] = KlineInterval.EightHours,
        ["12h"] = KlineInterval.TwelveHours,
        ["1d"] = KlineInterval.OneDay,
        ["3d"] = KlineInterval.ThreeDays,
        ["1w"] = KlineInterval.OneWeek,
        ["1M"] = KlineInterval.OneMonth,
    };

    public static int Weight(Parameters parameters)
    {
        var limit = int.TryParse(parameters.Find("limit"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : Usual;
        return limit switch
        {
            < 100 => 1,
            < 500 => 2,
            <= 1000 => 5,
            _ => 10,
        };
    }

    public static ValueTask Klines(BinanceCall call) => Write(call, call.Symbol());

    public static ValueTask MarkPriceKlines(BinanceCall call) => WritePrices(call, call.Symbol(), call.Services.MarketData.MarkKlines);

    public static ValueTask IndexPriceKlines(BinanceCall call) => WritePrices(call, Pair(call), call.Services.MarketData.IndexKlines);

    public static ValueTask ContinuousKlines(BinanceCall call)
    {
        var symbol = Pair(call);
        return call.Parameters.Required("contractType") switch
        {
            "PERPETUAL" => Write(call, symbol),
            "CURRENT_QUARTER" or "NEXT_QUARTER" => throw new RequestRefusedException(RequestErrors.NotSimulated("only PERPETUAL contracts are simulated")),
            _ => throw new RequestRefusedException(new BinanceError(-4104, "Invalid contract type")),
        };
    }

    /// <summary>The parameter <c>pair</c>, under which indices and continuous contracts are listed.</summary>
    private static BinanceSymbol Pair(BinanceCall call) =>
        TryFindPair(call, out var symbol) ? symbol : throw new RequestRefusedException(new BinanceError(-4144, "Invalid pair"));

    /// <summary>The parameter <c>interval</c>; -1120 where it is none of Binance's.</summary>
    private static KlineInterval Interval(Parameters parameters) =>
        Intervals.TryGetValue(parameters.Required("interval"), out var interval) ? interval : throw new RequestRefusedException(RequestErrors.InvalidInterval);

    private static bool TryFindPair(BinanceCall call, [NotNullWhen(true)] out BinanceSymbol? symbol) =>
        call.Services.Symbols.TryFind(call.Parameters.Required("pair"), out symbol);

    /// <summary>Candles of a price that nobody trades at: volumes are 0.</summary>
    private static ValueTask WritePrices(BinanceCall call, BinanceSymbol symbol, Func<int, KlineInterval, long?, long?, int, IReadOnlyList<Kline>> read)
    {
        var interval = Interval(call.Parameters);
        var limit = call.Parameters.Limit(Usual, Most);
        var (from, to) = call.Parameters.Window();
        var writer = call.Answer;
        writer.WriteStartArray();
        foreach (var kline in read(symbol.Instrument, interval, from, to, limit))
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(kline.OpenTime);
            writer.WriteFixed(kline.Open, WireNumber.Money);
            writer.WriteFixed(kline.High, WireNumber.Money);
            writer.WriteFixed(kline.Low, WireNumber.Money);
            writer.WriteFixed(kline.Close, WireNumber.Money);
            writer.WriteStringValue("0"u8);
            writer.WriteNumberValue(kline.CloseTime);
            writer.WriteStringValue("0"u8);
            writer.WriteNumberValue(kline.Trades);
            writer.WriteStringValue("0"u8);
            writer.WriteStringValue("0"u8);
            writer.WriteStringValue("0"u8);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        return ValueTask.CompletedTask;
    }

    private static ValueTask Write(BinanceCall call, BinanceSymbol symbol)
    {
        var interval = Interval(call.Parameters);
        var limit = call.Parameters.Limit(Usual, Most);
        var (from, to) = call.Parameters.Window();
        var writer = call.Answer;
        writer.WriteStartArray();
        foreach (var kline in call.Services.MarketData.Klines(symbol.Instrument, interval, from, to, limit))
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(kline.OpenTime);
            writer.WriteFixed(kline.Open, symbol.PricePrecision);
            writer.WriteFixed(kline.High, symbol.PricePrecision);
            writer.WriteFixed(kline.Low, symbol.PricePrecision);
            writer.WriteFixed(kline.Close, symbol.PricePrecision);
            writer.WriteFixed(kline.Volume, symbol.QuantityPrecision);
            writer.WriteNumberValue(kline.CloseTime);
            writer.WriteFixed(kline.QuoteVolume, symbol.NotionalPrecision);
            writer.WriteNumberValue(kline.Trades);
            writer.WriteFixed(kline.TakerBuyVolume, symbol.QuantityPrecision);
            writer.WriteFixed(kline.TakerBuyQuoteVolume, symbol.NotionalPrecision);
            writer.WriteStringValue("0"u8);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        return ValueTask.CompletedTask;
    }
}
