using Trellis.Core;
using Trellis.Core.Markets;

namespace Trellis.Data.Import;

/// <summary>Reads candle texts (CSV, gzip, zip archives) into memory, by the rules of an import.</summary>
public static class CandleReader
{
    /// <exception cref="DataException">A file can't be read, rows break a rule (up to 20 are named), or rows of one time disagree.</exception>
    public static CandleSeries Read(IReadOnlyList<string> files, InstrumentId instrument, Interval interval)
    {
        var rows = new CandleRows();
        Read(files, rows, interval, progress: null);
        return rows.Count > 0
            ? CandleGrid.Lay(rows, instrument, interval, Format.CandleFileHeader.MaxCount, out _)
            : throw new DataException($"{string.Join(", ", files)}: no rows. A candle file has lines of open_time_ms,open,high,low,close,volume");
    }

    /// <returns>How many rows the files had.</returns>
    internal static long Read(IReadOnlyList<string> files, CandleRows rows, Interval interval, IProgress<ImportProgress>? progress)
    {
        var total = files.Sum(file => File.Exists(file)
            ? new FileInfo(file).Length
            : throw new DataException(Directory.Exists(file)
                ? $"{file}: is a folder; name the files in it, such as {Path.Combine(file, "*.zip")}; nothing was imported"
                : $"{file}: there is no such file; nothing was imported"));
        var problems = new RowProblems();
        var csv = new CandleCsv(rows, problems, interval);
        using (var reader = new BlockReader(files))
        {
            foreach (var block in reader.Blocks())
            {
                csv.Parse(block);
                reader.Return(block);
                progress?.Report(new ImportProgress(block.Source, block.BytesRead, total, csv.Rows));
            }
        }

        problems.ThrowIfAny();
        return csv.Rows;
    }
}
