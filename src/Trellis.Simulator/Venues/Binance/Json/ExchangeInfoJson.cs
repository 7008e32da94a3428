using System.Text.Json;
using Trellis.Core.Markets;
using Trellis.Core.Matching;
using Trellis.Simulator.Venues.Binance.Limits;

namespace Trellis.Simulator.Venues.Binance.Json;

/// <summary>The exchange's rules as <c>exchangeInfo</c> tells them.</summary>
internal static class ExchangeInfoJson
{
    /// <summary>2100-12-25, which stands for never.</summary>
    private const long NeverDelivered = 4133404800000;

    /// <summary>The day on which Binance's oldest perpetual began.</summary>
    private const long Onboarded = 1569398400000;

    /// <summary>Stands for no maximum.</summary>
    private const decimal NoMaximum = 1_000_000_000m;

    private static readonly string[] OrderTypes = ["LIMIT", "MARKET", "STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET"];
    private static readonly string[] TimesInForce = ["GTC", "IOC", "FOK", "GTX", "GTD"];

    /// <param name="factor">Multiplies the limits.</param>
    public static void WriteLimits(Utf8JsonWriter writer, IEnumerable<RateLimit> limits, double factor)
    {
        writer.WriteStartArray();
        foreach (var limit in limits)
        {
            writer.WriteStartObject();
            writer.WriteString("rateLimitType"u8, limit.Kind);
            writer.WriteString("interval"u8, limit.Interval);
            writer.WriteNumber("intervalNum"u8, limit.IntervalNumber);
            writer.WriteNumber("limit"u8, limit.Effective(factor));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void WriteAsset(Utf8JsonWriter writer, string asset)
    {
        writer.WriteStartObject();
        writer.WriteString("asset"u8, asset);
        writer.WriteBoolean("marginAvailable"u8, true);
        writer.WriteString("autoAssetExchange"u8, "-100"u8);
        writer.WriteEndObject();
    }

    /// <param name="rules">Those in force.</param>
    public static void WriteSymbol(Utf8JsonWriter writer, BinanceSymbol symbol, MatchingInstrument matching, InstrumentRules rules, bool isHalted)
    {
        var firstTier = matching.Instrument.LeverageTiers is [var tier, ..] ? tier : default;
        writer.WriteStartObject();
        writer.WriteString("symbol"u8, symbol.Name);
        writer.WriteString("pair"u8, symbol.Name);
        writer.WriteString("contractType"u8, "PERPETUAL"u8);
        writer.WriteNumber("deliveryDate"u8, NeverDelivered);
        writer.WriteNumber("onboardDate"u8, Onboarded);
        writer.WriteString("status"u8, isHalted ? "PENDING_TRADING" : "TRADING");
        writer.WriteFixed("maintMarginPercent"u8, firstTier.MaintenanceRate * 100m, 4);
        writer.WriteString("requiredMarginPercent"u8, "5.0000"u8);
        writer.WriteString("baseAsset"u8, symbol.BaseAsset);
        writer.WriteString("quoteAsset"u8, symbol.QuoteAsset);
        writer.WriteString("marginAsset"u8, symbol.QuoteAsset);
        writer.WriteNumber("pricePrecision"u8, symbol.PricePrecision);
        writer.WriteNumber("quantityPrecision"u8, symbol.QuantityPrecision);
        writer.WriteNumber("baseAssetPrecision"u8, 8);
        writer.WriteNumber("quotePrecision"u8, 8);
        writer.WriteString("underlyingType"u8, "COIN"u8);
        writer.WriteStartArray("underlyingSubType"u8);
        writer.WriteEndArray();
        writer.WriteNumber("settlePlan"u8, 0);
        writer.WriteString("triggerProtect"u8, "0.0500"u8);
        WriteFilters(writer, symbol, matching, rules);
        WriteWords(writer, "orderTypes"u8, OrderTypes);
        // The documentation spells it so, and clients that were written from it look there.
        WriteWords(writer, "OrderType"u8, OrderTypes);
        WriteWords(writer, "timeInForce"u8, TimesInForce);
        writer.WriteFixed("liquidationFee"u8, matching.LiquidationFee, 6);
        writer.WriteString("marketTakeBound"u8, "0.30"u8);
        writer.WriteEndObject();
    }

    private static void WriteFilters(Utf8JsonWriter writer, BinanceSymbol symbol, MatchingInstrument matching, InstrumentRules rules)
    {
        writer.WriteStartArray("filters"u8);
        Begin(writer, "PRICE_FILTER"u8);
        writer.WritePlain("maxPrice"u8, Most(matching.MaxPrice));
        writer.WriteFixed("minPrice"u8, matching.MinPrice == 0m ? rules.TickSize : matching.MinPrice, symbol.PricePrecision);
        writer.WriteFixed("tickSize"u8, rules.TickSize, symbol.PricePrecision);
        writer.WriteEndObject();
        WriteLots(writer, "LOT_SIZE"u8, matching.MaxQuantity, rules);
        WriteLots(writer, "MARKET_LOT_SIZE"u8, matching.MaxMarketQuantity, rules);
        Begin(writer, "MAX_NUM_ORDERS"u8);
        writer.WriteNumber("limit"u8, matching.MaxOpenOrders);
        writer.WriteEndObject();
        Begin(writer, "MAX_NUM_ALGO_ORDERS"u8);
        writer.WriteNumber("limit"u8, matching.MaxConditionalOrders);
        writer.WriteEndObject();
        Begin(writer, "MIN_NOTIONAL"u8);
        writer.WritePlain("notional"u8, rules.MinNotional);
        writer.WriteEndObject();
        if (matching.PriceBandUp > 0m)
        {
            Begin(writer, "PERCENT_PRICE"u8);
            writer.WriteFixed("multiplierUp"u8, matching.PriceBandUp, 4);
            writer.WriteFixed("multiplierDown"u8, matching.PriceBandDown, 4);
            writer.WriteString("multiplierDecimal"u8, "4"u8);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteLots(Utf8JsonWriter writer, ReadOnlySpan<byte> type, decimal most, InstrumentRules rules)
    {
        Begin(writer, type);
        writer.WritePlain("maxQty"u8, Most(most));
        writer.WritePlain("minQty"u8, rules.MinQuantity == 0m ? rules.LotSize : rules.MinQuantity);
        writer.WritePlain("stepSize"u8, rules.LotSize);
        writer.WriteEndObject();
    }

    /// <summary>Binance's filters always name a maximum.</summary>
    private static decimal Most(decimal maximum) => maximum == 0m ? NoMaximum : maximum;

    private static void Begin(Utf8JsonWriter writer, ReadOnlySpan<byte> type)
    {
        writer.WriteStartObject();
        writer.WriteString("filterType"u8, type);
    }

    private static void WriteWords(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string[] words)
    {
        writer.WriteStartArray(name);
        foreach (var word in words)
        {
            writer.WriteStringValue(word);
        }

        writer.WriteEndArray();
    }
}
