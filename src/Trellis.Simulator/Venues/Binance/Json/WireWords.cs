using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Simulator.Venues.Binance.Json;

/// <summary>Binance's words for what the engine knows by other names.</summary>
public static class WireWords
{
    public static string Word(this Side side) => side == Side.Buy ? "BUY" : "SELL";

    public static string Word(this PositionSide side) => side switch
    {
        PositionSide.Long => "LONG",
        PositionSide.Short => "SHORT",
        _ => "BOTH",
    };

    public static string Word(this OrderType type) => type == OrderType.Limit ? "LIMIT" : "MARKET";

    public static string Word(this TimeInForce timeInForce) => timeInForce switch
    {
        TimeInForce.ImmediateOrCancel => "IOC",
        TimeInForce.FillOrKill => "FOK",
        TimeInForce.PostOnly => "GTX",
        TimeInForce.GoodTillDate => "GTD",
        _ => "GTC",
    };

    public static string Word(this SelfTradePrevention prevention) => prevention switch
    {
        SelfTradePrevention.ExpireTaker => "EXPIRE_TAKER",
        SelfTradePrevention.ExpireMaker => "EXPIRE_MAKER",
        SelfTradePrevention.ExpireBoth => "EXPIRE_BOTH",
        _ => "NONE",
    };

    /// <summary>An order's status; self-trade prevention has one of its own.</summary>
    public static string StatusWord(this Order order) => order.Status switch
    {
        OrderStatus.New => "NEW",
        OrderStatus.PartiallyFilled => "PARTIALLY_FILLED",
        OrderStatus.Filled => "FILLED",
        OrderStatus.Canceled => "CANCELED",
        _ => order.End == OrderEnd.SelfTradePrevention ? "EXPIRED_IN_MATCH" : "EXPIRED",
    };

    public static string Word(this ConditionalStatus status) => status switch
    {
        ConditionalStatus.Waiting => "NEW",
        ConditionalStatus.Triggered => "TRIGGERED",
        ConditionalStatus.Finished => "FINISHED",
        ConditionalStatus.Canceled => "CANCELED",
        ConditionalStatus.Expired => "EXPIRED",
        _ => "REJECTED",
    };

    public static string Word(this TriggerSource source) => source == TriggerSource.MarkPrice ? "MARK_PRICE" : "CONTRACT_PRICE";

    /// <summary>STOP, STOP_MARKET, TAKE_PROFIT or TAKE_PROFIT_MARKET.</summary>
    public static string ConditionalTypeWord(this OrderRequest request) => (request.Trigger?.Kind, request.Type) switch
    {
        (TriggerKind.TakeProfit, OrderType.Limit) => "TAKE_PROFIT",
        (TriggerKind.TakeProfit, _) => "TAKE_PROFIT_MARKET",
        (_, OrderType.Limit) => "STOP",
        _ => "STOP_MARKET",
    };

    public static string Word(this IncomeKind kind) => kind switch
    {
        IncomeKind.RealizedProfit => "REALIZED_PNL",
        IncomeKind.Fee => "COMMISSION",
        IncomeKind.Funding => "FUNDING_FEE",
        IncomeKind.InsuranceClear => "INSURANCE_CLEAR",
        _ => "TRANSFER",
    };
}
