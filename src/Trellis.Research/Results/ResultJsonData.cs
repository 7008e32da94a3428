using System.Globalization;
using System.Text.Json;
using Trellis.Core.Markets;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Results;

/// <summary>The part of <c>result.json</c> that says which data and which rules an instrument had.</summary>
internal static class ResultJsonData
{
    public static void Write(Utf8JsonWriter json, DataDescription data, RunRange range)
    {
        json.WriteStartObject();
        json.WriteString("instrument", data.Instrument.Id.ToString());
        json.WriteString("interval", data.Interval.ToString());
        json.WriteNumber("candles", range.Count - data.Holes);
        json.WriteNumber("holes", data.Holes);
        json.WriteStartArray("longest_holes");
        foreach (var hole in data.LongestHoles)
        {
            json.WriteStartObject();
            json.WriteString("from", CanonicalText.Time(hole.Start));
            json.WriteNumber("candles", hole.Candles);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("fingerprint", data.Fingerprint);
        json.WriteString("generated_by", data.GeneratedBy);
        json.WriteString("source_from", CanonicalText.Time(data.SourceFrom));
        json.WriteString("source_to", CanonicalText.Time(data.SourceTo));
        json.WriteString("catalogue_as_of", Date(data.Source?.CatalogueAsOf));
        json.WriteString("leverage_tiers_as_of", Date(data.Source?.LeverageTiersAsOf));
        json.WriteString("funding_file", data.Source?.FundingFile);
        json.WriteNumber("funding_rates", data.FundingRates);
        json.WriteString("funding_sha256", data.FundingSha256);
        json.WriteString("fee_currency", data.Instrument.FeeCurrency == FeeCurrency.Quote ? "quote" : "received");
        json.WriteString("contract_multiplier", CanonicalText.Of(data.Instrument.ContractMultiplier));
        Rules(json, data.Instrument);
        Tiers(json, data.Instrument);
        json.WriteEndObject();
    }

    private static void Rules(Utf8JsonWriter json, Instrument instrument)
    {
        json.WriteStartArray("rules");
        foreach (var rules in instrument.Rules)
        {
            json.WriteStartObject();
            json.WriteString("valid_from", CanonicalText.Time(rules.ValidFrom.ToUnixTimeMilliseconds()));
            json.WriteString("tick_size", CanonicalText.Of(rules.TickSize));
            json.WriteString("lot_size", CanonicalText.Of(rules.LotSize));
            json.WriteString("min_quantity", CanonicalText.Of(rules.MinQuantity));
            json.WriteString("min_notional", CanonicalText.Of(rules.MinNotional));
            json.WriteString("maker_fee_percent", CanonicalText.Of(rules.MakerFee * 100));
            json.WriteString("taker_fee_percent", CanonicalText.Of(rules.TakerFee * 100));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Tiers(Utf8JsonWriter json, Instrument instrument)
    {
        json.WriteStartArray("leverage_tiers");
        foreach (var tier in instrument.LeverageTiers)
        {
            json.WriteStartObject();
            json.WriteString("notional_cap", tier.NotionalCap == decimal.MaxValue ? null : CanonicalText.Of(tier.NotionalCap));
            json.WriteString("maintenance_percent", CanonicalText.Of(tier.MaintenanceRate * 100));
            json.WriteString("maintenance_deduction", CanonicalText.Of(tier.MaintenanceDeduction));
            json.WriteString("max_leverage", CanonicalText.Of(tier.MaxLeverage));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string? Date(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
