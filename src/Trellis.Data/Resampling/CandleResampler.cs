using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Data.Format;

namespace Trellis.Data.Resampling;

/// <summary>Coarser candles made of finer ones.</summary>
/// <param name="Incomplete">Coarse candles that lack at least one of their fine ones.</param>
public sealed record Resampled(CandleSeries Series, int Incomplete);

/// <summary>Joins candles: first open, highest high, lowest low, last close, sum of volume.</summary>
public static class CandleResampler
{
    /// <summary>A coarse candle exists when at least one of its fine candles does; the others' absence is counted.</summary>
    /// <exception cref="DataException">The interval is not a whole multiple of the series' own, or a sum of volumes leaves its range.</exception>
    public static Resampled Resample(CandleSeries series, Interval to)
    {
        ArgumentNullException.ThrowIfNull(series);
        var from = series.Interval;
        if (to.Milliseconds <= from.Milliseconds || to.Milliseconds % from.Milliseconds != 0)
        {
            throw new DataException($"{series.Instrument}: {from} candles can't become {to} candles; the new interval must be a whole multiple of {from} and longer");
        }

        var ratio = (int)(to.Milliseconds / from.Milliseconds);
        var start = series.StartTime / to.Milliseconds * to.Milliseconds;
        var count = (int)((series.TimeOf(series.Count - 1) - start) / to.Milliseconds) + 1;
        var lead = (int)((series.StartTime - start) / from.Milliseconds);
        var (open, high, low, close, volume) = (new int[count], new int[count], new int[count], new int[count], new long[count]);
        var incomplete = 0;
        for (var c = 0; c < count; c++)
        {
            var first = Math.Max(0, (int)(((long)c * ratio) - lead));
            var end = (int)Math.Min(series.Count, (((long)c + 1) * ratio) - lead);
            var present = Join(series, first, end, out open[c], out high[c], out low[c], out close[c], out volume[c]);
            if (present == 0)
            {
                open[c] = close[c] = close[c - 1];
            }
            else if (present < ratio)
            {
                incomplete++;
            }
        }

        CandleSeries With(string fingerprint) => new()
        {
            Instrument = series.Instrument,
            Interval = to,
            StartTime = start,
            PriceDecimals = series.PriceDecimals,
            VolumeDecimals = series.VolumeDecimals,
            Open = open,
            High = high,
            Low = low,
            Close = close,
            Volume = volume,
            Fingerprint = fingerprint,
            GeneratedBy = series.GeneratedBy,
        };
        return new Resampled(With(CandleFingerprint.Compute(With(""))), incomplete);
    }

    private static int Join(CandleSeries series, int first, int end, out int open, out int high, out int low, out int close, out long volume)
    {
        (open, high, low, close, volume) = (0, int.MinValue, int.MaxValue, 0, 0);
        var lows = series.Low.Span;
        var highs = series.High.Span;
        var present = 0;
        for (var i = first; i < end; i++)
        {
            if (lows[i] > highs[i])
            {
                continue;
            }

            open = present == 0 ? series.Open.Span[i] : open;
            high = Math.Max(high, highs[i]);
            low = Math.Min(low, lows[i]);
            close = series.Close.Span[i];
            var more = series.Volume.Span[i];
            if (volume > long.MaxValue - more)
            {
                throw new DataException($"{series.Instrument} {series.Interval}: the volumes around {TimeText.Of(series.TimeOf(i))} add up to more than 2^63 × 10^-{series.VolumeDecimals}; they can't be resampled. Check the volumes");
            }

            volume += more;
            present++;
        }

        return present;
    }
}
