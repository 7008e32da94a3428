using System.Globalization;
using Trellis.Core.Markets;

namespace Trellis.Simulator.Tests.Markets;

/// <summary>Builders of candles.</summary>
internal static class Candles
{
    public const long Minute = 60_000;

    /// <summary>A minute in July 2024.</summary>
    public static readonly long Start = new DateTimeOffset(2024, 7, 18, 23, 50, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>Random candles on a grid, with trades enough for their prices, and with holes.</summary>
    public static List<Candle> Random(int seed, int count, decimal tick = 0.1m, decimal lot = 0.001m, double holes = 0, long interval = Minute)
    {
        var random = new Random(seed);
        var price = random.Next(200_000, 600_000);
        var candles = new List<Candle>();
        for (var i = 0; i < count; i++)
        {
            // Quiet candles, whose corners fall together, are as many as wild ones.
            var reach = random.Next(4) switch { 0 => 1, 1 => 3, 2 => 40, _ => 2_000 };
            price += random.Next(-reach, reach + 1);
            var open = price;
            price += random.Next(-reach, reach + 1);
            var high = Math.Max(open, price) + random.Next(0, reach);
            var low = Math.Min(open, price) - random.Next(0, reach);
            var close = price;
            var trades = 1 + new[] { high, low }.Count(extreme => extreme != open && extreme != close) + (high != low ? 1 : 0);
            var lots = trades + (random.Next(3) == 0 ? 0 : random.Next(0, 5_000));
            if (i > 0 && i < count - 1 && random.NextDouble() < holes)
            {
                continue;
            }

            candles.Add(new Candle(Start + (i * interval), open * tick, high * tick, low * tick, price * tick, lots * lot));
        }

        return candles;
    }

    public static string ToCsv(IEnumerable<Candle> candles) => "open_time_ms,open,high,low,close,volume\n" + string.Concat(candles.Select(candle =>
        string.Create(CultureInfo.InvariantCulture, $"{candle.OpenTime},{candle.Open},{candle.High},{candle.Low},{candle.Close},{candle.Volume}\n")));
}
