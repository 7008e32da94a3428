using Trellis.Core.Markets;

namespace Trellis.Bench.Markets;

/// <summary>A linear perpetual with the rules of a large one.</summary>
internal static class BenchInstrument
{
    private static readonly LeverageTier[] Tiers =
    [
        new(300_000m, 0.004m, 0m, 125m),
        new(800_000m, 0.005m, 300m, 100m),
        new(3_000_000m, 0.0065m, 1_500m, 75m),
        new(12_000_000m, 0.01m, 12_000m, 50m),
        new(70_000_000m, 0.02m, 132_000m, 25m),
        new(1_000_000_000m, 0.05m, 2_232_000m, 10m),
    ];

    /// <param name="tiers">With maintenance margin, so that liquidation is watched for.</param>
    public static Instrument For(InstrumentId id, bool tiers) => new()
    {
        Id = id,
        BaseCurrency = "BENCH",
        QuoteCurrency = "USDT",
        FeeCurrency = FeeCurrency.Quote,
        LeverageTiers = tiers ? Tiers : [],
        Rules =
        [
            new InstrumentRules
            {
                TickSize = 0.1m,
                LotSize = 0.001m,
                MinQuantity = 0.001m,
                MinNotional = 5m,
                MakerFee = 0.0002m,
                TakerFee = 0.0005m,
            },
        ],
    };

    /// <summary>A rate every eight hours, of either sign.</summary>
    public static IReadOnlyList<FundingRate> Funding(CandleSeries candles)
    {
        const long eightHours = 8 * 3_600_000L;
        var random = new Random(17);
        var rates = new List<FundingRate>();
        for (var time = candles.StartTime + eightHours; time < candles.EndTime; time += eightHours)
        {
            rates.Add(new FundingRate(time, random.Next(-5_000, 10_000) / 100_000_000m, null));
        }

        return rates;
    }
}
