using System.Diagnostics.CodeAnalysis;
using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Data.Format;

namespace Trellis.Data.Store;

/// <summary>A folder of candle files, one per instrument and interval.</summary>
public sealed class CandleStore(string directory)
{
    public string Directory { get; } = directory;

    /// <exception cref="ConfigurationException">The identity has characters that no file name may have.</exception>
    public string PathOf(InstrumentId id, Interval interval) => StorePath.For(Directory, id, interval);

    /// <exception cref="DataException">The store lacks the candles (the message says what it has and what to do), or the file is damaged.</exception>
    public MappedCandles Open(InstrumentId id, Interval interval) =>
        TryFind(id, interval, out var candles) ? candles : throw Missing(id, interval);

    /// <returns>False where there is no such file.</returns>
    /// <exception cref="DataException">The file is there and damaged, or holds another instrument than its path says.</exception>
    public bool TryFind(InstrumentId id, Interval interval, [NotNullWhen(true)] out MappedCandles? candles)
    {
        var path = PathOf(id, interval);
        if (!File.Exists(path))
        {
            candles = null;
            return false;
        }

        candles = CandleFile.Open(path);
        var series = candles.Series;
        if (series.Instrument != id || series.Interval != interval)
        {
            candles.Dispose();
            throw new DataException($"{path}: header: the file holds {series.Instrument} {series.Interval}, its path says {id} {interval}. Move it where it belongs");
        }

        return true;
    }

    /// <exception cref="DataException">The file system refuses.</exception>
    public string Write(CandleSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return CandleFile.Write(PathOf(series.Instrument, series.Interval), series);
    }

    /// <summary>Everything in the store, sorted by path; every file is opened and its checksums are verified.</summary>
    public StoreListing List()
    {
        var candles = new List<StoredCandles>();
        var damaged = new List<DamagedCandles>();
        foreach (var path in Files())
        {
            try
            {
                using var file = CandleFile.Open(path);
                candles.Add(Describe(file));
            }
            catch (DataException error)
            {
                damaged.Add(new DamagedCandles(path, error.Message));
            }
        }

        return new StoreListing(candles, damaged);
    }

    /// <summary>The candle files below the folder, sorted; none where the folder does not exist.</summary>
    public IReadOnlyList<string> Files()
    {
        try
        {
            return System.IO.Directory.Exists(Directory)
                ? [.. System.IO.Directory.EnumerateFiles(Directory, "*" + CandleFile.Extension, SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
                : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{Directory}: can't be listed: {IoReason.Of(error)}. Check the folder's permissions", error);
        }
    }

    internal static StoredCandles Describe(MappedCandles file) => new(
        file.Series.Instrument,
        file.Series.Interval,
        file.Series.StartTime,
        file.Series.TimeOf(file.Series.Count - 1),
        file.Series.Count,
        file.Holes,
        file.Series.PriceDecimals,
        file.Series.VolumeDecimals,
        file.Series.Fingerprint,
        file.Series.GeneratedBy,
        file.Bytes,
        file.Path);

    private DataException Missing(InstrumentId id, Interval interval)
    {
        const int shown = 20;
        var names = Files().Select(NameOf).OfType<string>().ToList();
        var wanted = $"{id} {interval}";
        var has = names.Count switch
        {
            0 => "the store is empty",
            <= shown => $"it has {string.Join(", ", names)}",
            _ => $"it has {string.Join(", ", names.Take(shown))} and {names.Count - shown} more",
        };
        var meant = Similarity.Nearest(wanted, names) is { } near ? $" (did you mean {near}?)" : "";
        var market = id.Market == MarketKind.Spot ? "spot" : "perp";
        return new DataException(
            $"{Directory}: the candle store has no {wanted}{meant}; {has}. Import it: " +
            $"trellis data import FILE --exchange {id.Exchange} --market {market} --symbol {id.Symbol} --interval {interval} --store {Directory}");
    }

    private string? NameOf(string path)
    {
        var parts = Path.GetRelativePath(Directory, path).Split(Path.DirectorySeparatorChar);
        return parts.Length == 4 ? $"{parts[0]}/{parts[1]}/{parts[2]} {Path.GetFileNameWithoutExtension(parts[3])}" : null;
    }
}
