using System.Text;
using Trellis.Core.Numerics;

namespace Trellis.Simulator.Tests.Fuzzing;

/// <param name="Body">Null for none.</param>
internal sealed record MutatedRequest(string Method, string Path, string Query, string? Body)
{
    public override string ToString() => $"{Method} {Path}?{Query} with body {Body}";
}

/// <summary>Requests to the simulated Binance that are right here and there: known names with values that are not for them, left out, doubled and mangled; most are signed.</summary>
internal static class MutatedRequests
{
    private static readonly string[] Paths =
    [
        "GET /fapi/v1/exchangeInfo", "GET /fapi/v1/depth", "GET /fapi/v1/trades", "GET /fapi/v1/historicalTrades", "GET /fapi/v1/aggTrades", "GET /fapi/v1/klines",
        "GET /fapi/v1/continuousKlines", "GET /fapi/v1/markPriceKlines", "GET /fapi/v1/premiumIndex", "GET /fapi/v1/fundingRate", "GET /fapi/v1/ticker/24hr", "GET /fapi/v1/openInterest",
        "POST /fapi/v1/order", "PUT /fapi/v1/order", "DELETE /fapi/v1/order", "GET /fapi/v1/order", "POST /fapi/v1/order", "POST /fapi/v1/algoOrder", "DELETE /fapi/v1/algoOrder",
        "POST /fapi/v1/batchOrders", "PUT /fapi/v1/batchOrders", "DELETE /fapi/v1/batchOrders", "DELETE /fapi/v1/allOpenOrders", "GET /fapi/v1/allOrders", "GET /fapi/v1/userTrades",
        "GET /fapi/v1/income", "POST /fapi/v1/leverage", "POST /fapi/v1/marginType", "POST /fapi/v1/positionSide/dual", "GET /fapi/v3/account", "GET /fapi/v2/positionRisk",
        "POST /fapi/v1/countdownCancelAll", "POST /fapi/v1/listenKey", "DELETE /fapi/v1/nowhere", "GET /api/v3/order",
    ];

    private static readonly string[] Names =
    [
        "symbol", "side", "type", "timeInForce", "quantity", "price", "reduceOnly", "positionSide", "newClientOrderId", "orderId", "origClientOrderId", "limit", "interval", "startTime",
        "endTime", "fromId", "leverage", "marginType", "dualSidePosition", "algoType", "triggerPrice", "closePosition", "workingType", "algoId", "clientAlgoId", "batchOrders", "orderIdList",
        "origClientOrderIdList", "goodTillDate", "newOrderRespType", "selfTradePreventionMode", "countdownTime", "recvWindow", "pair", "contractType", "incomeType", "page",
    ];

    private static readonly string[] NumberNames = ["price", "quantity", "triggerPrice", "leverage", "orderId", "limit"];

    private static readonly string[] Numbers = ["0", "-1", "1", "0.0001", "49000.005", "49000.05", "48000", "52000.1", "2000", "900000", "1e3", "", "0.01", "120.001", "99999999999999999999"];

