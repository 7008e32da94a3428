using Trellis.Core.Markets;
using Trellis.Simulator.Markets.Listings;

namespace Trellis.Simulator.Tests.Venues.Foreign;

/// <summary>What Kontor lists: one perpetual of whole contracts, a hundredth of a bitcoin each.</summary>
internal static class KontorListings
{
    public const string Contract = "XBT-PERP";
    public const decimal ContractSize = 0.01m;
    public const decimal TakerFee = 0.0006m;

    public static ListingRules Rules { get; } = new()
    {
        Exchange = "kontor",
        DefaultSymbols = [Contract],
        Instruments =
        [
            new Instrument
            {
                Id = new InstrumentId("kontor", MarketKind.Perp, Contract),
                BaseCurrency = "XBT",
                QuoteCurrency = "USDT",
                ContractMultiplier = ContractSize,
                Rules = [new InstrumentRules { TickSize = 0.5m, LotSize = 1m, MinQuantity = 1m, MinNotional = 0m, MakerFee = 0.0001m, TakerFee = TakerFee }],
                LeverageTiers = [new LeverageTier(decimal.MaxValue, 0.01m, 0m, 20m)],
            },
        ],
        Filters = new Dictionary<string, MarketFilters>(StringComparer.Ordinal) { [Contract] = new(50_000m, 0.5m, 0m, 10_000m, 0m, 0.01m) },
    };
}
