using System.Globalization;
using System.Text.Json.Nodes;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Simulator.Tests.Venues.Foreign;

/// <summary>Kontor's words for what the exchange holds.</summary>
internal static class KontorJson
{
    private const int LongestTag = 32;

    /// <summary>1 to 32 letters and digits.</summary>
    public static bool IsTag(string text) => text.Length is > 0 and <= LongestTag && text.All(char.IsAsciiLetterOrDigit);

    public static JsonObject Order(Order order, Fill? fill = null)
    {
        var json = new JsonObject
        {
            ["ref"] = KontorReference.Of(order.Id),

            // An id that the exchange made itself is none that a client could have sent.
            ["tag"] = IsTag(order.Request.ClientOrderId) ? order.Request.ClientOrderId : null,
            ["contract"] = KontorListings.Contract,
            ["way"] = order.Request.Side == Side.Buy ? "bid" : "ask",
            ["contracts"] = Whole(order.Request.Quantity),
            ["done"] = Whole(order.ExecutedQuantity),
            ["state"] = State(order),
        };
        if (fill is not null)
        {
            json["deal"] = new JsonObject { ["contracts"] = Whole(fill.Quantity), ["price"] = Text(fill.Price), ["cost"] = Text(fill.Fee), ["rested"] = fill.IsMaker };
        }

        return json;
    }

    public static JsonObject Position(PositionSummary position) => new()
    {
        ["contract"] = KontorListings.Contract,
        ["holds"] = position.Quantity switch { > 0 => "bid", < 0 => "ask", _ => "nothing" },
        ["contracts"] = Whole(Math.Abs(position.Quantity)),
        ["entry"] = Text(position.EntryPrice),
        ["value"] = Text(Math.Abs(position.Notional)),
    };

    public static string Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static string State(Order order) => order.Status switch
    {
        OrderStatus.New => "resting",
        OrderStatus.PartiallyFilled => "partly",
        OrderStatus.Filled => "done",
        _ => "withdrawn",
    };

    private static long Whole(decimal contracts) => decimal.ToInt64(contracts);

    private static string Text(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}
