using Trellis.Core.Orders;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Core.Trading.Effects;

/// <summary>Something that the loop wants done. The shell does it, and tells what came of it by an input.</summary>
public abstract record TradingEffect
{
    /// <summary>
    /// Whether it may leave before the inputs it followed from are committed: cancels, questions, and what never reaches the venue. Orders may not, closes among them:
    /// were the process killed before the commit, the next one would send the same close under the same id again.
    /// </summary>
    public virtual bool MayLeaveBeforeCommit => false;
}

/// <summary>Send an order. Journaled as an intent before it is sent; answered by <see cref="PlaceAnswered"/>.</summary>
public sealed record PlaceOrder(OrderIntent Intent) : TradingEffect;

/// <summary>An order that is about to be sent, in the venue's terms.</summary>
public sealed record OrderIntent
{
    /// <summary>Index in <see cref="TradingSettings.Markets"/>.</summary>
    public required int Market { get; init; }

    public required int Bot { get; init; }

    /// <summary>At most 32 of [A-Za-z0-9] (<c>Orders/ClientOrderId</c>).</summary>
    public required string ClientOrderId { get; init; }

    public required Side Side { get; init; }

    public PositionSide PositionSide { get; init; }

    public required OrderKind Kind { get; init; }

    /// <summary>Limit price; 0 for market and trigger orders.</summary>
    public decimal Price { get; init; }

    /// <summary>Trigger price; 0 without one.</summary>
    public decimal TriggerPrice { get; init; }

    /// <summary>0 with <see cref="ClosePosition"/>.</summary>
    public decimal Quantity { get; init; }

    public bool PostOnly { get; init; }

    public bool ReduceOnly { get; init; }

    public bool ClosePosition { get; init; }
}

/// <summary>Cancel an order of ours; answered by <see cref="CancelAnswered"/>.</summary>
/// <param name="VenueOrderId">Empty where it is not known.</param>
public sealed record CancelOrder(int Market, string ClientOrderId, string VenueOrderId, bool IsConditional) : TradingEffect
{
    public override bool MayLeaveBeforeCommit => true;
}

/// <summary>Ask for an order by client order id, first at <paramref name="NotBefore"/>; answered by <see cref="OrderQueried"/>.</summary>
public sealed record QueryOrder(int Market, string ClientOrderId, string VenueOrderId, bool IsConditional, long NotBefore) : TradingEffect
{
    public override bool MayLeaveBeforeCommit => true;
}

/// <summary>Ask for everything; answered by <see cref="SnapshotTaken"/> or <see cref="SnapshotFailed"/>.</summary>
/// <param name="Reconciliation">Number of the question, growing.</param>
/// <param name="Since">Fills and income from this time on, Unix milliseconds.</param>
/// <param name="ClientOrderIds">Orders whose fate has to be told, with their markets.</param>
public sealed record Reconcile(int Reconciliation, long Since, IReadOnlyList<OrderToFind> ClientOrderIds) : TradingEffect
{
    public override bool MayLeaveBeforeCommit => true;
}

/// <param name="Booked">What of its fills is known: where it has executed more, its fills are asked for too, whenever they happened.</param>
public sealed record OrderToFind(int Market, string ClientOrderId, bool IsConditional, decimal Booked = 0m);

/// <summary>Send <see cref="TimePassed"/> at this time; only the earliest that was asked for since the last one counts.</summary>
public sealed record WakeAt(long Time) : TradingEffect
{
    public override bool MayLeaveBeforeCommit => true;
}

public enum AlertLevel : byte
{
    Information,
    Warning,
    Error,

    /// <summary>Trading has stopped, or must not go on.</summary>
    Critical,
}

/// <summary>Tell people: logs, the screen, notifications.</summary>
/// <param name="Code">Stable, lower case with hyphens, listed in docs.</param>
/// <param name="Bot">−1 where it is not about one bot.</param>
public sealed record Alert(AlertLevel Level, string Code, int Bot, string Text) : TradingEffect
{
    public override bool MayLeaveBeforeCommit => true;
}

/// <summary>An order of ours changed its state; for storage, the screen and the trade log.</summary>
public sealed record OrderStateChanged(Orders.ManagedOrder Order) : TradingEffect
{
    public override bool MayLeaveBeforeCommit => true;
}

/// <summary>A fill was booked to a bot.</summary>
/// <param name="Realized">Profit of what it closed, before its fee.</param>
public sealed record FillBooked(int Bot, int Market, string Slot, Venues.VenueFill Fill, decimal Realized) : TradingEffect
{
    public override bool MayLeaveBeforeCommit => true;
}

/// <summary>A balanced entry of the ledger.</summary>
public sealed record LedgerPosted(Accounts.Ledger.JournalEntry Entry, long Time, string Reference) : TradingEffect
{
    public override bool MayLeaveBeforeCommit => true;
}

/// <summary>A bot changed its state.</summary>
public sealed record BotStateChanged(int Bot, BotState State, string Reason) : TradingEffect
{
    public override bool MayLeaveBeforeCommit => true;
}

public enum BotState : byte
{
    Stopped,
    Running,
    Paused,

    /// <summary>Ending: orders are being cancelled, a position may be closed.</summary>
    Stopping,

    /// <summary>It can't go on without a person; the alert says why.</summary>
    Failed,
}
