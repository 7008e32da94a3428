namespace Trellis.Core.Orders;

public enum OrderKind : byte
{
    /// <summary>Rests at its price.</summary>
    Limit,

    /// <summary>Fills at the next open.</summary>
    Market,

    /// <summary>Becomes a market order when the price falls to its trigger price or below.</summary>
    TriggerAtOrBelow,

    /// <summary>Becomes a market order when the price rises to its trigger price or above.</summary>
    TriggerAtOrAbove,
}

[Flags]
public enum OrderInstructions : byte
{
    None = 0,

    /// <summary>Never takes: an order that lies beyond the market waits until a close lies on its own side.</summary>
    PostOnly = 1,

    /// <summary>Fills at most what closes the position; with no position to close it does not fill.</summary>
    ReduceOnly = 2,

    /// <summary>Closes whatever the position is when it fills; its quantity is ignored. Implies reduce-only.</summary>
    ClosePosition = 4,
}

/// <summary>An order that should rest now.</summary>
/// <remarks>
/// Prices are integers in the lane's price unit, quantities integers in its quantity unit (<see cref="Markets.InstrumentUnits"/>).
/// </remarks>
public readonly record struct PlannedOrder
{
    public required Side Side { get; init; }

    public required OrderKind Kind { get; init; }

    public OrderInstructions Instructions { get; init; }

    public PositionSide PositionSide { get; init; }

    /// <summary>Limit price or trigger price, above 0; 0 for a market order and for one that a column prices.</summary>
    public int Price { get; init; }

    /// <summary>Above 0; ignored with <see cref="OrderInstructions.ClosePosition"/>.</summary>
    public long Quantity { get; init; }

    /// <summary>Orders of one lane that share a group above 0 cancel one another: the first fill removes the rest.</summary>
    public int Group { get; init; }

    /// <summary>1 + the index of the price column that this post-only limit follows; 0 for a fixed price.</summary>
    public int PriceColumn { get; init; }

    /// <summary>Whether all the given instructions are set.</summary>
    public bool Has(OrderInstructions instructions) => (Instructions & instructions) == instructions;
}
