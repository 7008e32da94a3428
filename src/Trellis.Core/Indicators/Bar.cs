namespace Trellis.Core.Indicators;

/// <summary>A completed candle of a timeframe, as indicators and signals see it.</summary>
/// <remarks>Prices are integers in the price unit of their series, volume in its volume unit.</remarks>
/// <param name="OpenTime">Unix milliseconds, a multiple of the timeframe.</param>
public readonly record struct Bar(long OpenTime, int Open, int High, int Low, int Close, long Volume);
