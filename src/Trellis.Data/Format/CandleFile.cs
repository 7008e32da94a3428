using System.Runtime.InteropServices;
using System.Text;
using Trellis.Core;
using Trellis.Core.Markets;

namespace Trellis.Data.Format;

/// <summary>
/// Candle files: one instrument, one interval, columns that are mapped into memory, checksums over every byte.
/// The same candles give the same bytes.
/// </summary>
public static class CandleFile
{
    public const string Extension = ".candles";

    /// <summary>
    /// Writes a series with the fewest decimals that hold it, replacing the file in one step. The fingerprint and
    /// the index are computed anew.
    /// </summary>
    /// <returns>The fingerprint: SHA-256 over the candles' canonical text, hex.</returns>
    /// <exception cref="DataException">The series can't be stored, or the file system refuses.</exception>
    public static string Write(string path, CandleSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        RequireStorable(path, series);
        series = CandleScale.Smallest(series);
        var fingerprint = Task.Run(() => CandleFingerprint.Compute(series));
        try
        {
            AtomicFile.Write(path, stream => WriteContent(stream, series, fingerprint));
        }
        finally
        {
            // The columns may be a mapping that the caller unmaps next.
            fingerprint.Wait();
        }

        return fingerprint.Result;
    }

    /// <summary>Maps a file and verifies header, length and the checksum of every section before anything is handed out.</summary>
    /// <exception cref="DataException">The file is missing, unreadable, of another version, cut off or damaged.</exception>
    public static MappedCandles Open(string path)
    {
        MappedRegion region;
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
            if (stream.Length < CandleFileHeader.Size)
            {
                var length = stream.Length;
                stream.Dispose();
                throw CandleFileHeader.Damaged(path, $"the file has {length} bytes, expected at least {CandleFileHeader.Size}");
            }

            region = new MappedRegion(stream, stream.Length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: can't be opened: {IoReason.Of(error)}. Check the path and its permissions", error);
        }

        try
        {
            return Open(path, region);
        }
        catch
        {
            region.Dispose();
            throw;
        }
    }

    private static MappedCandles Open(string path, MappedRegion region)
    {
        var header = CandleFileHeader.Parse(region.Span<byte>(0, CandleFileHeader.Size), region.Length, path);
        var sections = CandleFileLayout.For(header.Count);
        for (var i = 0; i < sections.Length; i++)
        {
            var computed = Checksum.Compute(region.Span<byte>(sections[i].Offset, (int)sections[i].PaddedLength));
            if (computed != header.Checksums[i])
            {
                throw CandleFileHeader.Damaged(path, $"checksum is {computed:x16}, expected {header.Checksums[i]:x16}", $"section {sections[i].Kind}");
            }
        }

        ReadOnlyMemory<int> Column(SectionKind kind) => region.Column<int>(sections[(int)kind - 1].Offset, sections[(int)kind - 1].Length);
        var volume = sections[(int)SectionKind.Volume - 1];
        var series = new CandleSeries
        {
            Instrument = header.Instrument,
            Interval = header.Interval,
            StartTime = header.StartTime,
            PriceDecimals = header.PriceDecimals,
            VolumeDecimals = header.VolumeDecimals,
            Open = Column(SectionKind.Open),
            High = Column(SectionKind.High),
            Low = Column(SectionKind.Low),
            Close = Column(SectionKind.Close),
            Volume = region.Column<long>(volume.Offset, volume.Length),
            Fingerprint = header.Fingerprint,
            GeneratedBy = header.GeneratedBy,
            Index = new CandleIndex
            {
                Small = new IndexLevel(Column(SectionKind.SmallLowMin), Column(SectionKind.SmallHighMax), Column(SectionKind.SmallCloseMin), Column(SectionKind.SmallCloseMax)),
                Large = new IndexLevel(Column(SectionKind.LargeLowMin), Column(SectionKind.LargeHighMax), Column(SectionKind.LargeCloseMin), Column(SectionKind.LargeCloseMax)),
            },
        };
        return new MappedCandles(path, region, series, header.Holes);
    }

    private static void RequireStorable(string path, CandleSeries series)
    {
        var sameLength = series.Open.Length == series.Count && series.High.Length == series.Count
            && series.Low.Length == series.Count && series.Volume.Length == series.Count;
        if (!sameLength || series.Count is < 1 or > CandleFileHeader.MaxCount || series.IsHole(0) || series.IsHole(series.Count - 1))
        {
            throw new DataException(
                $"{path}: {series.Instrument} {series.Interval} with {series.Count} candles can't be stored: the columns must be equally long, " +
                $"1 to {CandleFileHeader.MaxCount} candles, and begin and end with a candle that is not a hole");
        }

        if (series.PriceDecimals is < 0 or > CandleFileHeader.MaxPriceDecimals || series.VolumeDecimals is < 0 or > CandleFileHeader.MaxVolumeDecimals)
        {
            throw new DataException(
                $"{path}: {series.PriceDecimals} price and {series.VolumeDecimals} volume decimals; allowed are 0 to " +
                $"{CandleFileHeader.MaxPriceDecimals} and 0 to {CandleFileHeader.MaxVolumeDecimals}");
        }

        if (series.GeneratedBy is { } text && (text.Length == 0 || Encoding.UTF8.GetByteCount(text) > CandleFileHeader.MaxGeneratedByBytes))
        {
            throw new DataException($"{path}: the text on how the candles were generated must have 1 to {CandleFileHeader.MaxGeneratedByBytes} bytes, it is '{text}'");
        }
    }

    private static void WriteContent(FileStream stream, CandleSeries series, Task<string> fingerprint)
    {
        var index = CandleIndex.Build(series.Low.Span, series.High.Span, series.Close.Span);
        var sections = CandleFileLayout.For(series.Count);
        var checksums = new ulong[sections.Length];
        stream.SetLength(CandleFileLayout.FileLength(sections));
        for (var i = 0; i < sections.Length; i++)
        {
            var content = Content(sections[i].Kind, series, index);
            checksums[i] = Checksum.Compute(content);
            stream.Position = sections[i].Offset;
            stream.Write(content);
        }

        var header = new CandleFileHeader
        {
            Instrument = series.Instrument,
            Interval = series.Interval,
            StartTime = series.StartTime,
            Count = series.Count,
            Holes = CandleScale.CountHoles(series),
            PriceDecimals = series.PriceDecimals,
            VolumeDecimals = series.VolumeDecimals,
            Fingerprint = fingerprint.GetAwaiter().GetResult(),
            GeneratedBy = series.GeneratedBy,
            Checksums = checksums,
        };
        stream.Position = 0;
        stream.Write(header.ToBytes());
    }

    private static ReadOnlySpan<byte> Content(SectionKind kind, CandleSeries series, CandleIndex index) => kind == SectionKind.Volume
        ? MemoryMarshal.AsBytes(series.Volume.Span)
        : MemoryMarshal.AsBytes((kind switch
        {
            SectionKind.Open => series.Open,
            SectionKind.High => series.High,
            SectionKind.Low => series.Low,
            SectionKind.Close => series.Close,
            SectionKind.SmallLowMin => index.Small.LowMin,
            SectionKind.SmallHighMax => index.Small.HighMax,
            SectionKind.SmallCloseMin => index.Small.CloseMin,
            SectionKind.SmallCloseMax => index.Small.CloseMax,
            SectionKind.LargeLowMin => index.Large.LowMin,
            SectionKind.LargeHighMax => index.Large.HighMax,
            SectionKind.LargeCloseMin => index.Large.CloseMin,
            _ => index.Large.CloseMax,
        }).Span);
}
