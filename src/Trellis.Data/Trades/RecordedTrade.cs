namespace Trellis.Data.Trades;

/// <summary>A trade that a market made.</summary>
/// <param name="Time">Unix milliseconds.</param>
/// <param name="Quantity">In base currency; above 0.</param>
/// <param name="IsBuyerMaker">Whether the buyer's order rested, so that the seller was the aggressor.</param>
public readonly record struct RecordedTrade(long Time, decimal Price, decimal Quantity, bool IsBuyerMaker);
