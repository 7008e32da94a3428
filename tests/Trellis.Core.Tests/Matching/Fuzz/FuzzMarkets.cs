using Trellis.Core.Markets;
using Trellis.Core.Matching;

namespace Trellis.Core.Tests.Matching.Fuzz;

/// <summary>The instruments of the fuzz: unlike ticks, lots, multipliers, fees and limits.</summary>
internal static class FuzzMarkets
{
    /// <param name="limits">Whether bands, maximums and few orders limit what may be placed.</param>
    public static IReadOnlyList<MatchingInstrument> All(bool limits) =>
    [
        new()
        {
            Instrument = Perpetual("AAAUSDT", 1m, new InstrumentRules
            {
                TickSize = 0.1m, LotSize = 0.1m, MinQuantity = 0.2m, MinNotional = 25m, MakerFee = 0.0002m, TakerFee = 0.0005m,
            }),
            StartPrice = 100m,
            MinOrderLife = 600_000,
            MinPrice = limits ? 99.3m : 0,
            MaxPrice = limits ? 101m : 0,
            MaxQuantity = limits ? 1.8m : 0,
            MaxMarketQuantity = limits ? 1.5m : 0,
            PriceBandUp = limits ? 1.008m : 0,
            PriceBandDown = limits ? 0.992m : 0,
            MaxOpenOrders = limits ? 6 : 200,
            MaxConditionalOrders = limits ? 3 : 100,
        },
        new()
        {
            // Contracts of 0.01, and a maker that is paid.
            Instrument = Perpetual("BBBUSDT", 0.01m, new InstrumentRules { TickSize = 0.5m, LotSize = 1m, MakerFee = -0.0001m, TakerFee = 0.0004m }),
            StartPrice = 2_000m,
            MinOrderLife = 600_000,
        },
        new()
        {
            // Fees of fourteen decimals, so that each fill rounds.
            Instrument = Perpetual("CCCUSDT", 1m, new InstrumentRules { TickSize = 0.00001m, LotSize = 0.0001m, MakerFee = 0.00015m, TakerFee = 0.00035m }),
            StartPrice = 0.5m,
        },
    ];

    private static Instrument Perpetual(string symbol, decimal multiplier, InstrumentRules rules) => new()
    {
        Id = new InstrumentId("binance", MarketKind.Perp, symbol),
        BaseCurrency = symbol[..3],
        QuoteCurrency = "USDT",
        ContractMultiplier = multiplier,
        Rules = [rules],
        LeverageTiers =
        [
            new LeverageTier(5_000m, 0.004m, 0m, 125m),
            new LeverageTier(50_000m, 0.01m, 30m, 50m),
            new LeverageTier(decimal.MaxValue, 0.05m, 2_030m, 20m),
        ],
    };
}
