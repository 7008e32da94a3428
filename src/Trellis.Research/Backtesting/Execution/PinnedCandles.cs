using System.Buffers;
using Trellis.Core.Markets;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>The price columns of a series and its index, held in place for the life of a run.</summary>
internal sealed unsafe class PinnedCandles
{
    private readonly List<MemoryHandle> handles = [];

    public PinnedCandles(CandleSeries candles)
    {
        Count = candles.Count;
        Open = Pin(candles.Open);
        High = Pin(candles.High);
        Low = Pin(candles.Low);
        Close = Pin(candles.Close);
        Each = new PinnedLevel(Low, High, Close, Close, Count);
        Small = Pin(candles.Index.Small);
        Large = Pin(candles.Index.Large);
        Compact = new PinnedBlocks((ushort*)Hold(candles.Compact.Distances), Pin(candles.Compact.Bases));
    }

#pragma warning disable MA0055 // A run has no end that its owner must announce: the pins go when the run is collected.
    ~PinnedCandles()
    {
        foreach (var handle in handles)
        {
            handle.Dispose();
        }
    }
#pragma warning restore MA0055

    public readonly PinnedColumn Open;

    public readonly PinnedColumn High;

    public readonly PinnedColumn Low;

    public readonly PinnedColumn Close;

    /// <summary>The candles themselves, as the lowest level of the index.</summary>
    public readonly PinnedLevel Each;

    public readonly PinnedLevel Small;

    public readonly PinnedLevel Large;

    /// <summary>Lows, highs and closes as a jump to them needs them.</summary>
    public readonly PinnedBlocks Compact;

    public int Count { get; }

    /// <summary>The prices of a candle; those of a hole as <see cref="CandleSeries"/> says.</summary>
    public void Read(int candle, out int low, out int high, out int close)
    {
        if (!Compact.TryRead(candle, out low, out high, out close))
        {
            low = Low[candle];
            high = High[candle];
            close = Close[candle];
        }
    }

    /// <summary>Asks for a candle that will be looked at in any case, open included, and for the block that the search behind it begins with.</summary>
    public void PrefetchCandle(int candle)
    {
        Open.PrefetchAt(candle);
        PrefetchBlock(candle >> CandleIndex.SmallShift);
    }

    /// <summary>Asks for a block of 64 candles ahead of its use, so that all of it comes from memory at once.</summary>
    public void PrefetchBlock(int block)
    {
        if (Compact.OriginOf(block) != CompactCandles.Wide)
        {
            Compact.Prefetch(block);
            return;
        }

        var start = block << CandleIndex.SmallShift;
        Low.PrefetchBlock(start);
        High.PrefetchBlock(start);
        Close.PrefetchBlock(start);
    }

    private PinnedLevel Pin(IndexLevel level) =>
        new(Pin(level.LowMin), Pin(level.HighMax), Pin(level.CloseMin), Pin(level.CloseMax), level.LowMin.Length);

    private PinnedColumn Pin(ReadOnlyMemory<int> column) => new((int*)Hold(column), column.Length);

    private void* Hold<T>(ReadOnlyMemory<T> memory)
    {
        var handle = memory.Pin();
        handles.Add(handle);
        return handle.Pointer;
    }
}

/// <summary>One level of the index: the lowest low, the highest high and the range of closes of each block.</summary>
internal readonly struct PinnedLevel(PinnedColumn lowMin, PinnedColumn highMax, PinnedColumn closeMin, PinnedColumn closeMax, int count)
{
    public readonly PinnedColumn LowMin = lowMin;

    public readonly PinnedColumn HighMax = highMax;

    public readonly PinnedColumn CloseMin = closeMin;

    public readonly PinnedColumn CloseMax = closeMax;

    public readonly int Count = count;
}
