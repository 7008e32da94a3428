using Trellis.Core.Indicators;
using Trellis.Core.Markets;

namespace Trellis.Core.Tests.Indicators;

/// <summary>Candles of a random walk, with holes where wanted.</summary>
internal static class RandomCandles
{
    public const long Minute = 60_000;

    /// <param name="seed">Equal seeds give equal candles.</param>
    /// <param name="count">Candles, holes included.</param>
    /// <param name="holes">Percent of candles that are missing; the first and the last are there.</param>
    /// <param name="firstMinute">Open time of the first candle, in minutes since an hour that begins a day.</param>
    public static CandleSeries Make(int seed, int count, int holes = 0, int firstMinute = 0)
    {
        var random = new Random(seed);
        var (open, high, low, close, volume) = (new int[count], new int[count], new int[count], new int[count], new long[count]);
        var last = 10_000;
        for (var k = 0; k < count; k++)
        {
            if (k > 0 && k < count - 1 && random.Next(100) < holes)
            {
                (open[k], high[k], low[k], close[k]) = (last, int.MinValue, int.MaxValue, last);
                continue;
            }

            open[k] = last;
            close[k] = Math.Max(10, last + random.Next(-60, 61));
            high[k] = Math.Max(open[k], close[k]) + random.Next(30);
            low[k] = Math.Max(1, Math.Min(open[k], close[k]) - random.Next(30));
            volume[k] = random.Next(4) == 0 ? 0 : random.NextInt64(1_000_000_000_000);
            last = close[k];
        }

        return new CandleSeries
        {
            Instrument = new InstrumentId("example", MarketKind.Perp, "BTCUSDT"),
            Interval = Interval.OneMinute,
            StartTime = 1_704_067_200_000 + (firstMinute * Minute),
            PriceDecimals = 2,
            Open = open,
            High = high,
            Low = low,
            Close = close,
            Volume = volume,
        };
    }

    /// <summary>The bars as they come, each with the candle at whose close it is over.</summary>
    public static IEnumerable<(int Candle, Bar Bar)> Stream(CandleSeries candles, Interval timeframe)
    {
        var builder = new BarBuilder(timeframe.Milliseconds, candles.Interval.Milliseconds);
        var completed = new Bar[2];
        for (var k = 0; k < candles.Count; k++)
        {
            if (candles.IsHole(k))
            {
                continue;
            }

            var candle = new Bar(candles.TimeOf(k), candles.Open.Span[k], candles.High.Span[k], candles.Low.Span[k], candles.Close.Span[k], candles.Volume.Span[k]);
            var count = builder.Add(candle, completed);
            for (var i = 0; i < count; i++)
            {
                yield return (k, completed[i]);
            }
        }
    }
}
