namespace Trellis.Core.Metrics;

/// <summary>Something that was opened and closed again (docs/metrics.md). Money in units of 10^-12 quote currency.</summary>
/// <param name="Time">Open time of the candle in which it was closed, Unix milliseconds.</param>
/// <param name="Realized">Before fees and funding.</param>
/// <param name="Profit">Realized + its fees + its funding.</param>
/// <param name="Holding">Milliseconds.</param>
public readonly record struct Trade(long Time, Int128 Realized, Int128 Profit, long Holding);
