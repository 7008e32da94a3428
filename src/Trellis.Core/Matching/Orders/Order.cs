using Trellis.Core.Matching.Accounts;

namespace Trellis.Core.Matching.Orders;

public enum OrderStatus : byte
{
    New,
    PartiallyFilled,
    Filled,
    Canceled,

    /// <summary>Ended by the exchange: the rest of an IOC, a date passed, self-trade prevention, a liquidation.</summary>
    Expired,
}

/// <summary>Why an order is no longer open.</summary>
public enum OrderEnd : byte
{
    None,
    Filled,
    CanceledByUser,

    /// <summary>An amendment to no more than what was filled, or across the market for a post-only order.</summary>
    CanceledByAmendment,

    /// <summary>The countdown that its owner set ran out.</summary>
    CanceledByCountdown,

    /// <summary>The rest of an IOC or of a market order that found no more to trade with.</summary>
    NotFilledAtOnce,
    DatePassed,
    SelfTradePrevention,

    /// <summary>A reduce-only order without a position left to reduce.</summary>
    NothingToReduce,
    Liquidation,
}

/// <summary>An order as it stood at one instant: a snapshot that later events do not change.</summary>
public sealed record Order
{
    /// <summary>Unique in the exchange, growing with time; from 1.</summary>
    public required long Id { get; init; }

    public required AccountId Account { get; init; }

    /// <summary>The request with its client order id filled in; its price and quantity are the amended ones.</summary>
    public required OrderRequest Request { get; init; }

    public OrderStatus Status { get; init; }

    public OrderEnd End { get; init; }

    public decimal ExecutedQuantity { get; init; }

    /// <summary>Sum of price × quantity × multiplier over the fills, in quote currency.</summary>
    public decimal ExecutedNotional { get; init; }

    /// <summary>Mean price of the fills; 0 before the first.</summary>
    public decimal AveragePrice { get; init; }

    /// <summary>How often it was amended.</summary>
    public int Amendments { get; init; }

    /// <summary>The conditional order that it came from; 0 for none.</summary>
    public long ConditionalId { get; init; }

    /// <summary>Sent by the exchange itself to close an account whose margin is gone.</summary>
    public bool IsLiquidation { get; init; }

    /// <summary>Unix milliseconds of the exchange's clock.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>Time of the last change, Unix milliseconds.</summary>
    public required long UpdatedAt { get; init; }

    public decimal RemainingQuantity => Request.Quantity - ExecutedQuantity;

    public bool IsOpen => Status is OrderStatus.New or OrderStatus.PartiallyFilled;
}
