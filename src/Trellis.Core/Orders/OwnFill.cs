namespace Trellis.Core.Orders;

/// <summary>What a strategy is told of a fill of its own order.</summary>
/// <param name="Lane">Index of the strategy's instrument.</param>
/// <param name="Slot">The slot whose order filled.</param>
/// <param name="Price">In price units.</param>
/// <param name="Quantity">What traded, in quantity units; above 0.</param>
/// <param name="BaseFee">The part of the quantity that was kept as fee in the base currency; 0 where fees are in quote.</param>
public readonly record struct OwnFill(int Lane, int Slot, Side Side, int Price, long Quantity, long BaseFee)
{
    /// <summary>What arrived of a buy, or left with a sell.</summary>
    public long NetQuantity => Quantity - BaseFee;
}
