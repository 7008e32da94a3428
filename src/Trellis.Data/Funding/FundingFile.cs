using System.Globalization;
using System.IO.Compression;
using System.Text;
using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Data.Import;

namespace Trellis.Data.Funding;

/// <summary>Funding rates as CSV or gzip CSV: <c>time_ms,funding_rate[,mark_price]</c>, the header may be absent.</summary>
public static class FundingFile
{
    private const int MostProblems = 20;
    private const decimal HighestRate = 1m;

    /// <returns>The rates in order of time, each time once.</returns>
    /// <exception cref="DataException">The file can't be read, a row breaks a rule, or two rows of one time disagree.</exception>
    public static IReadOnlyList<FundingRate> Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var gzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
            file.Position = 0;
            using Stream content = gzip ? Unpacked(path, file) : file;
            using var reader = new StreamReader(content, Encoding.UTF8);
            var rates = Read(path, reader);
            return rates.Count > 0
                ? rates
                : throw new DataException($"{path}: no funding rates. A funding file has lines of time_ms,funding_rate[,mark_price]; leave the setting out where there is no funding");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new DataException($"{path}: can't be read: {IoReason.Of(error)}. A funding file is CSV or gzip CSV with lines of time_ms,funding_rate[,mark_price]", error);
        }
    }

    private static MemoryStream Unpacked(string path, FileStream file)
    {
        var content = new MemoryStream();
        using (var unpacking = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true))
        {
            unpacking.CopyTo(content);
        }

        if (!GzipTrailer.Agrees(file, content.Length, Crc32.Append(0, content.GetBuffer().AsSpan(0, (int)content.Length))))
        {
            throw new DataException($"{path}: the gzip file is cut off or damaged: its end does not agree with its content; fetch it again");
        }

        content.Position = 0;
        return content;
    }

    private static List<FundingRate> Read(string path, TextReader reader)
    {
        var byTime = new SortedDictionary<long, (FundingRate Rate, int Line)>();
        var problems = new List<string>();
        var number = 0;
        while (problems.Count < MostProblems && reader.ReadLine() is { } line)
        {
            number++;
            var isHeader = number == 1 && line.Length > 0 && char.IsAsciiLetter(line[0]);
            if (line.Length == 0 || isHeader)
            {
                if (isHeader && line is not ("time_ms,funding_rate" or "time_ms,funding_rate,mark_price"))
                {
                    problems.Add($"{path}:1: header '{line}': must be time_ms,funding_rate or time_ms,funding_rate,mark_price");
                }

                continue;
            }

            if (Parse(line, out var rate) is { } problem)
            {
                problems.Add($"{path}:{number}: {problem}");
            }
            else if (!byTime.TryAdd(rate.Time, (rate, number)) && byTime[rate.Time].Rate != rate)
            {
                problems.Add($"{path}:{number}: time_ms '{rate.Time}' ({TimeText.Of(rate.Time)}): says something else than line {byTime[rate.Time].Line}");
            }
        }

        return problems.Count == 0
            ? [.. byTime.Values.Select(entry => entry.Rate)]
            : throw new DataException($"{problems.Count} bad rows; the funding file was not used. Correct or remove them:\n  {string.Join("\n  ", problems)}");
    }

    private static string? Parse(string line, out FundingRate rate)
    {
        rate = default;
        var fields = line.Split(',');
        if (fields.Length is not (2 or 3))
        {
            return $"row '{line}': has {fields.Length} columns; 2 or 3 are expected: time_ms,funding_rate[,mark_price]";
        }

        if (!long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var time) || time is < 946_684_800_000 or >= 4_102_444_800_000)
        {
            return $"time_ms '{fields[0]}': must be Unix milliseconds between 2000 and 2100";
        }

        if (!TryDecimal(fields[1], out var share) || Math.Abs(share) > HighestRate)
        {
            return $"funding_rate '{fields[1]}': must be a plain decimal number from -1 to 1, a share of notional (0.0001 is 0.01 %)";
        }

        decimal? mark = null;
        if (fields.Length == 3 && fields[2].Length > 0)
        {
            if (!TryDecimal(fields[2], out var price) || price <= 0)
            {
                return $"mark_price '{fields[2]}': must be a plain decimal number above 0, or empty";
            }

            mark = price;
        }

        rate = new FundingRate(time, share, mark);
        return null;
    }

    private static bool TryDecimal(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
}
