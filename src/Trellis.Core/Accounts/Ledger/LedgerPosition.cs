using Trellis.Core.Orders;

namespace Trellis.Core.Accounts.Ledger;

/// <summary>A position at its total cost.</summary>
/// <param name="Size">Signed: above 0 long, below 0 short.</param>
/// <param name="Cost">Sum of the notionals it was built with, less what was released; at least 0.</param>
public readonly record struct LedgerPosition(decimal Size, decimal Cost)
{
    /// <summary>
    /// What a fill does. Closing releases cost × closed ÷ size, half to even at the twelfth decimal, and all of it
    /// with the last of the size; what is left of the fill opens a position on its own side.
    /// </summary>
    /// <param name="quantity">What arrives or leaves; above 0.</param>
    /// <param name="price">In quote currency.</param>
    /// <param name="multiplier">Base currency per contract.</param>
    public PositionChange Apply(Side side, decimal quantity, decimal price, decimal multiplier)
    {
        var sign = side.Sign();
        var held = Math.Abs(Size);
        var closed = Size * sign < 0 ? Math.Min(quantity, held) : 0m;
        var opened = quantity - closed;
        var released = closed == held ? Cost : ExactDecimal.Share(Cost, closed, held);
        if (closed == 0)
        {
            released = 0m;
        }

        var gain = ExactDecimal.Product(closed, price, multiplier) - released;
        var cost = ExactDecimal.Product(opened, price, multiplier);
        return new PositionChange(
            new LedgerPosition(Size + (sign * quantity), Cost - released + cost),
            closed,
            opened,
            Size > 0 ? gain : -gain);
    }

    /// <summary>Profit and loss if it were closed at a price, before fees.</summary>
    public decimal Unrealized(decimal price, decimal multiplier)
    {
        var gain = Notional(price, multiplier) - Cost;
        return Size >= 0 ? gain : -gain;
    }

    /// <summary>Value at a price, at least 0.</summary>
    public decimal Notional(decimal price, decimal multiplier) => ExactDecimal.Product(Math.Abs(Size), price, multiplier);

    /// <summary>Cost as the ledger keeps it: negative for a short position.</summary>
    public decimal SignedCost => Size >= 0 ? Cost : -Cost;
}

/// <summary>What a fill did to a position.</summary>
/// <param name="Closed">Quantity closed.</param>
/// <param name="Opened">Quantity opened.</param>
/// <param name="Realized">Profit of what was closed, before fees.</param>
public readonly record struct PositionChange(LedgerPosition After, decimal Closed, decimal Opened, decimal Realized);
