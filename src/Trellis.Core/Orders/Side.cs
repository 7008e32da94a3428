namespace Trellis.Core.Orders;

/// <summary>Buy or sell; the value is the sign of the position change.</summary>
public enum Side : sbyte
{
    Sell = -1,
    Buy = 1,
}

/// <summary>Which position an order belongs to.</summary>
public enum PositionSide : sbyte
{
    /// <summary>The short position of hedge mode.</summary>
    Short = -1,

    /// <summary>The single position of one-way mode.</summary>
    Net = 0,

    /// <summary>The long position of hedge mode.</summary>
    Long = 1,
}

public static class Sides
{
    /// <summary>+1 for a buy, −1 for a sell.</summary>
    public static int Sign(this Side side) => (int)side;

    public static Side Opposite(this Side side) => (Side)(-(int)side);

    public static Side FromSign(int sign) => sign > 0 ? Side.Buy : Side.Sell;
}
