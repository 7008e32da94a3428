using System.Text.Json;
using Trellis.Core.Matching.Orders;

namespace Trellis.Simulator.Venues.Binance.Json;

/// <summary>Which message an order is told in: each has some fields of its own.</summary>
internal enum OrderShape
{
    /// <summary>Answer to placing and cancelling.</summary>
    Action,

    /// <summary>Answer to amending.</summary>
    Amendment,

    /// <summary>Answer to queries and lists.</summary>
    Query,

    /// <summary>A forced close.</summary>
    Forced,
}

/// <summary>An order as the order endpoints tell it.</summary>
internal static class OrderJson
{
    /// <summary>Decimals that an average price has beyond the symbol's.</summary>
    private const int AverageDecimals = 3;

    public static void Write(Utf8JsonWriter writer, BinanceSymbol symbol, Order order, OrderShape shape)
    {
        var request = order.Request;
        writer.WriteStartObject();
        writer.WriteNumber("orderId"u8, order.Id);
        writer.WriteString("symbol"u8, symbol.Name);
        if (shape != OrderShape.Action)
        {
            writer.WriteString("pair"u8, symbol.Name);
        }

        writer.WriteString("status"u8, order.StatusWord());
        writer.WriteString("clientOrderId"u8, request.ClientOrderId);
        writer.WriteFixed("price"u8, request.Price, symbol.PricePrecision);
        writer.WriteFixed("avgPrice"u8, order.AveragePrice, order.AveragePrice == 0m ? symbol.PricePrecision : symbol.PricePrecision + AverageDecimals);
        writer.WriteFixed("origQty"u8, request.Quantity, symbol.QuantityPrecision);
        writer.WriteFixed("executedQty"u8, order.ExecutedQuantity, symbol.QuantityPrecision);
        if (shape is OrderShape.Action or OrderShape.Amendment)
        {
            writer.WriteFixed("cumQty"u8, order.ExecutedQuantity, symbol.QuantityPrecision);
        }

        if (shape != OrderShape.Action)
        {
            writer.WriteFixed("cumBase"u8, order.ExecutedQuantity, symbol.QuantityPrecision);
        }

        writer.WriteFixed("cumQuote"u8, order.ExecutedNotional, symbol.NotionalPrecision);
        writer.WriteString("timeInForce"u8, request.TimeInForce.Word());
        writer.WriteString("type"u8, request.Type.Word());
        writer.WriteBoolean("reduceOnly"u8, request.ReduceOnly);
        writer.WriteBoolean("closePosition"u8, request.ClosePosition);
        writer.WriteString("side"u8, request.Side.Word());
        writer.WriteString("positionSide"u8, request.PositionSide.Word());
        writer.WriteFixed("stopPrice"u8, request.Trigger?.Price ?? 0m, symbol.PricePrecision);
        writer.WriteString("workingType"u8, (request.Trigger?.Source ?? TriggerSource.LastPrice).Word());
        if (shape != OrderShape.Forced)
        {
            writer.WriteBoolean("priceProtect"u8, false);
        }

        writer.WriteString("origType"u8, request.Type.Word());
        if (shape != OrderShape.Forced)
        {
            writer.WriteString("priceMatch"u8, "NONE"u8);
            writer.WriteString("selfTradePreventionMode"u8, request.SelfTradePrevention.Word());
            writer.WriteNumber("goodTillDate"u8, request.ExpiresAt);
        }

        if (shape == OrderShape.Amendment)
        {
            writer.WriteNumber("modifyId"u8, order.Amendments);
        }

        if (shape is OrderShape.Query or OrderShape.Forced)
        {
            writer.WriteNumber("time"u8, order.CreatedAt);
        }

        writer.WriteNumber("updateTime"u8, order.UpdatedAt);
        writer.WriteEndObject();
    }
}
