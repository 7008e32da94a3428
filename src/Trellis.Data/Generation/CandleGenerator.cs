using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Data.Format;

namespace Trellis.Data.Generation;

/// <summary>Makes candles from a seed: equal options give equal bits on every machine.</summary>
public static class CandleGenerator
{
    private const int VolumeDecimals = 3;
    private const double TurnoverPerDay = 150_000_000;
    private const double LargestVolume = 1e15;
    private const int LongestGap = 30;

    /// <exception cref="ConfigurationException">An option is outside its range, or prices outgrow what a candle file holds.</exception>
    public static CandleSeries Generate(GeneratorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var columns = new Columns(options.Candles);
        Fill(options, columns);
        if (options.GapsPerDay > 0)
        {
            Puncture(options, columns);
        }

        var series = Series(options, columns, fingerprint: "");
        return Series(options, columns, CandleFingerprint.Compute(series));
    }

    private static void Fill(GeneratorOptions options, Columns columns)
    {
        var unit = Units.PriceOf(options.TickSize);
        var scale = (int)unit.Digits;
        var highest = Math.Min(PricePath.HighestTick, (int.MaxValue - 1) / scale);
        var random = new DeterministicRandom(unchecked((ulong)options.Seed));
        var price = (double)decimal.Round(options.StartPrice / options.TickSize, MidpointRounding.AwayFromZero);
        var path = PricePath.Create(options, random, price);
        var perDay = 86_400_000.0 / options.Interval.Milliseconds;
        var turnover = TurnoverPerDay / perDay;
        var typicalRange = (double)options.VolatilityPercent / 100 / Math.Sqrt(perDay);
        var tick = (double)options.TickSize;
        for (var i = 0; i < columns.Open.Length; i++)
        {
            var mood = path.Next(price);
            price = Within(price * (1 + mood.Gap), highest);
            var open = price;
            var high = price;
            var low = price;
            for (var s = 0; s < PricePath.Steps; s++)
            {
                price = Within(price * (1 + (mood.Drift + (mood.Volatility * random.NextBell()))), highest);
                high = Math.Max(high, price);
                low = Math.Min(low, price);
            }

            columns.Open[i] = Round(open) * scale;
            columns.High[i] = Round(high) * scale;
            columns.Low[i] = Round(low) * scale;
            columns.Close[i] = Round(price) * scale;

            // Busy where the candle is long; the product is in base currency.
            var activity = typicalRange > 0 ? 0.25 + ((high - low) / low / typicalRange) : 0.25;
            var volume = turnover / (price * tick) * activity * (0.5 + random.NextUnit());
            columns.Volume[i] = (long)Math.Min(volume * 1_000, LargestVolume);
        }
    }

    private static void Puncture(GeneratorOptions options, Columns columns)
    {
        // A generator of its own: the same prices come with and without gaps.
        var random = new DeterministicRandom(unchecked((ulong)options.Seed) ^ 0xA5A5_A5A5_A5A5_A5A5);
        var chance = (double)options.GapsPerDay * options.Interval.Milliseconds / 86_400_000;
        for (var i = 1; i < columns.Open.Length - 1; i++)
        {
            if (random.NextUnit() >= chance)
            {
                continue;
            }

            var end = Math.Min(columns.Open.Length - 1, i + 1 + (int)(random.NextBits() % LongestGap));
            for (; i < end; i++)
            {
                columns.Open[i] = columns.Close[i] = columns.Close[i - 1];
                columns.High[i] = int.MinValue;
                columns.Low[i] = int.MaxValue;
                columns.Volume[i] = 0;
            }
        }
    }

    private static double Within(double price, int highest) => Math.Min(Math.Max(price, 1), highest);

    private static int Round(double ticks) => (int)(ticks + 0.5);

    private static CandleSeries Series(GeneratorOptions options, Columns columns, string fingerprint) => new()
    {
        Instrument = options.Instrument,
        Interval = options.Interval,
        StartTime = options.From.ToUnixTimeMilliseconds(),
        PriceDecimals = Units.PriceOf(options.TickSize).Decimals,
        VolumeDecimals = VolumeDecimals,
        Open = columns.Open,
        High = columns.High,
        Low = columns.Low,
        Close = columns.Close,
        Volume = columns.Volume,
        Fingerprint = fingerprint,
        GeneratedBy = options.Description,
    };

    private sealed class Columns(int count)
    {
        public int[] Open { get; } = new int[count];

        public int[] High { get; } = new int[count];

        public int[] Low { get; } = new int[count];

        public int[] Close { get; } = new int[count];

        public long[] Volume { get; } = new long[count];
    }
}
