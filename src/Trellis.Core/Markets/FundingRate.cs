namespace Trellis.Core.Markets;

/// <summary>A funding payment that holders of a perpetual exchange: longs pay shorts where the rate is positive.</summary>
/// <param name="Time">Unix milliseconds.</param>
/// <param name="Rate">Share of the position's notional: 0.0001 is 0.01 %.</param>
/// <param name="MarkPrice">The price the notional is taken at; null where the source does not say (then the candle's open).</param>
public readonly record struct FundingRate(long Time, decimal Rate, decimal? MarkPrice);
