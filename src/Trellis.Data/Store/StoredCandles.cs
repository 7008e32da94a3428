using Trellis.Core.Markets;

namespace Trellis.Data.Store;

/// <summary>What a candle store knows about one of its files.</summary>
/// <param name="First">Open time of the first candle, Unix milliseconds.</param>
/// <param name="Last">Open time of the last candle, Unix milliseconds.</param>
/// <param name="Count">Candles of the grid, holes included.</param>
/// <param name="Holes">Candles of the grid that the data lacks.</param>
/// <param name="GeneratedBy">How the candles were made where no market made them; null for recorded data.</param>
/// <param name="Bytes">Size of the file.</param>
public sealed record StoredCandles(
    InstrumentId Instrument,
    Interval Interval,
    long First,
    long Last,
    int Count,
    int Holes,
    int PriceDecimals,
    int VolumeDecimals,
    string Fingerprint,
    string? GeneratedBy,
    long Bytes,
    string Path);

/// <summary>A file of the store that can't be used, and why.</summary>
public sealed record DamagedCandles(string Path, string Problem);

/// <summary>The content of a store; damaged files don't hide the sound ones.</summary>
public sealed record StoreListing(IReadOnlyList<StoredCandles> Candles, IReadOnlyList<DamagedCandles> Damaged);
