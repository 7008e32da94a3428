using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Trellis.Core.Markets;

namespace Trellis.Data.Tests.Import;

/// <summary>A slow and plain reading of the import rules, to compare with.</summary>
internal static partial class SimpleImport
{
    /// <returns>The candles by time, or null where any rule is broken.</returns>
    public static SortedDictionary<long, Candle>? Parse(string text, Interval interval)
    {
        var candles = new SortedDictionary<long, Candle>();
        var lines = text.TrimStart('\uFEFF').Split('\n').Select(line => line.EndsWith('\r') ? line[..^1] : line).Where(line => line.Length > 0).ToList();
        var columns = lines.Count > 0 && lines[0].Count(c => c == ',') == 11 ? 12 : 6;
        for (var i = 0; i < lines.Count; i++)
        {
            var fields = lines[i].Split(',');
            if (fields.Length != columns)
            {
                return null;
            }

            if (i == 0 && char.IsAsciiLetter(lines[0][0]))
            {
                if (!Header().IsMatch(lines[0]))
                {
                    return null;
                }

                continue;
            }

            if (!Digits().IsMatch(fields[0]) || !fields[1..6].All(field => Number().IsMatch(field)) || fields[0].TrimStart('0').Length > 18
                || fields[1..6].Any(field => field.Replace(".", "").Trim('0').Length > 19))
            {
                return null;
            }

            var time = long.Parse(fields[0], CultureInfo.InvariantCulture);
            time = columns == 12 && time >= 1_000_000_000_000_000 && time % 1_000 == 0 ? time / 1_000 : time;
            var n = fields[1..6].Select(field => decimal.Parse(field, CultureInfo.InvariantCulture)).ToArray();
            var (open, high, low, close) = (n[0], n[1], n[2], n[3]);
            if (time < 946_684_800_000 || time >= 4_102_444_800_000 || time % interval.Milliseconds != 0 || n[..4].Any(p => p <= 0 || p.ToString("0.############################").Split('.') is [_, { Length: > 9 }])
                || low > Math.Min(open, close) || high < Math.Max(open, close) || n[4] < 0)
            {
                return null;
            }

            var candle = new Candle(time, open, high, low, close, n[4]);
            if (!candles.TryAdd(time, candle) && candles[time] != candle)
            {
                return null;
            }
        }

        return candles.Count == 0 || !Fits(candles.Values) ? null : candles;
    }

    public static byte[] Gzip(byte[] content)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return buffer.ToArray();
    }

    public static byte[] Zip(byte[] content, string name = "BTCUSDT-1m-2024-01.csv")
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry(name).Open();
            entry.Write(content);
        }

        return buffer.ToArray();
    }

    /// <summary>The text of a series, in the plain or in the archive form.</summary>
    public static string Csv(IEnumerable<Candle> candles, bool archive = false, bool header = true, bool microseconds = false)
    {
        var text = new StringBuilder();
        if (header)
        {
            text.Append(archive ? "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n" : "open_time_ms,open,high,low,close,volume\n");
        }

        foreach (var c in candles)
        {
            var time = microseconds ? c.OpenTime * 1_000 : c.OpenTime;
            text.Append($"{time},{c.Open:0.00######},{c.High},{c.Low:0.########},{c.Close},{c.Volume}");
            text.Append(archive ? $",{time + 59_999},1.5,10,2,3,0\n" : "\n");
        }

        return text.ToString();
    }

    private static bool Fits(IEnumerable<Candle> candles)
    {
        var prices = candles.SelectMany(c => new[] { c.Open, c.High, c.Low, c.Close }).ToList();
        var volumes = candles.Select(c => c.Volume).ToList();
        return prices.Max() * Pow(prices.Max(Decimals)) < int.MaxValue
            && volumes.Max(Decimals) <= 18 && volumes.Max() <= long.MaxValue / Pow(volumes.Max(Decimals));
    }

    private static int Decimals(decimal value) => value.ToString("0.############################").Split('.') is [_, var fraction] ? fraction.Length : 0;

    private static decimal Pow(int exponent) => Enumerable.Repeat(10m, exponent).Aggregate(1m, (a, b) => a * b);

    [GeneratedRegex("^(open_time_ms|open_time|opentime|timestamp|time),open,high,low,close,volume(,[^,]*){0,6}$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Header();

    [GeneratedRegex(@"^[0-9]+\z", RegexOptions.None, 1_000)]
    private static partial Regex Digits();

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]+)?\z", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Number();
}
