using System.Globalization;
using System.Text.Json;

namespace Trellis.Core.Markets.Catalogue;

/// <summary>Reads the JSON tables that are built into the assembly.</summary>
internal static class CatalogueReader
{
    private const string Folder = ".Markets.Catalogue.";

    public static IReadOnlyList<CatalogueEntry> ReadAll()
    {
        var assembly = typeof(CatalogueReader).Assembly;
        var entries = new List<CatalogueEntry>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.Contains(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var table = JsonDocument.Parse(stream);
            entries.AddRange(Table(table.RootElement));
        }

        return entries;
    }

    private static List<CatalogueEntry> Table(JsonElement table)
    {
        var entries = new List<CatalogueEntry>();
        var exchange = Text(table, "exchange");
        var market = Text(table, "market") == "spot" ? MarketKind.Spot : MarketKind.Perp;
        var fees = (Maker: Share(table, "maker_fee_percent"), Taker: Share(table, "taker_fee_percent"));
        foreach (var row in table.GetProperty("instruments").EnumerateArray())
        {
            var instrument = new Instrument
            {
                Id = new InstrumentId(exchange, market, Text(row, "symbol")),
                BaseCurrency = Text(row, "base"),
                QuoteCurrency = Text(row, "quote"),
                ContractMultiplier = row.TryGetProperty("contract_multiplier", out var multiplier) ? multiplier.GetDecimal() : 1m,
                FeeCurrency = Text(table, "fee_currency") == "received" ? FeeCurrency.Received : FeeCurrency.Quote,
                Rules = [.. row.GetProperty("rules").EnumerateArray().Select(rules => Rules(rules, fees.Maker, fees.Taker))],
                LeverageTiers = row.TryGetProperty("leverage_tiers", out var tiers) ? Tiers(tiers) : [],
            };
            DateOnly? tiersAsOf = row.TryGetProperty("leverage_tiers_as_of", out var date) ? Date(date) : null;
            entries.Add(new CatalogueEntry(instrument, Date(table.GetProperty("as_of")), tiersAsOf, Text(table, "note")));
        }

        return entries;
    }

    private static InstrumentRules Rules(JsonElement rules, decimal maker, decimal taker) => new()
    {
        ValidFrom = rules.TryGetProperty("valid_from", out var date)
            ? new DateTimeOffset(Date(date), TimeOnly.MinValue, TimeSpan.Zero)
            : DateTimeOffset.UnixEpoch,
        TickSize = Number(rules, "tick_size"),
        LotSize = Number(rules, "lot_size"),
        MinQuantity = Number(rules, "min_quantity"),
        MinNotional = Number(rules, "min_notional"),
        MakerFee = maker,
        TakerFee = taker,
    };

    private static LeverageTier[] Tiers(JsonElement tiers)
    {
        var read = tiers.EnumerateArray()
            .Select(tier => new LeverageTier(Number(tier, "notional_cap"), Share(tier, "maintenance_percent"), Number(tier, "maintenance_deduction"), Number(tier, "max_leverage")))
            .ToArray();
        read[^1] = read[^1] with { NotionalCap = decimal.MaxValue };
        return read;
    }

    private static string Text(JsonElement row, string key) => row.GetProperty(key).GetString()!;

    private static decimal Number(JsonElement row, string key) => row.GetProperty(key).GetDecimal();

    private static decimal Share(JsonElement row, string key) => Number(row, key) / 100m;

    private static DateOnly Date(JsonElement text) => DateOnly.ParseExact(text.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
