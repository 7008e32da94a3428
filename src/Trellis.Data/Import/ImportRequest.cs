using Trellis.Core.Markets;

namespace Trellis.Data.Import;

/// <summary>Candle files to bring into a store as one instrument and interval.</summary>
public sealed record ImportRequest
{
    public required IReadOnlyList<string> Files { get; init; }

    public required InstrumentId Instrument { get; init; }

    public required Interval Interval { get; init; }

    /// <summary>A grid from the first to the last candle that is longer than this is refused; at most 200 million.</summary>
    public int MaxCandles { get; init; } = Format.CandleFileHeader.MaxCount;
}

/// <summary>How far an import is.</summary>
/// <param name="BytesRead">Bytes of all files so far, as they lie on disk.</param>
/// <param name="Rows">Rows of all files so far.</param>
public readonly record struct ImportProgress(string File, long BytesRead, long BytesTotal, long Rows);

/// <summary>What an import did.</summary>
/// <param name="Rows">Rows read from the files.</param>
/// <param name="Added">Candles that the store did not have before.</param>
/// <param name="Repeated">Rows that said again what an earlier row or the store said.</param>
/// <param name="Gaps">The holes of the whole file now in the store, in order.</param>
/// <param name="Unchanged">True where the store had every candle already, so that nothing was written.</param>
public sealed record ImportReport(
    string Path,
    long Rows,
    long Added,
    long Repeated,
    long First,
    long Last,
    int Count,
    int Holes,
    IReadOnlyList<Gap> Gaps,
    string Fingerprint,
    bool Unchanged);
