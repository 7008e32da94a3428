using System.Globalization;
using System.Text.Json;
using Trellis.Core.Matching.Orders;
using Trellis.Simulator.Venues.Binance.Json;

namespace Trellis.Simulator.Venues.Binance.Streams.User;

/// <summary>ALGO_UPDATE and CONDITIONAL_ORDER_TRIGGER_REJECT. The caller has begun the object with its name and times.</summary>
internal static class AlgoEventJson
{
    private const int ActualDecimals = 5;

    /// <param name="status">Instead of the order's own; null for that.</param>
    /// <param name="made">The order that it became; null before.</param>
    public static void Write(Utf8JsonWriter writer, BinanceSymbol symbol, ConditionalOrder order, string? status, Order? made)
    {
        var request = order.Request;
        writer.WriteStartObject("o"u8);
        writer.WriteString("caid"u8, request.ClientOrderId);
        writer.WriteNumber("aid"u8, order.Id);
        writer.WriteString("at"u8, "CONDITIONAL"u8);
        writer.WriteString("o"u8, request.ConditionalTypeWord());
        writer.WriteString("s"u8, symbol.Name);
        writer.WriteString("S"u8, request.Side.Word());
        writer.WriteString("ps"u8, request.PositionSide.Word());
        writer.WriteString("f"u8, request.TimeInForce.Word());
        writer.WriteFixed("q"u8, request.Quantity, symbol.QuantityPrecision);
        writer.WriteString("X"u8, status ?? order.Status.Word());
        writer.WriteString("ai"u8, order.OrderId == 0 || status is not null ? "" : order.OrderId.ToString(CultureInfo.InvariantCulture));
        writer.WriteFixed("ap"u8, made?.AveragePrice ?? 0m, ActualDecimals);
        writer.WriteFixed("aq"u8, made?.ExecutedQuantity ?? 0m, ActualDecimals);
        writer.WriteString("act"u8, made?.Request.Type.Word() ?? "0");
        writer.WriteFixed("tp"u8, request.Trigger?.Price ?? 0m, symbol.PricePrecision);
        writer.WriteFixed("p"u8, request.Price, request.Price == 0m ? 0 : symbol.PricePrecision);
        writer.WriteString("V"u8, request.SelfTradePrevention.Word());
        writer.WriteString("wt"u8, (request.Trigger?.Source ?? TriggerSource.LastPrice).Word());
        writer.WriteString("pm"u8, "NONE"u8);
        writer.WriteBoolean("cp"u8, request.ClosePosition);
        writer.WriteBoolean("pP"u8, false);
        writer.WriteBoolean("R"u8, request.ReduceOnly);
        writer.WriteNumber("tt"u8, order.TriggeredAt);
        writer.WriteNumber("gtd"u8, request.ExpiresAt);
        if (order.Refusal is { } refusal && status is null)
        {
            writer.WriteString("rm"u8, refusal.Detail);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void WriteReject(Utf8JsonWriter writer, BinanceSymbol symbol, ConditionalOrder order)
    {
        writer.WriteStartObject("or"u8);
        writer.WriteString("s"u8, symbol.Name);
        writer.WriteNumber("i"u8, order.Id);
        writer.WriteString("r"u8, order.Refusal?.Detail ?? "");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
