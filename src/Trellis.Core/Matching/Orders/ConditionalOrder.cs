using Trellis.Core.Matching.Accounts;

namespace Trellis.Core.Matching.Orders;

public enum ConditionalStatus : byte
{
    /// <summary>Waits for its trigger.</summary>
    Waiting,

    /// <summary>Its order is on the exchange.</summary>
    Triggered,

    /// <summary>Its order has come to its end.</summary>
    Finished,
    Canceled,
    Expired,

    /// <summary>It triggered, and its order was refused; <see cref="ConditionalOrder.Refusal"/> says why.</summary>
    Rejected,
}

/// <summary>An order that waits for a price, as it stood at one instant.</summary>
public sealed record ConditionalOrder
{
    /// <summary>Unique in the exchange among conditional orders; from 1.</summary>
    public required long Id { get; init; }

    public required AccountId Account { get; init; }

    /// <summary>The request, with trigger and with its client order id filled in.</summary>
    public required OrderRequest Request { get; init; }

    public ConditionalStatus Status { get; init; }

    /// <summary>The order that it became; 0 before.</summary>
    public long OrderId { get; init; }

    public Refusal? Refusal { get; init; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; init; }

    /// <summary>When it triggered, Unix milliseconds; 0 before.</summary>
    public long TriggeredAt { get; init; }
}
