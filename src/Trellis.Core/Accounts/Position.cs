using Trellis.Core.Numerics;
namespace Trellis.Core.Accounts;

/// <summary>
/// A position as matching and backtests keep it: a signed size in quantity units and its total cost in money
/// units (10^-12 quote). A partial close releases cost × closed ÷ size, rounded half to even; the rest stays.
/// </summary>
public struct Position
{
    /// <summary>A position as it was kept.</summary>
    /// <param name="cost">At least 0; 0 where the size is.</param>
    public Position(long size, Int128 cost)
    {
        Size = size;
        Cost = cost;
    }

    /// <summary>Above 0 long, below 0 short.</summary>
    public long Size { get; private set; }

    /// <summary>Sum of the notionals the position was built with, at least 0.</summary>
    public Int128 Cost { get; private set; }

    /// <summary>−cost of a long, +cost of a short: with the signed value added, the unrealized profit.</summary>
    public readonly Int128 SignedCost => Size >= 0 ? -Cost : Cost;

    /// <summary>Books a fill and returns what it realized, before fees.</summary>
    /// <param name="sign">+1 for a buy, −1 for a sell.</param>
    /// <param name="quantity">Above 0.</param>
    /// <param name="unitValue">Price × notional factor: the value of one quantity unit.</param>
    public Int128 Apply(int sign, long quantity, long unitValue)
    {
        var held = Math.Abs(Size);
        if (Size == 0 || Math.Sign(Size) == sign)
        {
            Size += sign * quantity;
            Cost += Math.BigMul(unitValue, quantity);
            return 0;
        }

        var closed = Math.Min(quantity, held);
        var released = closed == held ? Cost : Money.MultiplyDivide(Cost, closed, held);
        var realized = Math.BigMul(unitValue, closed) - released;
        if (sign > 0)
        {
            realized = -realized;
        }

        Cost -= released;
        Size += sign * closed;
        var opened = quantity - closed;
        if (opened > 0)
        {
            Size = sign * opened;
            Cost = Math.BigMul(unitValue, opened);
        }

        return realized;
    }
}
