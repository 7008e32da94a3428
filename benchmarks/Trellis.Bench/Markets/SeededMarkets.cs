using Trellis.Core.Markets;
using Trellis.Data.Generation;

namespace Trellis.Bench.Markets;

/// <summary>Generated candles of one minute; each market is made once.</summary>
internal static class SeededMarkets
{
    public const int Year = 525_600;

    public static IReadOnlyList<GeneratorModel> Models { get; } =
        [GeneratorModel.RandomWalk, GeneratorModel.MeanReversion, GeneratorModel.Regimes];

    private static readonly Dictionary<(GeneratorModel Model, long Seed, int Candles), CandleSeries> Made = [];

    public static CandleSeries Get(GeneratorModel model, long seed, int candles)
    {
        if (!Made.TryGetValue((model, seed, candles), out var series))
        {
            series = CandleGenerator.Generate(new GeneratorOptions
            {
                Instrument = new InstrumentId("generated", MarketKind.Perp, $"BENCH{seed}USDT"),
                Model = model,
                Seed = seed,
                Candles = candles,
                TickSize = 0.1m,
            });
            _ = series.Index;
            Made.Add((model, seed, candles), series);
        }

        return series;
    }

    public static string NameOf(GeneratorModel model) => model switch
    {
        GeneratorModel.RandomWalk => "random walk",
        GeneratorModel.MeanReversion => "mean reversion",
        GeneratorModel.Regimes => "regimes",
        _ => "jumps",
    };
}
