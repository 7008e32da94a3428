using Trellis.Core.Orders;

namespace Trellis.Core.Trading.Planning;

/// <summary>An order that should be at the exchange now, in the venue's terms.</summary>
/// <param name="Price">Limit or trigger price; 0 at market.</param>
/// <param name="Quantity">What is left of it to fill.</param>
internal readonly record struct WantedOrder(
    Side Side,
    PositionSide PositionSide,
    OrderKind Kind,
    decimal Price,
    decimal Quantity,
    bool PostOnly,
    bool ReduceOnly,
    bool ClosePosition)
{
    /// <summary>Whether it can do nothing but close.</summary>
    public bool Reduces => ReduceOnly || ClosePosition || (int)PositionSide == -Side.Sign();
}
