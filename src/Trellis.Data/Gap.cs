using Trellis.Core.Markets;

namespace Trellis.Data;

/// <summary>Neighbouring holes.</summary>
/// <param name="Start">Open time of the first missing candle, Unix milliseconds.</param>
/// <param name="Candles">How many are missing; at least 1.</param>
public readonly record struct Gap(long Start, int Candles)
{
    /// <summary>The gaps of a series in order of time.</summary>
    public static IReadOnlyList<Gap> Of(CandleSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        var gaps = new List<Gap>();
        var low = series.Low.Span;
        var high = series.High.Span;
        for (var i = 0; i < low.Length; i++)
        {
            if (low[i] <= high[i])
            {
                continue;
            }

            var start = i;
            while (i < low.Length && low[i] > high[i])
            {
                i++;
            }

            gaps.Add(new Gap(series.TimeOf(start), i - start));
        }

        return gaps;
    }
}
