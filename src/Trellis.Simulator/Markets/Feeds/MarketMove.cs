using Trellis.Core.Orders;

namespace Trellis.Simulator.Markets.Feeds;

/// <summary>One step of a price.</summary>
/// <param name="Offset">Milliseconds after the open of its candle.</param>
/// <param name="Price">On the tick.</param>
/// <param name="Volume">Traded with it, in whole lots; 0 where the price is only quoted.</param>
/// <param name="Aggressor">Who took, where the move is a recorded trade; null where the candle's path moves the market.</param>
public readonly record struct MarketMove(long Offset, decimal Price, decimal Volume, Side? Aggressor);
