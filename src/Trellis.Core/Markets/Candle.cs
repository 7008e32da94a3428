namespace Trellis.Core.Markets;

/// <summary>One candle in decimal, as it stands in a file or on the wire.</summary>
/// <param name="OpenTime">Unix milliseconds, UTC, a multiple of the interval.</param>
/// <param name="Volume">Traded quantity in base currency.</param>
public readonly record struct Candle(
    long OpenTime,
    decimal Open,
    decimal High,
    decimal Low,
    decimal Close,
    decimal Volume);
