using Trellis.Core.Markets;

namespace Trellis.Data.Format;

/// <summary>
/// The candles of an open file. The columns of <see cref="Series"/> lie in the mapped file itself and must not be
/// used after <see cref="Dispose"/>; a span taken before then dangles.
/// </summary>
public sealed class MappedCandles : IDisposable
{
    private readonly MappedRegion region;

    internal MappedCandles(string path, MappedRegion region, CandleSeries series, int holes)
    {
        Path = path;
        this.region = region;
        Series = series;
        Holes = holes;
    }

    public string Path { get; }

    public CandleSeries Series { get; }

    /// <summary>How many candles of the grid the data lacks.</summary>
    public int Holes { get; }

    /// <summary>Size of the file in bytes.</summary>
    public long Bytes => region.Length;

    public void Dispose() => region.Dispose();
}
