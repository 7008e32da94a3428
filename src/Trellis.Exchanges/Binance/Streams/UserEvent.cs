using System.Text.Json;
using Trellis.Core.Trading.Venues;
using Trellis.Exchanges.Binance.Json;

namespace Trellis.Exchanges.Binance.Streams;

/// <summary>What one message of the user stream tells.</summary>
/// <param name="Fill">Comes before <paramref name="Order"/>.</param>
/// <param name="WalletChangedAt">The wallet changed by something that is no fill, at this time; 0 where not.</param>
/// <param name="KeyExpired">The listen key is dead: nothing more will come.</param>
internal readonly record struct UserEvent(VenueFill? Fill, VenueOrder? Order, long WalletChangedAt, bool KeyExpired)
{
    /// <exception cref="WireFormatException">It lacks something.</exception>
    public static UserEvent Read(JsonElement message) => message.Text("e") switch
    {
        "ORDER_TRADE_UPDATE" => OfOrder(message.Inner("o")),
        "ALGO_UPDATE" => new UserEvent(null, OfConditional(message.Inner("o"), message.WholeOrZero("T")), 0, false),
        "ACCOUNT_UPDATE" when message.Inner("a").TextOrEmpty("m") != "ORDER" => new UserEvent(null, null, message.Whole("T"), false),
        "listenKeyExpired" => new UserEvent(null, null, 0, true),
        // Others tell what is known already (TRADE_LITE), or settings and warnings that nothing here acts on.
        _ => default,
    };

    private static UserEvent OfOrder(JsonElement order)
    {
        var instrument = Words.Instrument(order.Text("s"));
        var side = Words.SideOf(order.Text("S"));
        var positionSide = Words.PositionSideOf(order.TextOrEmpty("ps"));
        var (orderId, clientOrderId) = (order.Text("i"), order.TextOrEmpty("c"));
        var status = order.Text("X");
        var time = order.Whole("T");
        var closes = order.Flag("cp");
        var last = order.NumberOrZero("l");
        var fill = last <= 0m || order.WholeOrZero("t") <= 0 ? null : new VenueFill
        {
            Instrument = instrument,
            TradeId = order.Text("t"),
            VenueOrderId = orderId,
            ClientOrderId = clientOrderId,
            Side = side,
            PositionSide = positionSide,
            Price = order.Number("L"),
            Quantity = last,
            Fee = order.NumberOrZero("n"),
            FeeCurrency = order.TextOrEmpty("N"),
            IsMaker = order.Flag("m"),
            Time = time,
        };
        var type = order.TextOrEmpty("ot") is { Length: > 0 } original ? original : order.Text("o");
        var report = new VenueOrder
        {
            Instrument = instrument,
            ClientOrderId = clientOrderId,
            VenueOrderId = orderId,
            Side = side,
            PositionSide = positionSide,
            Status = Words.StatusOf(status),
            IsConditional = Words.IsConditional(type),
            Price = order.Number("p"),
            TriggerPrice = order.NumberOrZero("sp"),
            Quantity = closes && !Words.IsConditional(type) ? 0m : order.Number("q"),
            ExecutedQuantity = order.Number("z"),
            AveragePrice = order.NumberOrZero("ap"),
            ReduceOnly = order.Flag("R") || closes,
            UpdatedAt = time,
            Reason = ReasonOf(status, order.TextOrEmpty("er")),
        };
        return new UserEvent(fill, report, 0, false);
    }

    private static VenueOrder OfConditional(JsonElement order, long time)
    {
        var closes = order.Flag("cp");
        var quantity = closes ? 0m : order.NumberOrZero("q");
        var executed = order.NumberOrZero("aq");
        return new VenueOrder
        {
            Instrument = Words.Instrument(order.Text("s")),
            ClientOrderId = order.TextOrEmpty("caid"),
            VenueOrderId = order.Text("aid"),
            Side = Words.SideOf(order.Text("S")),
            PositionSide = Words.PositionSideOf(order.TextOrEmpty("ps")),
            Status = AlgoOrderReader.StatusOf(order.Text("X"), executed, quantity),
            IsConditional = true,
            TriggeredOrderId = AlgoOrderReader.IdOf(order.TextOrEmpty("ai")),
            Price = order.NumberOrZero("p"),
            TriggerPrice = order.Number("tp"),
            Quantity = quantity,
            ExecutedQuantity = executed,
            AveragePrice = executed == 0m ? 0m : order.NumberOrZero("ap"),
            ReduceOnly = order.Flag("R") || closes,
            UpdatedAt = time,
            Reason = order.TextOrEmpty("rm"),
        };
    }

    private static string ReasonOf(string status, string expiry) => status switch
    {
        "EXPIRED" or "EXPIRED_IN_MATCH" or "REJECTED" when expiry is not ("" or "0") => $"{status}, reason {expiry}",
        "EXPIRED_IN_MATCH" => status,
        _ => "",
    };
}
