using Trellis.Core.Markets;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>The price columns of a series and its index, pinned.</summary>
internal sealed class PinnedCandles(CandleSeries candles)
{
    private PinnedLevel? each;

    public PinnedColumn Open { get; } = new(candles.Open);

    public PinnedColumn High { get; } = new(candles.High);

    public PinnedColumn Low { get; } = new(candles.Low);

    public PinnedColumn Close { get; } = new(candles.Close);

    /// <summary>The candles themselves, as the lowest level of the index.</summary>
    public PinnedLevel Each => each ??= new PinnedLevel(Low, High, Close, Close, Count);

    public PinnedLevel Small { get; } = new(candles.Index.Small);

    public PinnedLevel Large { get; } = new(candles.Index.Large);

    public int Count { get; } = candles.Count;

    /// <summary>Asks for a candle that will be looked at in any case, open included, and for the block that the search behind it begins with.</summary>
    public void PrefetchCandle(int candle)
    {
        Open.PrefetchAt(candle);
        Close.PrefetchAt(candle);
        var start = candle & -(1 << CandleIndex.SmallShift);
        Low.PrefetchBlock(start);
        High.PrefetchBlock(start);
    }

    /// <summary>Asks for a block of 64 candles ahead of its use, so that the columns come from memory at once.</summary>
    public void PrefetchBlock(int start)
    {
        Low.PrefetchBlock(start);
        High.PrefetchBlock(start);
        Close.PrefetchBlock(start);
    }
}

/// <summary>One level of the index: the lowest low, the highest high and the range of closes of each block.</summary>
internal sealed class PinnedLevel(PinnedColumn lowMin, PinnedColumn highMax, PinnedColumn closeMin, PinnedColumn closeMax, int count)
{
    public PinnedLevel(IndexLevel level)
        : this(new(level.LowMin), new(level.HighMax), new(level.CloseMin), new(level.CloseMax), level.LowMin.Length)
    {
    }

    public PinnedColumn LowMin { get; } = lowMin;

    public PinnedColumn HighMax { get; } = highMax;

    public PinnedColumn CloseMin { get; } = closeMin;

    public PinnedColumn CloseMax { get; } = closeMax;

    public int Count { get; } = count;
}
