using Trellis.Simulator.MarketData;
using Trellis.Simulator.Venues.Binance.Json;

namespace Trellis.Simulator.Venues.Binance.Endpoints;

/// <summary>Mark price and funding.</summary>
internal static class FundingEndpoints
{
    private const int UsualRates = 100;
    private const int MostRates = 1000;

    /// <summary>Binance's interest of 0.01 % per 8 hours.</summary>
    private const decimal InterestRate = 0.0001m;

    /// <summary>The highest rate of an 8 hours' funding, and with a minus sign the lowest.</summary>
    private const decimal RateCap = 0.02m;

    public static ValueTask PremiumIndex(BinanceCall call) => TickerEndpoints.EachOrOne(call, static (call, symbol) =>
    {
        var writer = call.Answer;
        var mark = call.Services.MarketData.Mark(symbol.Instrument);
        writer.WriteStartObject();
        writer.WriteString("symbol"u8, symbol.Name);
        writer.WriteFixed("markPrice"u8, mark.MarkPrice, WireNumber.Money);
        writer.WriteFixed("indexPrice"u8, mark.IndexPrice, WireNumber.Money);
        writer.WriteFixed("estimatedSettlePrice"u8, mark.IndexPrice, WireNumber.Money);
        writer.WriteFixed("lastFundingRate"u8, mark.FundingRate, WireNumber.Money);
        writer.WriteFixed("interestRate"u8, InterestRate, WireNumber.Money);
        writer.WriteNumber("nextFundingTime"u8, mark.NextFundingTime);
        writer.WriteNumber("time"u8, mark.Time);
        writer.WriteEndObject();
    });

    public static ValueTask FundingRates(BinanceCall call)
    {
        var symbols = call.SymbolOrAll().ToList();
        var limit = call.Parameters.Limit(UsualRates, MostRates);
        var (from, to) = call.Parameters.Window();
        var settled = symbols
            .SelectMany(symbol => call.Services.MarketData.Fundings(symbol.Instrument, from, to, limit).Select(funding => (Symbol: symbol, Funding: funding)))
            .OrderBy(entry => entry.Funding.Time)
            .ToList();
        var writer = call.Answer;
        writer.WriteStartArray();
        foreach (var (symbol, funding) in from is null ? settled.TakeLast(limit) : settled.Take(limit))
        {
            WriteRate(call, symbol, funding);
        }

        writer.WriteEndArray();
        return ValueTask.CompletedTask;
    }

    public static ValueTask FundingInfo(BinanceCall call)
    {
        var hours = call.Services.Exchange.Read(static engine => engine.Instruments.Select(instrument => instrument.FundingHours).ToList());
        var writer = call.Answer;
        writer.WriteStartArray();
        foreach (var symbol in call.Services.Symbols.All)
        {
            writer.WriteStartObject();
            writer.WriteString("symbol"u8, symbol.Name);
            writer.WriteFixed("adjustedFundingRateCap"u8, RateCap, WireNumber.Money);
            writer.WriteFixed("adjustedFundingRateFloor"u8, -RateCap, WireNumber.Money);
            writer.WriteNumber("fundingIntervalHours"u8, hours[symbol.Instrument]);
            writer.WriteBoolean("disclaimer"u8, false);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        return ValueTask.CompletedTask;
    }

    private static void WriteRate(BinanceCall call, BinanceSymbol symbol, FundingView funding)
    {
        var writer = call.Answer;
        writer.WriteStartObject();
        writer.WriteString("symbol"u8, symbol.Name);
        writer.WriteNumber("fundingTime"u8, funding.Time);
        writer.WriteFixed("fundingRate"u8, funding.Rate, WireNumber.Money);
        writer.WriteFixed("markPrice"u8, funding.MarkPrice, WireNumber.Money);
        writer.WriteString("rateType"u8, "Regular"u8);
        writer.WriteEndObject();
    }
}
