namespace Trellis.Simulator.Markets;

/// <summary>Where a market stands.</summary>
/// <param name="Time">Market time, Unix milliseconds.</param>
/// <param name="CandleOpen">Open time of the candle that is passing, or will pass next.</param>
/// <param name="CandlesPassed">How many candles have passed since this program started.</param>
/// <param name="EndOfData">Whether the data are over and the market stands still.</param>
public sealed record MarketStatus(long Time, MarketSpeed Speed, bool IsPaused, long CandleOpen, long CandlesPassed, bool EndOfData);
