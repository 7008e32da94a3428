using Trellis.Core.Markets;

namespace Trellis.Data.Format;

/// <summary>Finds the coarsest unit that holds every value of a series exactly, so that equal candles are equal bytes.</summary>
internal static class CandleScale
{
    public static CandleSeries Smallest(CandleSeries series)
    {
        var price = series.PriceDecimals - Math.Min(
            Math.Min(Spare(series.Open.Span, series.PriceDecimals), Spare(series.Close.Span, series.PriceDecimals)),
            Math.Min(Spare(series.High.Span, series.PriceDecimals), Spare(series.Low.Span, series.PriceDecimals)));
        var volume = series.VolumeDecimals - Spare(series.Volume.Span, series.VolumeDecimals);
        if (price == series.PriceDecimals && volume == series.VolumeDecimals)
        {
            return series;
        }

        var priceDivisor = (int)PowersOfTen.Of(series.PriceDecimals - price);
        var volumeDivisor = PowersOfTen.Of(series.VolumeDecimals - volume);
        return new CandleSeries
        {
            Instrument = series.Instrument,
            Interval = series.Interval,
            StartTime = series.StartTime,
            PriceDecimals = price,
            VolumeDecimals = volume,
            Open = Divide(series.Open.Span, priceDivisor),
            High = Divide(series.High.Span, priceDivisor),
            Low = Divide(series.Low.Span, priceDivisor),
            Close = Divide(series.Close.Span, priceDivisor),
            Volume = Divide(series.Volume.Span, volumeDivisor),
            Fingerprint = series.Fingerprint,
            GeneratedBy = series.GeneratedBy,
        };
    }

    public static int CountHoles(CandleSeries series)
    {
        var low = series.Low.Span;
        var high = series.High.Span;
        var holes = 0;
        for (var i = 0; i < low.Length; i++)
        {
            holes += low[i] == int.MaxValue && high[i] == int.MinValue ? 1 : 0;
        }

        return holes;
    }

    private static int Spare(ReadOnlySpan<int> column, int decimals)
    {
        var spare = decimals;
        var divisor = (int)PowersOfTen.Of(spare);
        foreach (var value in column)
        {
            while (spare > 0 && value % divisor != 0 && value is not (int.MaxValue or int.MinValue))
            {
                divisor /= 10;
                spare--;
            }

            if (spare == 0)
            {
                break;
            }
        }

        return spare;
    }

    private static int Spare(ReadOnlySpan<long> column, int decimals)
    {
        var spare = decimals;
        var divisor = PowersOfTen.Of(spare);
        foreach (var value in column)
        {
            while (spare > 0 && value % divisor != 0)
            {
                divisor /= 10;
                spare--;
            }

            if (spare == 0)
            {
                break;
            }
        }

        return spare;
    }

    private static int[] Divide(ReadOnlySpan<int> column, int divisor)
    {
        var divided = new int[column.Length];
        for (var i = 0; i < column.Length; i++)
        {
            divided[i] = column[i] is int.MaxValue or int.MinValue ? column[i] : column[i] / divisor;
        }

        return divided;
    }

    private static long[] Divide(ReadOnlySpan<long> column, long divisor)
    {
        var divided = new long[column.Length];
        for (var i = 0; i < column.Length; i++)
        {
            divided[i] = column[i] / divisor;
        }

        return divided;
    }
}
