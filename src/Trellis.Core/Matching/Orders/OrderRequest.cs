using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Orders;

public enum OrderType : byte
{
    Limit,
    Market,
}

public enum TimeInForce : byte
{
    /// <summary>Rests until it is filled or cancelled.</summary>
    GoodTillCanceled,

    /// <summary>What does not fill at once expires.</summary>
    ImmediateOrCancel,

    /// <summary>Fills whole at once or is refused.</summary>
    FillOrKill,

    /// <summary>Refused where it would take.</summary>
    PostOnly,

    /// <summary>Rests until <see cref="OrderRequest.ExpiresAt"/>.</summary>
    GoodTillDate,
}

/// <summary>What happens where an order would trade with another of the same account; the taker's setting decides.</summary>
public enum SelfTradePrevention : byte
{
    /// <summary>The account trades with itself.</summary>
    None,
    ExpireTaker,
    ExpireMaker,
    ExpireBoth,
}

/// <summary>What a client asks of the exchange, as it came; nothing in it has been checked.</summary>
public sealed record OrderRequest
{
    /// <summary>Index of the instrument in <see cref="MatchingEngine.Instruments"/>.</summary>
    public required int Instrument { get; init; }

    public required Side Side { get; init; }

    public required OrderType Type { get; init; }

    /// <summary>Limit price in quote currency; 0 for a market order.</summary>
    public decimal Price { get; init; }

    /// <summary>In the instrument's unit of quantity (base currency or contracts); 0 with <see cref="ClosePosition"/>.</summary>
    public decimal Quantity { get; init; }

    public TimeInForce TimeInForce { get; init; }

    /// <summary>Unix milliseconds; only with <see cref="TimeInForce.GoodTillDate"/>.</summary>
    public long ExpiresAt { get; init; }

    public bool ReduceOnly { get; init; }

    /// <summary>Conditional market orders only: closes whatever the position is when it triggers.</summary>
    public bool ClosePosition { get; init; }

    public PositionSide PositionSide { get; init; }

    /// <summary>Where set, the order is conditional: it waits outside the book until the trigger is met.</summary>
    public Trigger? Trigger { get; init; }

    public SelfTradePrevention SelfTradePrevention { get; init; }

    /// <summary>Unique among the account's open orders; the exchange makes one where it is empty.</summary>
    public string ClientOrderId { get; init; } = "";
}
