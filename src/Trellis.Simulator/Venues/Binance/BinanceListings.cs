using Trellis.Simulator.Markets.Listings;

namespace Trellis.Simulator.Venues.Binance;

/// <summary>What Binance's USDⓈ-M futures demand of orders.</summary>
public static class BinanceListings
{
    public static ListingRules Rules { get; } = new()
    {
        Exchange = "binance",
        DefaultSymbols = ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT"],
        Filters = Filters(),

        // Documented are 1.15 and 0.85, narrowed to 5 % for some symbols at some times; clients are written for the wide band.
        PriceBandUp = 1.15m,
        PriceBandDown = 0.85m,
        MinOrderLife = 600_000,
    };

    /// <summary>Those of 2026-03-31 (GET /fapi/v1/exchangeInfo); start prices are round figures of that time.</summary>
    private static Dictionary<string, MarketFilters> Filters() => new(StringComparer.Ordinal)
    {
        ["BTCUSDT"] = new(65_000m, 261.10m, 809_484m, 1_000m, 120m, 0.02m),
        ["ETHUSDT"] = new(2_500m, 39.86m, 306_177m, 10_000m, 10_000m, 0.02m),
        ["SOLUSDT"] = new(150m, 0.42m, 6_857m, 1_000_000m, 6_000m, 0.02m),
        ["XRPUSDT"] = new(2m, 0.0143m, 100_000m, 1_000_000m, 1_000_000m, 0.02m),
        ["BNBUSDT"] = new(600m, 6.6m, 100_000m, 10_000m, 100_000m, 0.02m),
        ["DOGEUSDT"] = new(0.15m, 0.00244m, 30m, 10_000_000m, 10_000_000m, 0.02m),
        ["ADAUSDT"] = new(0.5m, 0.0174m, 20_000m, 10_000_000m, 10_000_000m, 0.02m),
        ["AVAXUSDT"] = new(25m, 0.35m, 2_403m, 10_000_000m, 10_000_000m, 0.02m),
        ["LINKUSDT"] = new(15m, 0.464m, 100_000m, 100_000m, 100_000m, 0.02m),
        ["LTCUSDT"] = new(90m, 3.61m, 100_000m, 10_000m, 10_000m, 0.015m),
        ["TRXUSDT"] = new(0.3m, 0.00132m, 20_000m, 10_000_000m, 10_000_000m, 0.025m),
        ["DOTUSDT"] = new(5m, 0.001m, 2_398m, 1_000_000m, 1_000_000m, 0.02m),
    };
}
