using Trellis.Core.Markets;
using Trellis.Core.Options;

namespace Trellis.Configuration.Model;

public enum OrderInCandle
{
    /// <summary>The side that hurts the position trades first.</summary>
    Pessimistic,

    /// <summary>The side that helps the position trades first.</summary>
    Optimistic,
}

/// <summary>How a backtest runs; every setting has a default.</summary>
[Meaning("How a backtest of this document runs.")]
public sealed record BacktestOptions
{
    [Meaning("Length of a candle.", Example = "1m")]
    public Interval Interval { get; init; } = Interval.OneMinute;

    [Meaning("First instant of the run, UTC, inclusive. Default: the first candle there is.", Example = "2024-01-01")]
    public DateTimeOffset? From { get; init; }

    [Meaning("End of the run, UTC, exclusive. Default: the end of the last candle there is.", Example = "2024-04-01")]
    public DateTimeOffset? To { get; init; }

    [Meaning("What market and trigger orders lose against the price they meet, in percent.", Example = "0.01")]
    [Bounds(AtLeast = "0", AtMost = "50")]
    public decimal SlippagePercent { get; init; }

    [Meaning("Which side of a candle trades first: pessimistic (the one that hurts the position) or optimistic.", Example = "pessimistic")]
    public OrderInCandle OrderInCandle { get; init; } = OrderInCandle.Pessimistic;
}
