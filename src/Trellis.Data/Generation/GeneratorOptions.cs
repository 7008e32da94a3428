using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Data.Format;

namespace Trellis.Data.Generation;

/// <summary>What to generate. Equal options give equal candles, on every machine.</summary>
public sealed record GeneratorOptions
{
    public InstrumentId Instrument { get; init; } = new("generated", MarketKind.Spot, "BTCUSDT");

    public Interval Interval { get; init; } = Interval.OneMinute;

    public GeneratorModel Model { get; init; }

    public long Seed { get; init; }

    /// <summary>Price before the first step, in quote currency; rounded to the tick size.</summary>
    public decimal StartPrice { get; init; } = 30_000m;

    /// <summary>Prices are multiples of this, in quote currency; at most 9 decimals.</summary>
    public decimal TickSize { get; init; } = 0.01m;

    /// <summary>Open time of the first candle; a multiple of the interval.</summary>
    public DateTimeOffset From { get; init; } = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Length of the grid, 1 to 200 million.</summary>
    public int Candles { get; init; } = 525_600;

    /// <summary>Standard deviation of a day's return, in percent; 0 to 50. Models with regimes or jumps vary around it.</summary>
    public decimal VolatilityPercent { get; init; } = 3m;

    /// <summary>How many gaps of 1 to 30 candles open per day on average; 0 is none.</summary>
    public decimal GapsPerDay { get; init; }

    /// <summary>The text that every result on these candles shows, such as "random walk, seed 42".</summary>
    public string Description => $"{Name}, seed {Seed}";

    private string Name => Model switch
    {
        GeneratorModel.RandomWalk => "random walk",
        GeneratorModel.MeanReversion => "mean reversion",
        GeneratorModel.Regimes => "regimes",
        _ => "jumps",
    };

    /// <exception cref="ConfigurationException">A value is outside its range.</exception>
    internal void Validate()
    {
        Require(Enum.IsDefined(Model), "model", Model, "random-walk, mean-reversion, regimes or jumps");
        Require(Candles is >= 1 and <= CandleFileHeader.MaxCount, "candles", Candles, $"1 to {CandleFileHeader.MaxCount}");
        Require(TickSize > 0 && decimal.Round(TickSize, CandleFileHeader.MaxPriceDecimals) == TickSize, "tick size", TickSize, "above 0 with at most 9 decimals");
        Require(StartPrice >= TickSize && StartPrice / TickSize <= PricePath.HighestTick, "start price", StartPrice, $"1 to {PricePath.HighestTick} tick sizes");
        Require(Units.PriceOf(TickSize).Digits <= int.MaxValue / 2 / (StartPrice / TickSize), "start price", StartPrice, "at most half of what fits a candle file with this tick size");
        Require(VolatilityPercent is >= 0 and <= 50, "volatility percent", VolatilityPercent, "0 to 50");
        Require(GapsPerDay is >= 0 and <= 1_000, "gaps per day", GapsPerDay, "0 to 1000");
        Require(Interval.Milliseconds > 0 && From.ToUnixTimeMilliseconds() % Interval.Milliseconds == 0, "from", From, $"a multiple of the interval {Interval}");
        Require(From.Year is >= 2000 and < 2100, "from", From, "2000 to 2100");
    }

    private static void Require(bool holds, string name, object value, string allowed)
    {
        if (!holds)
        {
            throw new ConfigurationException($"generator: {name} is {(value is DateTimeOffset time ? TimeText.Of(time.ToUnixTimeMilliseconds()) : value)}; allowed: {allowed}");
        }
    }
}
