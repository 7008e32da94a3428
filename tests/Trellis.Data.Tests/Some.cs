using Trellis.Core.Markets;
using Trellis.Data.Format;

namespace Trellis.Data.Tests;

/// <summary>Builders of test values.</summary>
internal static class Some
{
    public static readonly InstrumentId Instrument = new("binance", MarketKind.Perp, "BTCUSDT");

    public const long Start = 1_704_067_200_000;

    /// <summary>A random series with holes; prices end in a digit that needs the given decimals.</summary>
    public static CandleSeries Series(Random random, int count, int priceDecimals = 2, double holes = 0.05, string? generatedBy = null)
    {
        var (open, high, low, close, volume) = (new int[count], new int[count], new int[count], new int[count], new long[count]);
        var price = 1_000_001;
        for (var i = 0; i < count; i++)
        {
            if (i > 0 && i < count - 1 && random.NextDouble() < holes)
            {
                (open[i], close[i], high[i], low[i]) = (close[i - 1], close[i - 1], int.MinValue, int.MaxValue);
                continue;
            }

            open[i] = price;
            close[i] = price = Math.Max(1, price + random.Next(-500, 501));
            high[i] = Math.Max(open[i], close[i]) + random.Next(0, 100);
            low[i] = Math.Max(1, Math.Min(open[i], close[i]) - random.Next(0, 100));
            volume[i] = random.NextInt64(0, 1_000_000_000_000);
        }

        return new CandleSeries
        {
            Instrument = Instrument,
            Interval = Interval.OneMinute,
            StartTime = Start,
            PriceDecimals = priceDecimals,
            VolumeDecimals = 5,
            Open = open,
            High = high,
            Low = low,
            Close = close,
            Volume = volume,
            GeneratedBy = generatedBy,
        };
    }

    /// <summary>The candles in decimal, holes left out.</summary>
    public static List<Candle> Candles(this CandleSeries series)
    {
        var price = (decimal)PowersOfTen.Of(series.PriceDecimals);
        var volume = (decimal)PowersOfTen.Of(series.VolumeDecimals);
        return [.. Enumerable.Range(0, series.Count).Where(i => !series.IsHole(i)).Select(i => new Candle(
            series.TimeOf(i), series.Open.Span[i] / price, series.High.Span[i] / price, series.Low.Span[i] / price,
            series.Close.Span[i] / price, series.Volume.Span[i] / volume))];
    }
}
