using System.Text.Json;
using Trellis.Core.Trading.Venues;

namespace Trellis.Exchanges.Binance.Json;

/// <summary>Reads orders as REST tells them.</summary>
internal static class OrderReader
{
    public static VenueOrder Read(JsonElement order)
    {
        var type = order.TextOrEmpty("origType") is { Length: > 0 } original ? original : order.Text("type");
        var closes = order.Flag("closePosition");
        return new VenueOrder
        {
            Instrument = Words.Instrument(order.Text("symbol")),
            ClientOrderId = order.TextOrEmpty("clientOrderId"),
            VenueOrderId = order.Text("orderId"),
            Side = Words.SideOf(order.Text("side")),
            PositionSide = Words.PositionSideOf(order.TextOrEmpty("positionSide")),
            Status = Words.StatusOf(order.Text("status")),
            IsConditional = Words.IsConditional(type),
            Price = order.Number("price"),
            TriggerPrice = order.NumberOrZero("stopPrice"),
            Quantity = closes ? 0m : order.Number("origQty"),
            ExecutedQuantity = order.Number("executedQty"),
            AveragePrice = order.NumberOrZero("avgPrice"),
            ReduceOnly = order.Flag("reduceOnly") || closes,
            UpdatedAt = Math.Max(order.WholeOrZero("updateTime"), order.WholeOrZero("time")),
        };
    }

    public static IReadOnlyList<VenueOrder> ReadAll(JsonElement list) => [.. list.Items().Select(Read)];
}
