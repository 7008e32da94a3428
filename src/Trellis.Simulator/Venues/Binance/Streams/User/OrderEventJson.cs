using System.Text.Json;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Simulator.Venues.Binance.Json;

namespace Trellis.Simulator.Venues.Binance.Streams.User;

/// <summary>ORDER_TRADE_UPDATE and TRADE_LITE. The caller has begun the object with its name and times.</summary>
internal static class OrderEventJson
{
    /// <param name="openNotional">What the account's open orders on the symbol are worth after the change.</param>
    public static void Write(Utf8JsonWriter writer, BinanceSymbol symbol, OrderChanged changed, (decimal Bids, decimal Asks) openNotional)
    {
        var order = changed.Order;
        var request = order.Request;
        var fill = changed.Fill;
        writer.WriteStartObject("o"u8);
        writer.WriteString("s"u8, symbol.Name);
        writer.WriteString("c"u8, request.ClientOrderId);
        writer.WriteString("S"u8, request.Side.Word());
        writer.WriteString("o"u8, request.Type.Word());
        writer.WriteString("f"u8, request.TimeInForce.Word());
        writer.WriteFixed("q"u8, request.Quantity, symbol.QuantityPrecision);
        WriteOrZero(writer, "p"u8, request.Price, symbol.PricePrecision);
        WriteOrZero(writer, "ap"u8, order.AveragePrice, symbol.PricePrecision);
        WriteOrZero(writer, "sp"u8, request.Trigger?.Price ?? 0m, symbol.PricePrecision);
        writer.WriteString("x"u8, ExecutionWord(changed));
        writer.WriteString("X"u8, order.StatusWord());
        writer.WriteNumber("i"u8, order.Id);
        WriteOrZero(writer, "l"u8, fill?.Quantity ?? 0m, symbol.QuantityPrecision);
        WriteOrZero(writer, "z"u8, order.ExecutedQuantity, symbol.QuantityPrecision);
        WriteOrZero(writer, "L"u8, fill?.Price ?? 0m, symbol.PricePrecision);
        writer.WriteString("N"u8, symbol.QuoteAsset);
        WriteOrZero(writer, "n"u8, fill?.Fee ?? 0m, WireNumber.Money);
        writer.WriteNumber("T"u8, changed.Time);
        writer.WriteNumber("t"u8, fill?.TradeId ?? 0);
        WriteOrZero(writer, "b"u8, openNotional.Bids, symbol.NotionalPrecision);
        WriteOrZero(writer, "a"u8, openNotional.Asks, symbol.NotionalPrecision);
        writer.WriteBoolean("m"u8, fill?.IsMaker ?? false);
        writer.WriteBoolean("R"u8, request.ReduceOnly);
        writer.WriteString("wt"u8, (request.Trigger?.Source ?? TriggerSource.LastPrice).Word());
        writer.WriteString("ot"u8, request.Type.Word());
        writer.WriteString("ps"u8, request.PositionSide.Word());
        writer.WriteBoolean("cp"u8, request.ClosePosition);
        WriteOrZero(writer, "rp"u8, fill?.RealizedProfit ?? 0m, WireNumber.Money);
        writer.WriteBoolean("pP"u8, false);
        writer.WriteNumber("si"u8, 0);
        writer.WriteNumber("ss"u8, 0);
        writer.WriteString("V"u8, request.SelfTradePrevention.Word());
        writer.WriteString("pm"u8, "NONE"u8);
        writer.WriteNumber("gtd"u8, request.ExpiresAt);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void WriteTradeLite(Utf8JsonWriter writer, BinanceSymbol symbol, Order order, Fill fill)
    {
        writer.WriteString("s"u8, symbol.Name);
        writer.WriteFixed("q"u8, order.Request.Quantity, symbol.QuantityPrecision);
        WriteOrZero(writer, "p"u8, order.Request.Price, symbol.PricePrecision);
        writer.WriteBoolean("m"u8, fill.IsMaker);
        writer.WriteString("c"u8, order.Request.ClientOrderId);
        writer.WriteString("S"u8, order.Request.Side.Word());
        writer.WriteFixed("L"u8, fill.Price, symbol.PricePrecision);
        writer.WriteFixed("l"u8, fill.Quantity, symbol.QuantityPrecision);
        writer.WriteNumber("t"u8, fill.TradeId);
        writer.WriteNumber("i"u8, order.Id);
        writer.WriteEndObject();
    }

    private static string ExecutionWord(OrderChanged changed) => changed.Change switch
    {
        OrderChange.Placed => "NEW",
        OrderChange.Filled => changed.Order.IsLiquidation ? "CALCULATED" : "TRADE",
        OrderChange.Amended => "AMENDMENT",
        OrderChange.Canceled => "CANCELED",
        _ => "EXPIRED",
    };

    // Events write nothing as a bare 0.
    private static void WriteOrZero(Utf8JsonWriter writer, ReadOnlySpan<byte> name, decimal value, int decimals) =>
        writer.WriteFixed(name, value, value == 0m ? 0 : decimals);
}
