using System.Text.Json;
using Trellis.Core.Markets;
using Trellis.Core.Markets.Catalogue;

namespace Trellis.Exchanges.Binance.Json;

/// <summary>Reads what can be traded, and by which rules.</summary>
internal static class InstrumentReader
{
    /// <summary>What Binance takes of a beginner; the account's own fees are not part of the list.</summary>
    private const decimal UsualMakerFee = 0.0002m;
    private const decimal UsualTakerFee = 0.0005m;

    /// <summary>Linear perpetuals that are traded; others and those whose names are not upper case letters and digits are left out.</summary>
    public static IReadOnlyList<Instrument> Instruments(JsonElement information, IReadOnlyDictionary<string, IReadOnlyList<LeverageTier>> tiers)
    {
        var instruments = new List<Instrument>();
        foreach (var symbol in information.Inner("symbols").Items())
        {
            var name = symbol.Text("symbol");
            if (symbol.TextOrEmpty("status") == "TRADING"
                && symbol.TextOrEmpty("contractType").EndsWith("PERPETUAL", StringComparison.Ordinal)
                && symbol.TextOrEmpty("marginAsset") == symbol.Text("quoteAsset")
                && name.All(char.IsAsciiLetterOrDigit))
            {
                instruments.Add(Read(symbol, name, tiers));
            }
        }

        return instruments;
    }

    public static IReadOnlyDictionary<string, IReadOnlyList<LeverageTier>> LeverageTiers(JsonElement list)
    {
        var all = new Dictionary<string, IReadOnlyList<LeverageTier>>(StringComparer.Ordinal);
        foreach (var symbol in list.Items())
        {
            var tiers = symbol.Inner("brackets").Items()
                .Select(bracket => new LeverageTier(bracket.Number("notionalCap"), bracket.Number("maintMarginRatio"), bracket.NumberOrZero("cum"), bracket.Number("initialLeverage")))
                .OrderBy(tier => tier.NotionalCap)
                .ToArray();
            if (tiers.Length > 0)
            {
                tiers[^1] = tiers[^1] with { NotionalCap = decimal.MaxValue };
                all[symbol.Text("symbol")] = tiers;
            }
        }

        return all;
    }

    /// <summary>The limits of requests: weight a minute, orders in 10 seconds, orders in a minute; null where they are not told.</summary>
    public static (int? Weight, int? OrdersOfTenSeconds, int? OrdersOfMinute) Limits(JsonElement information)
    {
        (int? Weight, int? OrdersOfTenSeconds, int? OrdersOfMinute) limits = default;
        foreach (var limit in information.Inner("rateLimits").Items())
        {
            var most = (int)limit.Whole("limit");
            switch (limit.TextOrEmpty("rateLimitType"), limit.TextOrEmpty("interval"), limit.WholeOrZero("intervalNum"))
            {
                case ("REQUEST_WEIGHT", "MINUTE", 1):
                    limits.Weight = most;
                    break;
                case ("ORDERS", "SECOND", 10):
                    limits.OrdersOfTenSeconds = most;
                    break;
                case ("ORDERS", "MINUTE", 1):
                    limits.OrdersOfMinute = most;
                    break;
                default:
                    break;
            }
        }

        return limits;
    }

    private static Instrument Read(JsonElement symbol, string name, IReadOnlyDictionary<string, IReadOnlyList<LeverageTier>> tiers)
    {
        var id = Words.Instrument(name);
        var known = InstrumentCatalogue.Default.Find(id)?.Instrument;
        var filters = symbol.Inner("filters").ItemsBy("filterType", static filter => filter);
        var price = Filter(filters, "PRICE_FILTER", name);
        var lot = Filter(filters, "LOT_SIZE", name);
        // Market orders have a filter of their own: what both allow is what counts.
        var market = filters.GetValueOrDefault("MARKET_LOT_SIZE");
        return new Instrument
        {
            Id = id,
            BaseCurrency = symbol.Text("baseAsset"),
            QuoteCurrency = symbol.Text("quoteAsset"),
            FeeCurrency = FeeCurrency.Quote,
            LeverageTiers = tiers.GetValueOrDefault(name) ?? known?.LeverageTiers ?? [],
            Rules =
            [
                new InstrumentRules
                {
                    TickSize = price.Number("tickSize"),
                    LotSize = Math.Max(lot.Number("stepSize"), market.ValueKind == JsonValueKind.Object ? market.NumberOrZero("stepSize") : 0m),
                    MinQuantity = Math.Max(lot.Number("minQty"), market.ValueKind == JsonValueKind.Object ? market.NumberOrZero("minQty") : 0m),
                    MinNotional = filters.TryGetValue("MIN_NOTIONAL", out var notional) ? notional.NumberOrZero("notional") : 0m,
                    MakerFee = known?.Rules[^1].MakerFee ?? UsualMakerFee,
                    TakerFee = known?.Rules[^1].TakerFee ?? UsualTakerFee,
                },
            ],
        };
    }

    private static JsonElement Filter(Dictionary<string, JsonElement> filters, string type, string symbol) =>
        filters.TryGetValue(type, out var filter) ? filter : throw new WireFormatException($"{symbol} has no filter {type}");
}
