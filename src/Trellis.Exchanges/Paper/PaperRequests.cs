using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Exchanges.Paper;

/// <summary>Says an adapter's orders in the words of the matching engine, and its refusals in an adapter's.</summary>
internal static class PaperRequests
{
    public static bool IsConditional(OrderIntent intent) => intent.Kind is OrderKind.TriggerAtOrBelow or OrderKind.TriggerAtOrAbove;

    /// <param name="quantity">Of the order; that of the position for a market order that closes it.</param>
    public static OrderRequest Of(OrderIntent intent, int instrument, decimal quantity)
    {
        var isConditional = IsConditional(intent);
        return new OrderRequest
        {
            Instrument = instrument,
            Side = intent.Side,
            Type = intent.Kind == OrderKind.Limit ? OrderType.Limit : OrderType.Market,
            Price = intent.Kind == OrderKind.Limit ? intent.Price : 0m,
            Quantity = isConditional && intent.ClosePosition ? 0m : quantity,
            TimeInForce = intent is { Kind: OrderKind.Limit, PostOnly: true } ? TimeInForce.PostOnly : TimeInForce.GoodTillCanceled,
            // In hedge mode the position's side says what is closed.
            ReduceOnly = intent.PositionSide == PositionSide.Net && (intent.ReduceOnly || (intent.ClosePosition && !isConditional)) && !(isConditional && intent.ClosePosition),
            ClosePosition = isConditional && intent.ClosePosition,
            PositionSide = intent.PositionSide,
            Trigger = isConditional ? new Trigger(KindOf(intent), intent.TriggerPrice, TriggerSource.MarkPrice) : null,
            // Both sides of a trade have one id, and a fill is booked once by it.
            SelfTradePrevention = SelfTradePrevention.ExpireMaker,
            ClientOrderId = intent.ClientOrderId,
        };
    }

    public static RefusalKind KindOf(RefusalReason reason) => reason switch
    {
        RefusalReason.PostOnlyWouldTake => RefusalKind.WouldTake,
        RefusalReason.WouldTriggerAtOnce => RefusalKind.WouldTriggerAtOnce,
        RefusalReason.InsufficientMargin or RefusalReason.InsufficientBalance or RefusalReason.PositionAboveLeverageCap => RefusalKind.InsufficientMargin,
        RefusalReason.ReduceOnlyRefused => RefusalKind.NothingToReduce,
        RefusalReason.DuplicateClientOrderId => RefusalKind.DuplicateClientOrderId,
        RefusalReason.UnknownOrder => RefusalKind.UnknownOrder,
        RefusalReason.PositionSideMismatch => RefusalKind.NotAllowed,
        RefusalReason.PriceNotPositive or RefusalReason.PriceNotOnTick or RefusalReason.PriceTooManyDecimals or RefusalReason.PriceBelowMinimum or RefusalReason.PriceAboveMaximum
            or RefusalReason.PriceAboveBand or RefusalReason.PriceBelowBand or RefusalReason.QuantityNotPositive or RefusalReason.QuantityNotOnLot or RefusalReason.QuantityTooManyDecimals
            or RefusalReason.QuantityBelowMinimum or RefusalReason.QuantityAboveMaximum or RefusalReason.NotionalBelowMinimum => RefusalKind.BreaksRules,
        _ => RefusalKind.Other,
    };

    private static TriggerKind KindOf(OrderIntent intent) =>
        (intent.Side == Side.Buy) == (intent.Kind == OrderKind.TriggerAtOrAbove) ? TriggerKind.Stop : TriggerKind.TakeProfit;
}
