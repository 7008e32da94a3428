using System.Globalization;
using System.Text.Json;
using Trellis.Core.Matching.Orders;

namespace Trellis.Simulator.Venues.Binance.Json;

/// <summary>A conditional order as the algo order endpoints tell it.</summary>
internal static class AlgoOrderJson
{
    /// <param name="made">The order that it became; null before it triggered.</param>
    /// <param name="isQuery">Queries and lists say what became of it; the answer to placing does not.</param>
    /// <param name="isDone">REST answers to a cancel that it was done, beside the order.</param>
    public static void Write(Utf8JsonWriter writer, BinanceSymbol symbol, ConditionalOrder order, Order? made, bool isQuery, bool isDone = false)
    {
        var request = order.Request;
        writer.WriteStartObject();
        if (isDone)
        {
            writer.WriteString("code"u8, "200"u8);
            writer.WriteString("msg"u8, "success"u8);
        }

        writer.WriteNumber("algoId"u8, order.Id);
        writer.WriteString("clientAlgoId"u8, request.ClientOrderId);
        writer.WriteString("algoType"u8, "CONDITIONAL"u8);
        writer.WriteString("orderType"u8, request.ConditionalTypeWord());
        writer.WriteString("symbol"u8, symbol.Name);
        writer.WriteString("side"u8, request.Side.Word());
        writer.WriteString("positionSide"u8, request.PositionSide.Word());
        writer.WriteString("timeInForce"u8, request.TimeInForce.Word());
        writer.WriteFixed("quantity"u8, request.Quantity, symbol.QuantityPrecision);
        writer.WriteString("algoStatus"u8, order.Status.Word());
        if (isQuery)
        {
            WriteMade(writer, symbol, order, made);
        }

        writer.WriteFixed("triggerPrice"u8, request.Trigger?.Price ?? 0m, symbol.PricePrecision);
        writer.WriteFixed("price"u8, request.Price, symbol.PricePrecision);
        writer.WriteNull("icebergQuantity"u8);
        if (isQuery)
        {
            writer.WriteFixed("tpTriggerPrice"u8, 0m, symbol.PricePrecision);
            writer.WriteFixed("tpPrice"u8, 0m, symbol.PricePrecision);
            writer.WriteFixed("slTriggerPrice"u8, 0m, symbol.PricePrecision);
            writer.WriteFixed("slPrice"u8, 0m, symbol.PricePrecision);
            writer.WriteString("tpOrderType"u8, ""u8);
        }

        writer.WriteString("selfTradePreventionMode"u8, request.SelfTradePrevention.Word());
        writer.WriteString("workingType"u8, (request.Trigger?.Source ?? TriggerSource.LastPrice).Word());
        writer.WriteString("priceMatch"u8, "NONE"u8);
        writer.WriteBoolean("closePosition"u8, request.ClosePosition);
        writer.WriteBoolean("priceProtect"u8, false);
        writer.WriteBoolean("reduceOnly"u8, request.ReduceOnly);
        if (!isQuery)
        {
            writer.WriteString("activatePrice"u8, ""u8);
            writer.WriteString("callbackRate"u8, ""u8);
        }

        writer.WriteNumber("createTime"u8, order.CreatedAt);
        writer.WriteNumber("updateTime"u8, order.UpdatedAt);
        writer.WriteNumber("triggerTime"u8, order.TriggeredAt);
        writer.WriteNumber("goodTillDate"u8, request.ExpiresAt);
        writer.WriteEndObject();
    }

    private static void WriteMade(Utf8JsonWriter writer, BinanceSymbol symbol, ConditionalOrder order, Order? made)
    {
        writer.WriteString("actualOrderId"u8, order.OrderId == 0 ? "" : order.OrderId.ToString(CultureInfo.InvariantCulture));
        writer.WriteFixed("actualPrice"u8, made?.AveragePrice ?? 0m, 5);
        writer.WriteString("actualType"u8, order.Request.Type.Word());
        writer.WriteFixed("actualQty"u8, made?.ExecutedQuantity ?? 0m, symbol.QuantityPrecision);
        writer.WriteString("failCode"u8, ""u8);
        writer.WriteString("failReason"u8, order.Refusal?.Detail ?? "");
    }
}
