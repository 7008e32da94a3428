namespace Trellis.Core.Indicators;

/// <summary>
/// Joins candles to the bars of a timeframe, as they come (docs/indicators.md, "Bars"): the streaming form of <see cref="BarSeries"/>.
/// A bar is over at the candle that ends it or, where that one is missing, at the next candle there is. What began before the
/// first candle is no bar.
/// </summary>
/// <param name="timeframe">Milliseconds; a whole multiple of the candles' interval.</param>
/// <param name="interval">Milliseconds of a candle.</param>
public sealed class BarBuilder(long timeframe, long interval)
{
    private Bar current;
    private bool isOpen;
    private long firstWhole = long.MinValue;

    /// <summary>Takes a candle, which must exist (no hole) and lie behind the one before.</summary>
    /// <param name="candle">With its own open time.</param>
    /// <param name="completed">Room for two: a bar whose last candles are missing, and the one that this candle ends.</param>
    /// <returns>How many bars the candle completed: 0, 1 or 2.</returns>
    public int Add(in Bar candle, Span<Bar> completed)
    {
        var start = candle.OpenTime - (candle.OpenTime % timeframe);
        if (firstWhole == long.MinValue)
        {
            firstWhole = start == candle.OpenTime ? start : start + timeframe;
        }

        if (start < firstWhole)
        {
            return 0;
        }

        var count = 0;
        if (isOpen && start != current.OpenTime)
        {
            completed[count++] = current;
            isOpen = false;
        }

        current = isOpen
            ? current with
            {
                High = Math.Max(current.High, candle.High),
                Low = Math.Min(current.Low, candle.Low),
                Close = candle.Close,
                Volume = current.Volume + candle.Volume,
            }
            : candle with { OpenTime = start };
        isOpen = candle.OpenTime + interval != start + timeframe;
        if (!isOpen)
        {
            completed[count++] = current;
        }

        return count;
    }
}
