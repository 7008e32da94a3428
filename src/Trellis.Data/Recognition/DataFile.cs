using System.Buffers;
using System.Text;
using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Data.Format;
using Trellis.Data.Import;
using Trellis.Data.Trades;

namespace Trellis.Data.Recognition;

public enum DataFileKind
{
    /// <summary>A candle file of a store.</summary>
    StoredCandles,

    /// <summary>Candles as CSV, gzip or zip.</summary>
    Candles,
    Trades,
    Funding,
}

/// <summary>What a file holds, told by its first bytes and its first line, never by its name.</summary>
/// <param name="Instrument">What the file itself says; only stored candles say it.</param>
/// <param name="Interval">Length of its candles: as the file says, or the smallest distance of its first rows; null for other kinds.</param>
public sealed record DataFile(string Path, DataFileKind Kind, InstrumentId? Instrument, Interval? Interval)
{
    private const int Peeked = 64 * 1024;
    private static readonly string[] Intervals = Core.Markets.Interval.Allowed.Split(", ");

    /// <exception cref="DataException">The file can't be read, or holds none of these.</exception>
    public static DataFile Recognize(string path)
    {
        if (Directory.Exists(path))
        {
            throw new DataException($"{path}: is a folder; name the files in it");
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (IsStored(file))
            {
                using var candles = CandleFile.Open(path);
                return new DataFile(path, DataFileKind.StoredCandles, candles.Series.Instrument, candles.Series.Interval);
            }

            return OfText(path, FirstLines(path, file));
        }
        catch (Exception error) when (IoReason.Covers(error))
        {
            throw new DataException($"{path}: can't be read: {IoReason.Of(error)}. Data are candles, trades or funding as CSV, gzip or zip, or candle files of a store", error);
        }
    }

    private static bool IsStored(FileStream file)
    {
        Span<byte> magic = stackalloc byte[8];
        var read = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return read == magic.Length && magic.SequenceEqual("TRELCNDL"u8);
    }

    private static string[] FirstLines(string path, FileStream file)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Peeked);
        try
        {
            using var text = TextSource.In(path, file).First().Open();
            var read = text.ReadAtLeast(buffer.AsSpan(0, Peeked), Peeked, throwOnEndOfStream: false);
            var lines = Encoding.UTF8.GetString(buffer, 0, read).TrimStart('\uFEFF').Split('\n', StringSplitOptions.TrimEntries);

            // The last one may be cut.
            return read == Peeked ? lines[..^1] : lines;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static DataFile OfText(string path, string[] lines)
    {
        var first = lines.Length > 0 ? lines[0] : "";
        var columns = first.Split(',');
        if (first == TradeFile.Header)
        {
            return new DataFile(path, DataFileKind.Trades, null, null);
        }

        if (columns.Contains("funding_rate", StringComparer.Ordinal))
        {
            return new DataFile(path, DataFileKind.Funding, null, null);
        }

        return columns.Length is 6 or 12
            ? new DataFile(path, DataFileKind.Candles, null, IntervalOf(path, lines))
            : throw new DataException(
                $"{path}: the first line is '{(first.Length > 80 ? first[..80] + "…" : first)}', which is no data that is known. Candles have 6 or 12 columns " +
                $"(open_time_ms,open,high,low,close,volume), trades begin with {TradeFile.Header}, funding with time_ms,funding_rate[,mark_price]");
    }

    private static Interval IntervalOf(string path, string[] lines)
    {
        var smallest = long.MaxValue;
        long? before = null;
        foreach (var line in lines)
        {
            var comma = line.IndexOf(',', StringComparison.Ordinal);
            if (comma > 0 && long.TryParse(line.AsSpan(0, comma), out var time))
            {
                // Sixteen digits are microseconds.
                time = comma == 16 ? time / 1_000 : time;
                smallest = before is { } earlier && time != earlier ? Math.Min(smallest, Math.Abs(time - earlier)) : smallest;
                before = time;
            }
        }

        foreach (var name in Intervals)
        {
            var interval = Core.Markets.Interval.Parse(name);
            if (interval.Milliseconds == smallest)
            {
                return interval;
            }
        }

        throw new DataException(
            $"{path}: the candles' interval can't be told: the smallest distance of its first rows is {(smallest == long.MaxValue ? "not there (fewer than two rows)" : $"{smallest} ms")}; " +
            $"allowed: {Core.Markets.Interval.Allowed}");
    }
}
