namespace Trellis.Core.Markets;

/// <summary>
/// Candles of one instrument as columns on an unbroken time grid: candle <c>k</c> opens at
/// <c>StartTime + k × Interval</c>. Prices are integer multiples of 10^-<see cref="PriceDecimals"/>.
/// A minute that the data lacks is a <em>hole</em>: its low is <see cref="int.MaxValue"/>, its high
/// <see cref="int.MinValue"/> (so that no comparison can meet it), its open and close repeat the last close
/// and its volume is 0. The first and the last candle are never holes.
/// </summary>
public sealed class CandleSeries
{
    private CandleIndex? index;
    private CompactCandles? compact;
    private Holes holes;

    public required InstrumentId Instrument { get; init; }

    public required Interval Interval { get; init; }

    /// <summary>Open time of candle 0, Unix milliseconds.</summary>
    public required long StartTime { get; init; }

    /// <summary>Prices are integers × 10^-this; 0 to 9.</summary>
    public required int PriceDecimals { get; init; }

    /// <summary>Volumes are integers × 10^-this.</summary>
    public int VolumeDecimals { get; init; }

    public required ReadOnlyMemory<int> Open { get; init; }

    public required ReadOnlyMemory<int> High { get; init; }

    public required ReadOnlyMemory<int> Low { get; init; }

    public required ReadOnlyMemory<int> Close { get; init; }

    public ReadOnlyMemory<long> Volume { get; init; }

    /// <summary>SHA-256 over the canonical text of the candles, hex; says which data a result came from.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>How the candles were made where no market made them; null for recorded data.</summary>
    public string? GeneratedBy { get; init; }

    public int Count => Close.Length;

    /// <summary>Open time just behind the last candle, Unix milliseconds.</summary>
    public long EndTime => StartTime + (Count * Interval.Milliseconds);

    /// <summary>Minima and maxima of blocks; built on first use unless a file brought them.</summary>
    public CandleIndex Index
    {
        get => index ??= CandleIndex.Build(Low.Span, High.Span, Close.Span);
        init => index = value;
    }

    /// <summary>Lows, highs and closes for those who jump about in them; made on first use.</summary>
    public CompactCandles Compact => compact ??= CompactCandles.Build(Low.Span, High.Span, Close.Span, Index.Small);

    /// <summary>Whether any candle is a hole; looked for on first use.</summary>
    public bool HasHoles
    {
        get
        {
            if (holes == Holes.NotLookedFor)
            {
                holes = HoleSearch.Finds(Low.Span, High.Span) ? Holes.Some : Holes.None;
            }

            return holes == Holes.Some;
        }
    }

    public long TimeOf(int candle) => StartTime + (candle * Interval.Milliseconds);

    public bool IsHole(int candle) => Low.Span[candle] > High.Span[candle];

    /// <summary>The same candles with prices in a finer unit.</summary>
    /// <exception cref="DataException">A price would leave the range of the columns.</exception>
    public CandleSeries WithPriceDecimals(int decimals)
    {
        if (decimals == PriceDecimals)
        {
            return this;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(decimals, PriceDecimals);
        var factor = 1L;
        for (var i = PriceDecimals; i < decimals; i++)
        {
            factor *= 10;
        }

        return new CandleSeries
        {
            Instrument = Instrument,
            Interval = Interval,
            StartTime = StartTime,
            PriceDecimals = decimals,
            VolumeDecimals = VolumeDecimals,
            Open = Scale(Open.Span, factor, decimals),
            High = Scale(High.Span, factor, decimals),
            Low = Scale(Low.Span, factor, decimals),
            Close = Scale(Close.Span, factor, decimals),
            Volume = Volume,
            Fingerprint = Fingerprint,
            GeneratedBy = GeneratedBy,
        };
    }

    private int[] Scale(ReadOnlySpan<int> column, long factor, int decimals)
    {
        var scaled = new int[column.Length];
        for (var i = 0; i < column.Length; i++)
        {
            var value = column[i];
            if (value is int.MaxValue or int.MinValue)
            {
                scaled[i] = value;
                continue;
            }

            var wide = value * factor;
            if (wide >= int.MaxValue)
            {
                throw new DataException(
                    $"{Instrument} {Interval}: price {value} × 10^-{PriceDecimals} does not fit with {decimals} decimals; " +
                    $"the largest price is {int.MaxValue - 1} × 10^-{decimals}. Use a coarser tick size");
            }

            scaled[i] = (int)wide;
        }

        return scaled;
    }

    private enum Holes : byte
    {
        NotLookedFor,
        None,
        Some,
    }
}