    private static readonly string[] Values =
    [
        "BTCUSDT", "ETHUSDT", "BUY", "SELL", "LIMIT", "MARKET", "STOP_MARKET", "TAKE_PROFIT", "GTC", "IOC", "FOK", "GTX", "GTD", "0.1", "0.001", "49000", "51000", "50000.1", "true", "false", "BOTH", "LONG",
        "SHORT", "1", "2", "3", "0", "-1", "5", "100", "500", "1m", "1M", "CROSSED", "ISOLATED", "CONDITIONAL", "48000", "MARK_PRICE", "RESULT", "ACK", "EXPIRE_BOTH", "PERPETUAL", "a", "b",
        "1e5", "-0", ".5", "5.", ".", "+1", "0x10", "NaN", "Infinity", "99999999999999999999999999999999999", "0.00000000000000000000000000000000001", "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "79228162514264337593543950335", "79228162514264337593543950336", "1000000000000", "", " ", "%", "%0", "%00", "%FF", "%C3%A9", "é", "null", "[]", "{}",
        "[[[[[[[[", "{\"a\":1", "[1,2]", "[\"a\"]", "[{}]", "[null]", "'; DROP TABLE orders", "<script>", "\u202e", "1772445600000", "253402300799000", "2772445600000",
        "[{\"symbol\":\"BTCUSDT\",\"side\":\"BUY\",\"type\":\"LIMIT\",\"timeInForce\":\"GTC\",\"quantity\":\"0.1\",\"price\":\"49000\"}]",
        "[{\"symbol\":\"BTCUSDT\",\"side\":\"SELL\",\"type\":\"MARKET\",\"quantity\":1e400}]", "[{\"symbol\":\"BTCUSDT\",\"side\":\"BUY\",\"quantity\":0.2,\"price\":48000,\"orderId\":1}]",
        "[{\"symbol\":\"\\ud800\"}]", "[{\"symbol\":\"BTCUSDT\",\"symbol\":\"BTCUSDT\"}]",
    ];

    /// <param name="sign">Appends time and signature to parameters.</param>
    public static MutatedRequest Next(DeterministicRandom random, Func<string, string> sign)
    {
        var (method, path) = Pick(random, Paths).Split(' ') is [var verb, var place] ? (verb, place) : ("GET", "/");
        var parameters = new List<string>();
        if (Chance(random, 70))
        {
            parameters.AddRange(["symbol=BTCUSDT", $"side={(Chance(random, 50) ? "BUY" : "SELL")}", Chance(random, 60) ? "type=LIMIT" : "type=MARKET", "quantity=0.01"]);
            if (parameters[2] == "type=LIMIT")
            {
                parameters.AddRange(["timeInForce=GTC", $"price={49_000 + (random.NextBits() % 2000)}"]);
            }
        }

        for (var more = (int)(random.NextBits() % 4); more > 0; more--)
        {
            var (name, value) = Chance(random, 40) ? (Pick(random, NumberNames), Pick(random, Numbers)) : (Pick(random, Names), Pick(random, Values));
            if (Chance(random, 80))
            {
                parameters.RemoveAll(parameter => parameter.StartsWith(name + "=", StringComparison.Ordinal));
            }

            parameters.Add($"{name}={(Chance(random, 80) ? Uri.EscapeDataString(value) : value)}");
        }

        if (Chance(random, 30) && parameters.Count > 0)
        {
            parameters.RemoveAt((int)(random.NextBits() % (ulong)parameters.Count));
        }

        var text = string.Join('&', parameters);
        text = Chance(random, 15) ? Mangle(random, text) : text;
        var signed = Chance(random, 90) ? sign(text) : text + "&signature=00";
        return method == "GET" || Chance(random, 50) ? new MutatedRequest(method, path, Printable(signed), null) : new MutatedRequest(method, path, "", signed);
    }

    /// <summary>What may stand in a request line; other bytes go into bodies.</summary>
    private static string Printable(string text) => string.Concat(text.Where(character => character is > ' ' and < '\u007f' and not '#'));

    private static string Mangle(DeterministicRandom random, string text)
    {
        var mangled = new StringBuilder(text);
        for (var times = 1 + (int)(random.NextBits() % 4); times > 0 && mangled.Length > 0; times--)
        {
            var at = (int)(random.NextBits() % (ulong)mangled.Length);
            switch (random.NextBits() % 3)
            {
                case 0:
                    mangled.Remove(at, 1);
                    break;
                case 1:
                    mangled.Insert(at, (char)(random.NextBits() % 256));
                    break;
                default:
                    mangled[at] = (char)(1 + (random.NextBits() % 126));
                    break;
            }
        }

        return mangled.ToString();
    }

    private static string Pick(DeterministicRandom random, string[] choices) => choices[(int)(random.NextBits() % (ulong)choices.Length)];

    private static bool Chance(DeterministicRandom random, int percent) => (int)(random.NextBits() % 100) < percent;
}
