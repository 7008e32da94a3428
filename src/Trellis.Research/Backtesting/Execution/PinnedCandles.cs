using Trellis.Core.Markets;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>The price columns of a series and its index, pinned.</summary>
internal sealed class PinnedCandles(CandleSeries candles)
{
    public PinnedColumn Open { get; } = new(candles.Open);

    public PinnedColumn High { get; } = new(candles.High);

    public PinnedColumn Low { get; } = new(candles.Low);

    public PinnedColumn Close { get; } = new(candles.Close);

    public PinnedLevel Small { get; } = new(candles.Index.Small);

    public PinnedLevel Large { get; } = new(candles.Index.Large);

    public int Count { get; } = candles.Count;
}

internal sealed class PinnedLevel(IndexLevel level)
{
    public PinnedColumn LowMin { get; } = new(level.LowMin);

    public PinnedColumn HighMax { get; } = new(level.HighMax);

    public PinnedColumn CloseMin { get; } = new(level.CloseMin);

    public PinnedColumn CloseMax { get; } = new(level.CloseMax);
}
