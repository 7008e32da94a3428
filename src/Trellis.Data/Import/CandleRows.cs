using Trellis.Core.Markets;
using Trellis.Data.Format;

namespace Trellis.Data.Import;

/// <summary>One candle as integers in the units of the <see cref="CandleRows"/> it belongs to.</summary>
internal readonly record struct CandleRow(long Time, int Open, int High, int Low, int Close, long Volume);

/// <summary>
/// Candles in the order in which they were read, as columns in one unit each for prices and volumes. The unit
/// becomes finer when a row needs it, so in the end it is the coarsest that holds every value.
/// </summary>
internal sealed class CandleRows
{
    private readonly List<(int FirstRow, string Source)> sources = [];
    private long[] time = [];
    private int[] open = [];
    private int[] high = [];
    private int[] low = [];
    private int[] close = [];
    private long[] volume = [];
    private int[] line = [];
    private int highestPrice;
    private long highestVolume;

    public int Count { get; private set; }

    public int PriceDecimals { get; private set; }

    public int VolumeDecimals { get; private set; }

    public long FirstTime { get; private set; } = long.MaxValue;

    public long LastTime { get; private set; } = long.MinValue;

    /// <summary>Whether every row follows the one before it by exactly one interval.</summary>
    public bool Unbroken { get; private set; } = true;

    public ReadOnlySpan<long> Times => time.AsSpan(0, Count);

    public CandleRow this[int row] => new(time[row], open[row], high[row], low[row], close[row], volume[row]);

    public ReadOnlyMemory<int> Open => open.AsMemory(0, Count);

    public ReadOnlyMemory<int> High => high.AsMemory(0, Count);

    public ReadOnlyMemory<int> Low => low.AsMemory(0, Count);

    public ReadOnlyMemory<int> Close => close.AsMemory(0, Count);

    public ReadOnlyMemory<long> Volume => volume.AsMemory(0, Count);

    public void BeginSource(string name) => sources.Add((Count, name));

    public string SourceOf(int row)
    {
        var source = sources.FindLast(entry => entry.FirstRow <= row).Source;
        return line[row] > 0 ? $"{source}:{line[row]}" : source;
    }

    /// <summary>Makes prices at least this fine.</summary>
    /// <returns>False where a price already read does not fit then.</returns>
    public bool RaisePriceDecimals(int decimals)
    {
        if (decimals <= PriceDecimals)
        {
            return true;
        }

        var factor = PowersOfTen.Of(decimals - PriceDecimals);
        if (highestPrice * factor >= int.MaxValue)
        {
            return false;
        }

        foreach (var column in (int[][])[open, high, low, close])
        {
            foreach (ref var value in column.AsSpan(0, Count))
            {
                value *= (int)factor;
            }
        }

        highestPrice *= (int)factor;
        PriceDecimals = decimals;
        return true;
    }

    /// <summary>Makes volumes at least this fine.</summary>
    /// <returns>False where a volume already read does not fit then.</returns>
    public bool RaiseVolumeDecimals(int decimals)
    {
        if (decimals <= VolumeDecimals)
        {
            return true;
        }

        var factor = PowersOfTen.Of(decimals - VolumeDecimals);
        if (highestVolume > long.MaxValue / factor)
        {
            return false;
        }

        foreach (ref var value in volume.AsSpan(0, Count))
        {
            value *= factor;
        }

        highestVolume *= factor;
        VolumeDecimals = decimals;
        return true;
    }

    /// <param name="lineNumber">Where it stands in its source; 0 where the source has no lines.</param>
    public void Add(in CandleRow row, int lineNumber, long interval)
    {
        if (Count == time.Length)
        {
            Grow();
        }

        var at = Count;
        Unbroken &= at == 0 || row.Time == time[at - 1] + interval;
        time[at] = row.Time;
        open[at] = row.Open;
        high[at] = row.High;
        low[at] = row.Low;
        close[at] = row.Close;
        volume[at] = row.Volume;
        line[at] = lineNumber;
        highestPrice = Math.Max(highestPrice, row.High);
        highestVolume = Math.Max(highestVolume, row.Volume);
        FirstTime = Math.Min(FirstTime, row.Time);
        LastTime = Math.Max(LastTime, row.Time);
        Count = at + 1;
    }

    /// <summary>Takes in the candles of a stored series; its unit must be the first one here.</summary>
    public void AddStored(CandleSeries series, string name)
    {
        BeginSource(name);
        RaisePriceDecimals(series.PriceDecimals);
        RaiseVolumeDecimals(series.VolumeDecimals);
        var opens = series.Open.Span;
        var highs = series.High.Span;
        var lows = series.Low.Span;
        var closes = series.Close.Span;
        var volumes = series.Volume.Span;
        for (var i = 0; i < opens.Length; i++)
        {
            if (lows[i] <= highs[i])
            {
                Add(new CandleRow(series.TimeOf(i), opens[i], highs[i], lows[i], closes[i], volumes[i]), lineNumber: 0, series.Interval.Milliseconds);
            }
        }
    }

    private void Grow()
    {
        var size = Math.Max(1 << 16, Count * 2);
        Array.Resize(ref time, size);
        Array.Resize(ref open, size);
        Array.Resize(ref high, size);
        Array.Resize(ref low, size);
        Array.Resize(ref close, size);
        Array.Resize(ref volume, size);
        Array.Resize(ref line, size);
    }
}
