using Trellis.Core.Trading.Effects;

namespace Trellis.Core.Trading.Orders;

/// <summary>What is known of an order of ours.</summary>
public enum OrderState : byte
{
    /// <summary>Decided, and held back: by a limit, a post-only price, a pause.</summary>
    Planned,

    /// <summary>Committed and on its way; no answer yet.</summary>
    Submitting,

    /// <summary>Its fate is not known: its slot stays taken, its worst case counts, and it is never sent again.</summary>
    Unknown,

    /// <summary>Waits at the exchange for its trigger.</summary>
    Untriggered,
    Open,
    PartiallyFilled,

    /// <summary>A cancel is on its way.</summary>
    Canceling,

    /// <summary>An amendment is on its way.</summary>
    Amending,
    Filled,
    Canceled,
    Rejected,
    Expired,
}

/// <summary>An order of ours as it stood at one instant.</summary>
public sealed record ManagedOrder
{
    public required OrderIntent Intent { get; init; }

    /// <summary>Lane of the bot.</summary>
    public required int Lane { get; init; }

    /// <summary>Slot of the lane's plan; −1 for an order of the risk manager.</summary>
    public required int Slot { get; init; }

    /// <summary>The slot's n-th order, as the plan counted when the order was sent.</summary>
    public required int Cycle { get; init; }

    public required OrderState State { get; init; }

    /// <summary>The exchange's id; empty while it is not known.</summary>
    public string VenueOrderId { get; init; } = "";

    /// <summary>Sum of its booked fills.</summary>
    public decimal BookedQuantity { get; init; }

    /// <summary>What the exchange says was executed; above <see cref="BookedQuantity"/> while fills are missing.</summary>
    public decimal ReportedQuantity { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    /// <summary>Why it ended, or why it waits.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Whether nothing more can come of it: a final state, and every reported fill is booked.</summary>
    public bool IsFinal => State is OrderState.Filled or OrderState.Canceled or OrderState.Rejected or OrderState.Expired && BookedQuantity >= ReportedQuantity;
}
