using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;

namespace Trellis.Core.Trading.Orders;

/// <summary>What the loop knows of an order of ours, as it changes.</summary>
internal sealed class TrackedOrder
{
    private decimal? remaining;

    public required OrderIntent Intent { get; init; }

    public required int Lane { get; init; }

    /// <summary>The orders of its lane that live.</summary>
    public required List<TrackedOrder> Siblings { get; init; }

    /// <summary>Which beginning of the bot it belongs to: an order of an earlier one is no business of the present strategy.</summary>
    public required int Revision { get; init; }

    /// <summary>−1 for an order of the risk manager.</summary>
    public required int Slot { get; init; }

    /// <summary>The cycle of the plan that it stands for: that of its sending, or a later one that wants just what is left of it.</summary>
    public required int Cycle { get; set; }

    public required long CreatedAt { get; init; }

    public OrderState State { get; set; } = OrderState.Submitting;

    /// <summary>How far it is known to have come at the exchange, whatever is under way: untriggered, open or partially filled.</summary>
    public OrderState Live { get; set; } = OrderState.Submitting;

    public string VenueOrderId { get; set; } = "";

    /// <summary>Ids beside its own: that of the order which a trigger made of it.</summary>
    public List<string>? OtherVenueIds { get; set; }

    /// <summary>Whether it is among the orders that live.</summary>
    public bool IsListed { get; set; }

    public decimal Booked
    {
        get;
        set
        {
            field = value;
            remaining = null;
        }
    }

    public decimal Reported { get; set; }

    public long UpdatedAt { get; set; }

    public string Reason { get; set; } = "";

    /// <summary>When it was first known to be at the exchange.</summary>
    public long KnownAt { get; set; } = long.MaxValue;

    /// <summary>An unknown order can still arrive until then.</summary>
    public long MayArriveUntil { get; set; }

    /// <summary>We wanted it gone: that it ended is no surprise.</summary>
    public bool CancelAsked { get; set; }

    /// <summary>What its end teaches has been taken from an answer.</summary>
    public bool EndIsExplained { get; set; }

    /// <summary>Nobody told its end: it follows from the exchange's knowing nothing of it, so that it may still be there.</summary>
    public bool EndIsInferred { get; set; }

    /// <summary>No answer to the last cancel has come.</summary>
    public bool CancelUnderWay { get; set; }

    public int CancelRefusals { get; set; }

    public long CancelNotBefore { get; set; }

    public bool QueryUnderWay { get; set; }

    public int Queries { get; set; }

    /// <summary>Since when the exchange has told of more than is booked, or has been asked for it; 0 while all is booked.</summary>
    public long MissingSince { get; set; }

    /// <summary>The same, whatever was asked for since; 0 while all is booked.</summary>
    public long LacksSince { get; set; }

    /// <summary>A snapshot did not list it among the open orders: it is asked for by its id.</summary>
    public bool IsMissed { get; set; }

    /// <summary>It was there before we knew of it.</summary>
    public bool IsAdopted { get; init; }

    /// <summary>Its fills can't be older; an adopted order has a past of unknown length.</summary>
    public long FillsSince { get; init; }

    public string ClientOrderId => Intent.ClientOrderId;

    public int Market => Intent.Market;

    public int Bot => Intent.Bot;

    /// <summary>Limit or trigger price; 0 at market.</summary>
    public decimal Price => Intent.TriggerPrice == 0 ? Intent.Price : Intent.TriggerPrice;

    public bool IsConditional => Intent.Kind is OrderKind.TriggerAtOrBelow or OrderKind.TriggerAtOrAbove;

    /// <summary>Whether the exchange itself lets it do nothing but close.</summary>
    public bool Reduces => Intent.ReduceOnly || Intent.ClosePosition || (int)Intent.PositionSide == -Intent.Side.Sign();

    /// <summary>What may still fill; 0 where the quantity is that of the position.</summary>
    public decimal Remaining => remaining ??= Math.Max(0m, Intent.Quantity - Booked);

    public bool HasEnded => State is OrderState.Filled or OrderState.Canceled or OrderState.Rejected or OrderState.Expired;

    /// <summary>Ended, with every reported fill booked.</summary>
    public bool IsFinal => HasEnded && Booked >= Reported;

    /// <summary>At the exchange with nothing under way: it may be cancelled.</summary>
    public bool Rests => State is OrderState.Open or OrderState.PartiallyFilled or OrderState.Untriggered;

    /// <summary>Whether nothing of it is left to fill.</summary>
    public bool IsWhole =>
        (!Intent.ClosePosition && Booked >= Intent.Quantity) || (State == OrderState.Filled && Booked > 0 && Booked >= Reported);

    public ManagedOrder Snapshot() => new()
    {
        Intent = Intent,
        Lane = Lane,
        Slot = Slot,
        Cycle = Cycle,
        State = State,
        VenueOrderId = VenueOrderId,
        BookedQuantity = Booked,
        ReportedQuantity = Reported,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        Reason = Reason,
    };
}
