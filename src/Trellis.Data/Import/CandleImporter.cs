using Trellis.Core;
using Trellis.Data.Format;
using Trellis.Data.Store;

namespace Trellis.Data.Import;

/// <summary>
/// Brings candle files into a store. All or nothing: rows that are bad, or that contradict each other or the
/// store, leave the store as it was. Importing the same candles again changes no byte.
/// </summary>
public sealed class CandleImporter(CandleStore store)
{
    /// <exception cref="DataException">
    /// A file can't be read, rows break a rule (up to 20 are named), sources disagree (the times are named), or the
    /// stored file is damaged or generated.
    /// </exception>
    public ImportReport Import(ImportRequest request, IProgress<ImportProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        var path = store.PathOf(request.Instrument, request.Interval);
        using var held = StoreLock.Take(path);
        var rows = new CandleRows();
        var stored = AddStored(request, rows, out var storedFingerprint);
        var read = CandleReader.Read(request.Files, rows, request.Interval, progress);
        if (rows.Count == stored)
        {
            throw new DataException($"{string.Join(", ", request.Files)}: no rows; nothing was imported. A candle file has lines of open_time_ms,open,high,low,close,volume");
        }

        var series = CandleGrid.Lay(rows, request.Instrument, request.Interval, request.MaxCandles, out var repeated);
        var added = rows.Count - repeated - stored;
        var fingerprint = added == 0 ? storedFingerprint : CandleFile.Write(path, series);
        var gaps = Gap.Of(series);
        return new ImportReport(
            path, read, added, repeated, series.StartTime, series.TimeOf(series.Count - 1), series.Count,
            gaps.Sum(gap => gap.Candles), gaps, fingerprint, Unchanged: added == 0);
    }

    private int AddStored(ImportRequest request, CandleRows rows, out string fingerprint)
    {
        fingerprint = "";
        if (!store.TryFind(request.Instrument, request.Interval, out var stored))
        {
            return 0;
        }

        using (stored)
        {
            if (stored.Series.GeneratedBy is { } how)
            {
                throw new DataException($"{stored.Path}: holds generated candles ({how}); recorded candles are not mixed with them. Delete the file, or import into another store");
            }

            fingerprint = stored.Series.Fingerprint;
            rows.AddStored(stored.Series, stored.Path);
            return rows.Count;
        }
    }
}
