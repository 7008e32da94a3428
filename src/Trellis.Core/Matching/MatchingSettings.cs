namespace Trellis.Core.Matching;

/// <summary>How orders meet the market.</summary>
public enum FillRule : byte
{
    /// <summary>Price-time priority in a book.</summary>
    Book,

    /// <summary>The rule of backtests: orders fill by candles (docs/backtest.md).</summary>
    Candle,
}

public sealed record MatchingSettings
{
    /// <summary>All settle in the same quote currency.</summary>
    public required IReadOnlyList<MatchingInstrument> Instruments { get; init; }

    public FillRule FillRule { get; init; }

    /// <summary>The clock before the first command, Unix milliseconds.</summary>
    public required long StartTime { get; init; }

    /// <summary>With <see cref="FillRule.Candle"/>: slippage of takers in percent; at least 0, at most 6 decimals.</summary>
    public decimal SlippagePercent { get; init; }

    /// <summary>Closed orders, fills, income entries and amendments kept, of each per account for queries; the oldest leave first.</summary>
    public int HistoryLength { get; init; } = 10_000;
}
