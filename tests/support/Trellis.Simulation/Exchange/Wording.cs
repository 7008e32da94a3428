using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;
using Trellis.Simulation.Scenarios;

namespace Trellis.Simulation.Exchange;

/// <summary>The matching engine's words in those that an adapter tells, as the shape of the venue has them.</summary>
internal sealed class Wording(IReadOnlyList<TradingMarket> markets, VenueShape shape)
{
    public VenueOrder Order(Order order) => new()
    {
        Instrument = markets[order.Request.Instrument].Instrument.Id,
        ClientOrderId = order.Request.ClientOrderId,
        VenueOrderId = shape.Id('o', order.Id),
        Side = order.Request.Side,
        PositionSide = order.Request.PositionSide,
        Status = StatusOf(order),
        IsConditional = order.ConditionalId != 0,
        Price = order.Request.Type == OrderType.Market ? 0m : order.Request.Price,
        Quantity = order.Request.Quantity,
        ExecutedQuantity = order.ExecutedQuantity,
        AveragePrice = order.AveragePrice,
        ReduceOnly = order.Request.ReduceOnly,
        UpdatedAt = order.UpdatedAt + shape.MarketAhead,
        Reason = order.End is OrderEnd.None or OrderEnd.Filled or OrderEnd.CanceledByUser ? "" : order.End.ToString(),
    };

    /// <param name="order">Waits or has waited for its trigger.</param>
    /// <param name="became">The order that it became; null before.</param>
    public VenueOrder Conditional(ConditionalOrder order, Order? became) => new()
    {
        Instrument = markets[order.Request.Instrument].Instrument.Id,
        ClientOrderId = order.Request.ClientOrderId,
        VenueOrderId = shape.Id('c', order.Id),
        Side = order.Request.Side,
        PositionSide = order.Request.PositionSide,
        Status = order.Status switch
        {
            ConditionalStatus.Waiting => VenueOrderStatus.Untriggered,
            ConditionalStatus.Canceled => VenueOrderStatus.Canceled,
            ConditionalStatus.Expired => VenueOrderStatus.Expired,
            ConditionalStatus.Rejected => VenueOrderStatus.Rejected,
            _ when became is not null => StatusOf(became),
            _ => VenueOrderStatus.Open,
        },
        IsConditional = true,
        TriggeredOrderId = order.OrderId == 0 ? "" : shape.Id('o', order.OrderId),
        TriggerPrice = order.Request.Trigger!.Value.Price,
        Quantity = order.Request.ClosePosition ? 0m : order.Request.Quantity,
        ExecutedQuantity = became?.ExecutedQuantity ?? 0m,
        AveragePrice = became?.AveragePrice ?? 0m,
        ReduceOnly = order.Request.ReduceOnly,
        UpdatedAt = order.UpdatedAt + shape.MarketAhead,
        Reason = order.Refusal?.Reason.ToString() ?? "",
    };

    public VenueFill Fill(Fill fill, Order order) => new()
    {
        Instrument = markets[fill.Instrument].Instrument.Id,
        TradeId = shape.Id('t', fill.TradeId),
        VenueOrderId = shape.Id('o', fill.OrderId),
        ClientOrderId = shape.FillsNameTheOrder ? order.Request.ClientOrderId : "",
        Side = fill.Side,
        PositionSide = fill.PositionSide,
        Price = fill.Price,
        Quantity = fill.Quantity,
        Fee = fill.Fee,
        FeeCurrency = "USDT",
        IsMaker = fill.IsMaker,
        Time = fill.Time + shape.MarketAhead,
    };

    public VenueIncome? Income(IncomeBooked income)
    {
        var kind = income.Kind switch
        {
            IncomeKind.Funding => VenueIncomeKind.Funding,
            IncomeKind.Transfer => VenueIncomeKind.Transfer,
            IncomeKind.InsuranceClear => VenueIncomeKind.Other,
            _ => (VenueIncomeKind?)null,
        };
        return kind is { } known
            ? new VenueIncome(shape.Id('i', income.Id), known, income.Instrument < 0 ? null : markets[income.Instrument].Instrument.Id, "USDT", income.Amount, income.Time + shape.MarketAhead)
            : null;
    }

    public static PlaceAnswer Refused(Refusal refusal) => new(AnswerKind.Refused, KindOf(refusal.Reason), null, $"{refusal.Reason}: {refusal.Detail}");

    private static VenueOrderStatus StatusOf(Order order) => order.Status switch
    {
        OrderStatus.New => VenueOrderStatus.Open,
        OrderStatus.PartiallyFilled => VenueOrderStatus.PartiallyFilled,
        OrderStatus.Filled => VenueOrderStatus.Filled,
        OrderStatus.Canceled => VenueOrderStatus.Canceled,
        _ => VenueOrderStatus.Expired,
    };

    private static RefusalKind KindOf(RefusalReason reason) => reason switch
    {
        RefusalReason.PostOnlyWouldTake => RefusalKind.WouldTake,
        RefusalReason.WouldTriggerAtOnce => RefusalKind.WouldTriggerAtOnce,
        RefusalReason.InsufficientMargin or RefusalReason.PositionAboveLeverageCap => RefusalKind.InsufficientMargin,
        RefusalReason.ReduceOnlyRefused => RefusalKind.NothingToReduce,
        RefusalReason.DuplicateClientOrderId => RefusalKind.DuplicateClientOrderId,
        RefusalReason.UnknownOrder => RefusalKind.UnknownOrder,
        >= RefusalReason.PriceNotPositive and <= RefusalReason.NotionalBelowMinimum => RefusalKind.BreaksRules,
        _ => RefusalKind.Other,
    };
}
