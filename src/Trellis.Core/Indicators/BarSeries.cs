using Trellis.Core.Markets;

namespace Trellis.Core.Indicators;

/// <summary>
/// The bars of a timeframe over a series of candles, as columns: what the column form of an indicator works on. Holes are
/// no bars: an indicator's window counts bars that exist.
/// </summary>
public sealed class BarSeries
{
    private readonly CandleSeries candles;

    /// <summary>The candle at whose close each bar is over; null where bar and candle are the same.</summary>
    private readonly int[]? closedAt;
    private readonly long[]? openTimes;

    private BarSeries(CandleSeries candles, Interval timeframe, int[]? closedAt = null, long[]? openTimes = null)
    {
        this.candles = candles;
        this.closedAt = closedAt;
        this.openTimes = openTimes;
        Timeframe = timeframe;
    }

    public Interval Timeframe { get; }

    /// <summary>Prices are integers × 10^-this.</summary>
    public int PriceDecimals => candles.PriceDecimals;

    public int Count => Close.Length;

    public required ReadOnlyMemory<int> Open { get; init; }

    public required ReadOnlyMemory<int> High { get; init; }

    public required ReadOnlyMemory<int> Low { get; init; }

    public required ReadOnlyMemory<int> Close { get; init; }

    /// <summary>Empty where the candles have no volume.</summary>
    public required ReadOnlyMemory<long> Volume { get; init; }

    /// <summary>Whether candle k is bar k: same timeframe, and no holes.</summary>
    public bool AreCandles => closedAt is null;

    public Bar this[int bar] => new(
        openTimes is null ? candles.TimeOf(bar) : openTimes[bar],
        Open.Span[bar],
        High.Span[bar],
        Low.Span[bar],
        Close.Span[bar],
        Volume.IsEmpty ? 0 : Volume.Span[bar]);

    /// <summary>Index of the candle at whose close a bar is over.</summary>
    public int ClosedAt(int bar) => closedAt is null ? bar : closedAt[bar];

    /// <summary>The latest bar that is over at the close of a candle; −1 where none is.</summary>
    public int LatestAt(int candle)
    {
        if (closedAt is null)
        {
            return candle;
        }

        var place = closedAt.AsSpan().BinarySearch(candle + 1);
        place = place < 0 ? ~place : place;
        while (place > 0 && closedAt[place - 1] > candle)
        {
            place--;
        }

        return place - 1;
    }

    /// <exception cref="ConfigurationException">The timeframe is not a whole multiple of the candles' interval.</exception>
    public static BarSeries Of(CandleSeries candles, Interval timeframe)
    {
        var ratio = timeframe.Milliseconds / candles.Interval.Milliseconds;
        if (ratio * candles.Interval.Milliseconds != timeframe.Milliseconds)
        {
            throw new ConfigurationException($"{candles.Instrument}: bars of {timeframe} can't be made of candles of {candles.Interval}; a timeframe is a whole multiple of the candles' interval");
        }

        return ratio == 1 && !candles.HasHoles
            ? new BarSeries(candles, timeframe)
            {
                Open = candles.Open,
                High = candles.High,
                Low = candles.Low,
                Close = candles.Close,
                Volume = candles.Volume,
            }
            : Join(candles, timeframe, (int)Math.Min(candles.Count, (candles.Count / ratio) + 1));
    }

    private static BarSeries Join(CandleSeries candles, Interval timeframe, int most)
    {
        var builder = new BarBuilder(timeframe.Milliseconds, candles.Interval.Milliseconds);
        var open = candles.Open.Span;
        var high = candles.High.Span;
        var low = candles.Low.Span;
        var close = candles.Close.Span;
        var volume = candles.Volume.Span;
        var (opens, highs, lows, closes) = (new int[most], new int[most], new int[most], new int[most]);
        var (times, volumes, closedAt) = (new long[most], new long[volume.IsEmpty ? 0 : most], new int[most]);
        Span<Bar> completed = stackalloc Bar[2];
        var count = 0;
        for (var k = 0; k < close.Length; k++)
        {
            if (low[k] > high[k])
            {
                continue;
            }

            var candle = new Bar(candles.TimeOf(k), open[k], high[k], low[k], close[k], volume.IsEmpty ? 0 : volume[k]);
            foreach (ref readonly var bar in completed[..builder.Add(candle, completed)])
            {
                (times[count], opens[count], highs[count], lows[count], closes[count]) = (bar.OpenTime, bar.Open, bar.High, bar.Low, bar.Close);
                closedAt[count] = k;
                if (!volume.IsEmpty)
                {
                    volumes[count] = bar.Volume;
                }

                count++;
            }
        }

        return new BarSeries(candles, timeframe, closedAt[..count], times)
        {
            Open = opens.AsMemory(0, count),
            High = highs.AsMemory(0, count),
            Low = lows.AsMemory(0, count),
            Close = closes.AsMemory(0, count),
            Volume = volumes.AsMemory(0, Math.Min(count, volumes.Length)),
        };
    }
}
