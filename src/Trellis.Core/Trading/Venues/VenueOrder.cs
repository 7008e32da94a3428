using Trellis.Core.Markets;
using Trellis.Core.Orders;

namespace Trellis.Core.Trading.Venues;

/// <summary>What an exchange says an order is.</summary>
public enum VenueOrderStatus : byte
{
    /// <summary>A conditional order that waits for its trigger.</summary>
    Untriggered,
    Open,
    PartiallyFilled,
    Filled,
    Canceled,
    Rejected,
    Expired,
}

/// <summary>An order as an exchange told it, in a stream, an answer or a list.</summary>
public sealed record VenueOrder
{
    public required InstrumentId Instrument { get; init; }

    /// <summary>As it was sent; empty where the exchange or another program made the order without one.</summary>
    public required string ClientOrderId { get; init; }

    /// <summary>The exchange's own id.</summary>
    public required string VenueOrderId { get; init; }

    public required Side Side { get; init; }

    public PositionSide PositionSide { get; init; }

    public required VenueOrderStatus Status { get; init; }

    /// <summary>Waits outside the book for a trigger, or came from such an order.</summary>
    public bool IsConditional { get; init; }

    /// <summary>Of a conditional order that has triggered: the id of the order it became; empty before.</summary>
    public string TriggeredOrderId { get; init; } = "";

    /// <summary>Limit price; 0 for a market order.</summary>
    public decimal Price { get; init; }

    /// <summary>Trigger price; 0 for an order without one.</summary>
    public decimal TriggerPrice { get; init; }

    /// <summary>In the instrument's unit of quantity; 0 for one that closes a whole position.</summary>
    public decimal Quantity { get; init; }

    public decimal ExecutedQuantity { get; init; }

    /// <summary>Mean price of what was executed; 0 before.</summary>
    public decimal AveragePrice { get; init; }

    public bool ReduceOnly { get; init; }

    /// <summary>Time of the last change on the exchange's clock, Unix milliseconds.</summary>
    public long UpdatedAt { get; init; }

    /// <summary>Why it was rejected, cancelled by the exchange or expired, in the exchange's words; empty where it says nothing.</summary>
    public string Reason { get; init; } = "";
}
