namespace Trellis.Core.Matching.Orders;

/// <summary>Why the exchange did not do what it was asked; each venue has its own code for it.</summary>
public enum RefusalReason : byte
{
    UnknownInstrument,
    TradingHalted,

    PriceNotPositive,
    PriceNotOnTick,
    PriceTooManyDecimals,
    PriceBelowMinimum,
    PriceAboveMaximum,

    /// <summary>A limit further above the mark price than the instrument's band allows.</summary>
    PriceAboveBand,

    /// <summary>A limit further below the mark price than the instrument's band allows.</summary>
    PriceBelowBand,

    QuantityNotPositive,
    QuantityNotOnLot,
    QuantityTooManyDecimals,
    QuantityBelowMinimum,
    QuantityAboveMaximum,
    NotionalBelowMinimum,

    TooManyOpenOrders,
    TooManyConditionalOrders,
    DuplicateClientOrderId,
    UnknownOrder,

    /// <summary>The position side does not fit the account's position mode.</summary>
    PositionSideMismatch,
    ReduceOnlyInHedgeMode,

    /// <summary>A reduce-only order that would not reduce.</summary>
    ReduceOnlyRefused,
    InsufficientMargin,

    /// <summary>The position would outgrow what the account's leverage allows.</summary>
    PositionAboveLeverageCap,
    PostOnlyWouldTake,
    FillOrKillNotFilled,
    WouldTriggerAtOnce,

    /// <summary>The date of a good-till-date order lies in the past, or too near.</summary>
    ExpiryTooEarly,

    /// <summary>Market orders and untriggered conditional orders can't be amended.</summary>
    NotAmendable,
    NothingToAmend,
    TooManyAmendments,

    LeverageOutOfRange,
    PositionModeUnchanged,
    MarginModeUnchanged,
    IsolatedMarginUnsupported,
    HasOpenOrders,
    HasPosition,
    InsufficientBalance,

    /// <summary>A market order with nobody to trade with.</summary>
    NoLiquidity,
}

/// <summary>A refusal: nothing was changed.</summary>
/// <param name="Detail">What was wrong with which value, and what would be allowed, in words.</param>
public sealed record Refusal(RefusalReason Reason, string Detail);
