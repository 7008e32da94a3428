using System.Globalization;
using Trellis.Core.Markets;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Trading.Venues;

namespace Trellis.Exchanges.Paper;

/// <summary>What the matching engine tells, in an adapter's words.</summary>
internal sealed class PaperReports(MatchingEngine engine, AccountId account)
{
    /// <summary>1 with the most decimals there are: dividing by it strips zeros. A journal keeps amounts without them, and words made of what it gives back must be the words made of this.</summary>
    private const decimal One = 1.0000000000000000000000000000m;

    /// <summary>The id of a conditional order: they are counted apart from orders.</summary>
    public static string ConditionalId(long id) => string.Create(CultureInfo.InvariantCulture, $"c{id}");

    /// <summary>What an event tells the account's owner: a fill before the order that it changed.</summary>
    /// <returns><see cref="VenueFill"/>, <see cref="VenueOrder"/> and <see cref="VenueIncome"/>.</returns>
    public IEnumerable<object> Of(MatchingEvent happened)
    {
        switch (happened)
        {
            case OrderChanged changed when changed.Order.Account == account:
                if (changed.Fill is { } fill)
                {
                    yield return Of(fill, changed.Order.Request.ClientOrderId);
                }

                yield return Of(changed.Order);
                break;
            case ConditionalChanged changed when changed.Order.Account == account:
                yield return Of(changed.Order);
                break;
            case IncomeBooked booked when booked.Account == account && Of(booked) is { } income:
                yield return income;
                break;
        }
    }

    public VenueOrder Of(Order order) => new()
    {
        Instrument = Id(order.Request.Instrument),
        ClientOrderId = order.Request.ClientOrderId,
        VenueOrderId = Text(order.Id),
        Side = order.Request.Side,
        PositionSide = order.Request.PositionSide,
        Status = order.Status switch
        {
            OrderStatus.New => VenueOrderStatus.Open,
            OrderStatus.PartiallyFilled => VenueOrderStatus.PartiallyFilled,
            OrderStatus.Filled => VenueOrderStatus.Filled,
            OrderStatus.Canceled => VenueOrderStatus.Canceled,
            _ => VenueOrderStatus.Expired,
        },
        Price = order.Request.Price / One,
        Quantity = order.Request.Quantity / One,
        ExecutedQuantity = order.ExecutedQuantity / One,
        AveragePrice = order.AveragePrice / One,
        ReduceOnly = order.Request.ReduceOnly || order.Request.ClosePosition,
        UpdatedAt = order.UpdatedAt,
        Reason = order.End is OrderEnd.None or OrderEnd.Filled or OrderEnd.CanceledByUser ? "" : Words(order.End),
    };

    public VenueOrder Of(ConditionalOrder order)
    {
        var made = order.Status == ConditionalStatus.Finished
            ? engine.FindOrder(account, new Core.Matching.Commands.OrderReference(order.Request.Instrument, order.OrderId, ""))
            : null;
        var executed = made?.ExecutedQuantity ?? 0m;
        return new VenueOrder
        {
            Instrument = Id(order.Request.Instrument),
            ClientOrderId = order.Request.ClientOrderId,
            VenueOrderId = ConditionalId(order.Id),
            Side = order.Request.Side,
            PositionSide = order.Request.PositionSide,
            Status = order.Status switch
            {
                ConditionalStatus.Waiting => VenueOrderStatus.Untriggered,
                ConditionalStatus.Triggered => VenueOrderStatus.Open,
                ConditionalStatus.Finished => made is { Status: OrderStatus.Filled } ? VenueOrderStatus.Filled : VenueOrderStatus.Canceled,
                ConditionalStatus.Canceled => VenueOrderStatus.Canceled,
                ConditionalStatus.Rejected => VenueOrderStatus.Rejected,
                _ => VenueOrderStatus.Expired,
            },
            IsConditional = true,
            TriggeredOrderId = order.OrderId == 0 ? "" : Text(order.OrderId),
            Price = order.Request.Price / One,
            TriggerPrice = (order.Request.Trigger?.Price ?? 0m) / One,
            Quantity = order.Request.Quantity / One,
            ExecutedQuantity = executed / One,
            AveragePrice = (made?.AveragePrice ?? 0m) / One,
            ReduceOnly = order.Request.ReduceOnly || order.Request.ClosePosition,
            UpdatedAt = order.UpdatedAt,
            Reason = order.Refusal is { } refusal ? $"{refusal.Reason}: {refusal.Detail}" : "",
        };
    }

    public VenueFill Of(Fill fill, string clientOrderId) => new()
    {
        Instrument = Id(fill.Instrument),
        TradeId = Text(fill.TradeId),
        VenueOrderId = Text(fill.OrderId),
        ClientOrderId = clientOrderId,
        Side = fill.Side,
        PositionSide = fill.PositionSide,
        Price = fill.Price / One,
        Quantity = fill.Quantity / One,
        Fee = fill.Fee / One,
        FeeCurrency = Currency,
        IsMaker = fill.IsMaker,
        Time = fill.Time,
    };

    /// <summary>An entry of the wallet's history; null for what fills tell already.</summary>
    public VenueIncome? Of(IncomeBooked booked)
    {
        if (booked.Kind is IncomeKind.RealizedProfit or IncomeKind.Fee)
        {
            return null;
        }

        var kind = booked.Kind switch { IncomeKind.Funding => VenueIncomeKind.Funding, IncomeKind.Transfer => VenueIncomeKind.Transfer, _ => VenueIncomeKind.Other };
        return new VenueIncome(Text(booked.Id), kind, booked.Instrument < 0 ? null : Id(booked.Instrument), Currency, booked.Amount / One, booked.Time);
    }

    public VenuePosition Of(PositionSummary position) => new(
        Id(position.Instrument),
        position.Side,
        position.Quantity / One,
        position.EntryPrice / One,
        position.MarkPrice / One,
        position.UnrealizedProfit / One,
        position.LiquidationPrice / One,
        position.Leverage);

    public VenueBalance Balance(AccountSummary summary) => new(Currency, summary.WalletBalance / One, summary.AvailableBalance / One);

    private string Currency => engine.Instruments[0].Instrument.QuoteCurrency;

    private InstrumentId Id(int instrument) => engine.Instruments[instrument].Instrument.Id;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Words(OrderEnd end) => end switch
    {
        OrderEnd.CanceledByAmendment => "cancelled by an amendment",
        OrderEnd.NotFilledAtOnce => "the rest found nobody to trade with",
        OrderEnd.SelfTradePrevention => "it would have traded with another order of the account",
        OrderEnd.NothingToReduce => "there is no position left to reduce",
        OrderEnd.Liquidation => "the account was liquidated",
        _ => end.ToString(),
    };
}
