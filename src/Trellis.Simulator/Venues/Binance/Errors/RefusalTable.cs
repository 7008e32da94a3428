using Trellis.Core.Matching.Orders;

namespace Trellis.Simulator.Venues.Binance.Errors;

/// <summary>What was being done when the exchange refused: the same reason has another code on another endpoint.</summary>
internal enum RefusedAction
{
    Place,
    Amend,
    Cancel,
    Query,
    ChangePositionMode,
    ChangeMarginType,
    ChangeLeverage,
}

/// <summary>The exchange's refusals in Binance's codes and words (page "Error Codes" of USDⓈ-M futures).</summary>
internal static class RefusalTable
{
    /// <param name="minNotional">The smallest notional of the instrument, as the message names it.</param>
    /// <param name="isMarket">Whether the order was a market order, to which the price band says something else.</param>
    public static BinanceError Translate(Refusal refusal, RefusedAction action, decimal minNotional = 0m, bool isMarket = false) => refusal.Reason switch
    {
        RefusalReason.UnknownInstrument => RequestErrors.InvalidSymbol,
        RefusalReason.TradingHalted when action == RefusedAction.Amend =>
            new(-5024, "Symbol is not in trading status. Order amendment is not permitted."),
        RefusalReason.TradingHalted => new(-4140, "Invalid symbol status for opening position."),

        RefusalReason.PriceNotPositive => new(-4001, "Price less than 0."),
        // More decimals than the symbol's precision are refused before the exchange is asked; what is left is off the tick.
        RefusalReason.PriceNotOnTick or RefusalReason.PriceTooManyDecimals => new(-4014, "Price not increased by tick size."),
        RefusalReason.PriceBelowMinimum => new(-4013, "Price less than min price."),
        RefusalReason.PriceAboveMaximum => new(-4002, "Price greater than max price."),
        RefusalReason.PriceAboveBand or RefusalReason.PriceBelowBand when isMarket =>
            RequestErrors.OutsideOfBand,
        RefusalReason.PriceAboveBand => new(-4016, "Price is higher than mark price multiplier cap."),
        RefusalReason.PriceBelowBand => new(-4024, "Price is lower than mark price multiplier floor."),

        RefusalReason.QuantityNotPositive => new(-4003, "Quantity less than or equal to zero."),
        RefusalReason.QuantityNotOnLot or RefusalReason.QuantityTooManyDecimals => new(-4023, "Qty not increased by step size."),
        RefusalReason.QuantityBelowMinimum => new(-4004, "Quantity less than min quantity."),
        RefusalReason.QuantityAboveMaximum => new(-4005, "Quantity greater than max quantity."),
        RefusalReason.NotionalBelowMinimum when action == RefusedAction.Amend =>
            new(-5029, $"Order's notional must be no smaller than {minNotional:0.##########}"),
        RefusalReason.NotionalBelowMinimum =>
            new(-4164, $"Order's notional must be no smaller than {minNotional:0.##########} (unless you choose reduce only)."),

        RefusalReason.TooManyOpenOrders => new(-2025, "Reach max open order limit."),
        RefusalReason.TooManyConditionalOrders => new(-4045, "Reach max stop order limit."),
        RefusalReason.DuplicateClientOrderId => new(-4116, "ClientOrderId is duplicated."),
        RefusalReason.UnknownOrder when action == RefusedAction.Cancel => RequestErrors.UnknownOrderToCancel,
        RefusalReason.UnknownOrder => RequestErrors.NoSuchOrder,

        RefusalReason.PositionSideMismatch => new(-4061, "Order's position side does not match user's setting."),
        RefusalReason.ReduceOnlyInHedgeMode => RequestErrors.NotRequired("reduceonly"),
        RefusalReason.ReduceOnlyRefused => new(-2022, "ReduceOnly Order is rejected."),
        RefusalReason.InsufficientMargin when action == RefusedAction.ChangeLeverage =>
            new(-2028, "Leverage is smaller than permitted: insufficient margin balance."),
        RefusalReason.InsufficientMargin => new(-2019, "Margin is insufficient."),
        RefusalReason.InsufficientBalance => new(-2018, "Balance is insufficient."),
        RefusalReason.PositionAboveLeverageCap => new(-2027, "Exceeded the maximum allowable position at current leverage."),
        RefusalReason.PostOnlyWouldTake => new(-5022, "Due to the order could not be executed as maker, the Post Only order will be rejected."),
        RefusalReason.FillOrKillNotFilled => new(-5021, "Due to the order could not be filled immediately, the FOK order has been rejected."),
        RefusalReason.NoLiquidity => new(-2020, "Unable to fill."),
        RefusalReason.WouldTriggerAtOnce => new(-2021, "Order would immediately trigger."),
        RefusalReason.ExpiryTooEarly => RequestErrors.GoodTillDate,

        RefusalReason.NotAmendable => new(-5025, "Only limit order is supported."),
        RefusalReason.NothingToAmend => new(-5027, "No need to modify the order."),
        RefusalReason.TooManyAmendments => new(-5026, "Exceed maximum modify order limit."),

        RefusalReason.LeverageOutOfRange => new(-4028, "Invalid leverage"),
        RefusalReason.PositionModeUnchanged => new(-4059, "No need to change position side."),
        RefusalReason.MarginModeUnchanged => new(-4046, "No need to change margin type."),
        RefusalReason.IsolatedMarginUnsupported => RequestErrors.NotSimulated("isolated margin is not simulated, only CROSSED"),
        RefusalReason.HasOpenOrders when action == RefusedAction.ChangeMarginType =>
            new(-4047, "Margin type cannot be changed if there exists open orders."),
        RefusalReason.HasOpenOrders => new(-4067, "Position side cannot be changed if there exists open orders."),
        RefusalReason.HasPosition when action == RefusedAction.ChangeMarginType =>
            new(-4048, "Margin type cannot be changed if there exists position."),
        RefusalReason.HasPosition => new(-4068, "Position side cannot be changed if there exists position."),
        _ => new(-2010, refusal.Detail),
    };
}
