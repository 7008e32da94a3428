using System.Globalization;
using System.Text;
using Trellis.Core.Numerics;

namespace Trellis.Live.Tests.Comparison;

/// <summary>Made-up minutes that begin behind the present one, so that an exchange can replay them in their own time to a bot that lives in ours.</summary>
internal static class GeneratedCandles
{
    public const long Minute = 60_000;

    private const decimal Tick = 0.1m;

    /// <returns>A line per candle: open time, open, high, low, close, volume.</returns>
    public static string Csv(int candles, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var time = ((TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / Minute) - 1) * Minute;
        var text = new StringBuilder();
        var price = 60_000m;
        for (var candle = 0; candle < candles; candle++)
        {
            // Drawn back to where it began, so that it crosses the same lines again and again.
            var close = Round(price + ((60_000m - price) * 0.05m) + ((decimal)random.NextBell() * 40m));
            var high = Round(Math.Max(price, close) + ((decimal)random.NextUnit() * 30m));
            var low = Round(Math.Min(price, close) - ((decimal)random.NextUnit() * 30m));
            text.Append(CultureInfo.InvariantCulture, $"{time + (candle * Minute)},{price},{high},{low},{close},{10 + candle}\n");
            price = close;
        }

        return text.ToString();
    }

    private static decimal Round(decimal price) => decimal.Round(price / Tick, 0) * Tick;
}
