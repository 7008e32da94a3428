using Trellis.Core.Options;

namespace Trellis.Configuration.Model;

public enum MarketModel
{
    /// <summary>Independent steps.</summary>
    RandomWalk,

    /// <summary>Steps that are drawn back to the start price.</summary>
    MeanReversion,

    /// <summary>Calm, trending and crashing phases.</summary>
    Regimes,

    /// <summary>A random walk with sudden jumps.</summary>
    Jumps,
}

/// <summary>A made-up market; equal settings give equal candles on every machine.</summary>
[Meaning("A made-up market; equal settings give equal candles on every machine.")]
public sealed record GenerateOptions
{
    [Meaning("How the price moves: random_walk, mean_reversion, regimes (calm, trend and crash phases) or jumps.", Example = "regimes")]
    public MarketModel Model { get; init; } = MarketModel.RandomWalk;

    [Meaning("Number that picks the market; another seed is another history.", Example = "42")]
    [Bounds(AtLeast = "0")]
    public long Seed { get; init; }

    [Meaning("Price of the first candle, in quote currency.", Example = "60000")]
    [Bounds(Above = "0")]
    public required decimal StartPrice { get; init; }

    [Meaning("Open time of the first candle, UTC.", Example = "2024-01-01")]
    public required DateTimeOffset From { get; init; }

    [Meaning("Length of the history in days.", Example = "365")]
    [Bounds(AtLeast = "1", AtMost = "3660")]
    public required int Days { get; init; }

    [Meaning("Size of a day's usual move in percent.", Example = "3")]
    [Bounds(Above = "0", AtMost = "50")]
    public decimal VolatilityPercent { get; init; } = 3m;
}
