using System.Text.Json;
using Trellis.Core.Trading.Venues;

namespace Trellis.Exchanges.Binance.Json;

/// <summary>Reads conditional orders as the algo order endpoints tell them.</summary>
internal static class AlgoOrderReader
{
    public static VenueOrder Read(JsonElement order)
    {
        var closes = order.Flag("closePosition");
        var quantity = order.NumberOrZero("quantity");
        var executed = order.NumberOrZero("actualQty");
        return new VenueOrder
        {
            Instrument = Words.Instrument(order.Text("symbol")),
            ClientOrderId = order.TextOrEmpty("clientAlgoId"),
            VenueOrderId = order.Text("algoId"),
            Side = Words.SideOf(order.Text("side")),
            PositionSide = Words.PositionSideOf(order.TextOrEmpty("positionSide")),
            Status = StatusOf(order.Text("algoStatus"), executed, closes ? 0m : quantity),
            IsConditional = true,
            TriggeredOrderId = IdOf(order.TextOrEmpty("actualOrderId")),
            Price = order.NumberOrZero("price"),
            TriggerPrice = order.Number("triggerPrice"),
            Quantity = closes ? 0m : quantity,
            ExecutedQuantity = executed,
            AveragePrice = executed == 0m ? 0m : order.NumberOrZero("actualPrice"),
            ReduceOnly = order.Flag("reduceOnly") || closes,
            UpdatedAt = Math.Max(order.WholeOrZero("updateTime"), order.WholeOrZero("createTime")),
            Reason = order.TextOrEmpty("failReason"),
        };
    }

    /// <param name="quantity">0 for an order that closes a whole position: what it executed is all of it.</param>
    public static VenueOrderStatus StatusOf(string word, decimal executed, decimal quantity) => word switch
    {
        "NEW" or "TRIGGERING" => VenueOrderStatus.Untriggered,
        "TRIGGERED" => executed == 0m ? VenueOrderStatus.Open : VenueOrderStatus.PartiallyFilled,
        "FINISHED" => executed > 0m && executed >= quantity ? VenueOrderStatus.Filled : VenueOrderStatus.Canceled,
        "CANCELED" => VenueOrderStatus.Canceled,
        "REJECTED" => VenueOrderStatus.Rejected,
        "EXPIRED" => VenueOrderStatus.Expired,
        _ => throw new WireFormatException($"status '{word}' of a conditional order is not known"),
    };

    /// <summary>An order's id; empty where there is no order yet, which is told in several ways.</summary>
    public static string IdOf(string text) => text is "0" or "-1" or "null" ? "" : text;
}
