using System.Text.Json;

namespace Trellis.Simulator.Tests.Venues.Binance;

/// <summary>Answers have every property that the documented and recorded ones have, of the same JSON type.</summary>
public sealed class ShapeTests
{
    /// <summary>Fields of trailing stops, of orders that were not to be had, and of messages that documentation merged.</summary>
    private static readonly string[] Elsewhere = ["activatePrice", "priceRate", "code", "msg"];

    /// <summary>Where the documentation and what is recorded of exchangeInfo disagree, we are with the record: a text, and for bitcoin no sub type.</summary>
    private static readonly string[] Recorded = [".assets[].autoAssetExchange is String, not Number", ".symbols[].underlyingSubType[] is empty"];

    private const string Market = "binance/rest/usdmdocs-market-data-rest-api";
    private const string Trade = "binance/rest/usdmdocs-trade-rest-api";
    private const string Account = "binance/rest/usdmdocs-account-rest-api";
    private const string Connector = "binance/rest/usdmconn";

    private static readonly (string File, string Request)[] Rest =
    [
        ($"{Market}-check-server-time", "GET /fapi/v1/time"),
        ($"{Market}-exchange-information", "GET /fapi/v1/exchangeInfo"),
        ($"{Market}-order-book", "GET /fapi/v1/depth symbol=BTCUSDT"),
        ($"{Market}-recent-trades-list", "GET /fapi/v1/trades symbol=BTCUSDT"),
        ($"{Connector}-recent-trades-list", "GET /fapi/v1/trades symbol=BTCUSDT"),
        ($"{Connector}-old-trades-lookup", "GET /fapi/v1/historicalTrades symbol=BTCUSDT"),
        ($"{Market}-compressed-aggregate-trades-list", "GET /fapi/v1/aggTrades symbol=BTCUSDT"),
        ($"{Connector}-compressed-aggregate-trades-list", "GET /fapi/v1/aggTrades symbol=BTCUSDT"),
        ($"{Market}-kline-candlestick-data", "GET /fapi/v1/klines symbol=BTCUSDT&interval=1m"),
        ($"{Market}-continuous-contract-kline-candlestick-data", "GET /fapi/v1/continuousKlines pair=BTCUSDT&interval=1m&contractType=PERPETUAL"),
        ("binance/rest/jkorf-usdm-getmarkpriceklines", "GET /fapi/v1/markPriceKlines symbol=BTCUSDT&interval=1m"),
        ("binance/rest/jkorf-usdm-getindexpriceklines", "GET /fapi/v1/indexPriceKlines pair=BTCUSDT&interval=1m"),
        ($"{Connector}-mark-price", "GET /fapi/v1/premiumIndex symbol=BTCUSDT"),
        ($"{Market}-mark-price~2", "GET /fapi/v1/premiumIndex"),
        ($"{Market}-get-funding-rate-history", "GET /fapi/v1/fundingRate"),
        ($"{Connector}-get-funding-rate-history", "GET /fapi/v1/fundingRate symbol=BTCUSDT"),
        ($"{Connector}-get-funding-rate-info", "GET /fapi/v1/fundingInfo"),
        ($"{Market}-24hr-ticker-price-change-statistics", "GET /fapi/v1/ticker/24hr symbol=BTCUSDT"),
        ($"{Market}-24hr-ticker-price-change-statistics~2", "GET /fapi/v1/ticker/24hr"),
        ($"{Market}-symbol-price-ticker", "GET /fapi/v1/ticker/price symbol=BTCUSDT"),
        ($"{Market}-symbol-price-ticker-v2", "GET /fapi/v2/ticker/price symbol=BTCUSDT"),
        ($"{Market}-symbol-price-ticker~2", "GET /fapi/v2/ticker/price"),
        ($"{Market}-symbol-order-book-ticker", "GET /fapi/v1/ticker/bookTicker symbol=BTCUSDT"),
        ($"{Market}-symbol-order-book-ticker~2", "GET /fapi/v1/ticker/bookTicker"),
        ($"{Market}-open-interest", "GET /fapi/v1/openInterest symbol=BTCUSDT"),
        (Trade, "POST /fapi/v1/order symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.1&price=49000"),
        ($"{Trade}-new-order-test", "POST /fapi/v1/order/test symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.1&price=49000"),
        ($"{Trade}-modify-order", "PUT /fapi/v1/order symbol=BTCUSDT&origClientOrderId=resting&side=BUY&quantity=0.2&price=48000"),
        ($"{Connector}-modify-order", "PUT /fapi/v1/order symbol=BTCUSDT&origClientOrderId=resting&side=BUY&quantity=0.2&price=48000"),
        ($"{Trade}-cancel-order", "DELETE /fapi/v1/order symbol=BTCUSDT&origClientOrderId=resting"),
        ($"{Trade}-place-multiple-orders", """POST /fapi/v1/batchOrders batchOrders=[{"symbol":"BTCUSDT","side":"BUY","type":"LIMIT","timeInForce":"GTC","quantity":"0.1","price":"49000"}]"""),
        ($"{Trade}-modify-multiple-orders", """PUT /fapi/v1/batchOrders batchOrders=[{"symbol":"BTCUSDT","side":"BUY","quantity":"0.2","price":"48000","origClientOrderId":"resting"}]"""),
        ($"{Trade}-cancel-multiple-orders", """DELETE /fapi/v1/batchOrders symbol=BTCUSDT&origClientOrderIdList=["resting"]"""),
        ($"{Trade}-cancel-all-open-orders", "DELETE /fapi/v1/allOpenOrders symbol=BTCUSDT"),
        ($"{Trade}-auto-cancel-all-open-orders", "POST /fapi/v1/countdownCancelAll symbol=BTCUSDT&countdownTime=100000"),
        ($"{Trade}-query-order", "GET /fapi/v1/order symbol=BTCUSDT&origClientOrderId=resting"),
        ($"{Trade}-query-current-open-order", "GET /fapi/v1/openOrder symbol=BTCUSDT&origClientOrderId=resting"),
        ($"{Trade}-current-all-open-orders", "GET /fapi/v1/openOrders symbol=BTCUSDT"),
        ($"{Trade}-all-orders", "GET /fapi/v1/allOrders symbol=BTCUSDT"),
        ($"{Connector}-all-orders", "GET /fapi/v1/allOrders symbol=BTCUSDT"),
        ($"{Trade}-account-trade-list", "GET /fapi/v1/userTrades symbol=BTCUSDT"),
        ($"{Connector}-account-trade-list", "GET /fapi/v1/userTrades symbol=BTCUSDT"),
        ($"{Trade}-get-order-modify-history", "GET /fapi/v1/orderAmendment symbol=BTCUSDT"),
        ($"{Connector}-get-order-modify-history", "GET /fapi/v1/orderAmendment symbol=BTCUSDT"),
        ($"{Connector}-new-algo-order", "POST /fapi/v1/algoOrder algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=TAKE_PROFIT&quantity=0.1&price=52000&triggerPrice=52000"),
        ("binance/rest/jkorf-usdm-cancelconditionalorder", "DELETE /fapi/v1/algoOrder clientAlgoId=waiting"),
        ("binance/rest/jkorf-usdm-getopenconditionalorders", "GET /fapi/v1/openAlgoOrders"),
        ($"{Connector}-current-all-algo-open-orders", "GET /fapi/v1/openAlgoOrders symbol=BTCUSDT"),
        ("binance/rest/jkorf-usdm-getconditionalorder", "GET /fapi/v1/algoOrder clientAlgoId=waiting"),
        ($"{Connector}-query-algo-order", "GET /fapi/v1/algoOrder clientAlgoId=waiting"),
        ("binance/rest/jkorf-usdm-getconditionalorders", "GET /fapi/v1/allAlgoOrders symbol=BTCUSDT"),
        ($"{Connector}-cancel-all-algo-open-orders", "DELETE /fapi/v1/algoOpenOrders symbol=BTCUSDT"),
        ($"{Account}-futures-account-balance-v2", "GET /fapi/v2/balance"),
        ($"{Account}-futures-account-balance-v3", "GET /fapi/v3/balance"),
        ($"{Account}-account-information-v2", "GET /fapi/v2/account"),
        ($"{Connector}-account-information-v2", "GET /fapi/v2/account"),
        ($"{Account}-account-information-v3", "GET /fapi/v3/account"),
        ($"{Trade}-position-information-v2~2", "GET /fapi/v2/positionRisk symbol=BTCUSDT"),
        ($"{Trade}-position-information-v3", "GET /fapi/v3/positionRisk symbol=BTCUSDT"),
        ($"{Connector}-position-information-v3", "GET /fapi/v3/positionRisk"),
        ($"{Account}-account-config", "GET /fapi/v1/accountConfig"),
        ($"{Account}-symbol-config", "GET /fapi/v1/symbolConfig"),
        ($"{Trade}-change-initial-leverage", "POST /fapi/v1/leverage symbol=BTCUSDT&leverage=21"),
        ($"{Trade}-change-position-mode", "POST /fapi/v1/feeBurn feeBurn=false"),
        ($"{Connector}-get-current-position-mode", "GET /fapi/v1/positionSide/dual"),
        ($"{Account}-get-current-multi-assets-mode", "GET /fapi/v1/multiAssetsMargin"),
        ($"{Account}-get-bnb-burn-status", "GET /fapi/v1/feeBurn"),
        ($"{Account}-user-commission-rate", "GET /fapi/v1/commissionRate symbol=BTCUSDT"),
        ($"{Connector}-user-commission-rate", "GET /fapi/v1/commissionRate symbol=BTCUSDT"),
        ($"{Account}-get-income-history", "GET /fapi/v1/income"),
        ($"{Account}-notional-and-leverage-brackets", "GET /fapi/v1/leverageBracket"),
        ($"{Account}-notional-and-leverage-brackets~2", "GET /fapi/v1/leverageBracket symbol=BTCUSDT"),
        ($"{Account}-query-rate-limit", "GET /fapi/v1/rateLimit/order"),
        ("binance/rest/usdmdocs-user-data-streams-start-user-data-stream", "POST /fapi/v1/listenKey"),
        ("binance/rest/jkorf-spot-getapikeypermissions", "GET /sapi/v1/account/apiRestrictions"),
    ];

    public static TheoryData<string, string> Requests()
    {
        var rows = new TheoryData<string, string>();
        foreach (var (file, request) in Rest)
        {
            rows.Add(file, request);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task An_answer_looks_like_the_real_one(string file, string request)
    {
        var real = Fixtures.Read($"{file}.json");
        await using var host = await BusyAsync();
        var (method, path, parameters) = request.Split(' ', 3) is [var verb, var place, var rest] ? (verb, place, rest) : (request.Split(' ')[0], request.Split(' ')[1], "");
        var encoded = string.Join('&', parameters.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Encode));
        var answer = (await host.Trader.SignedAsync(new HttpMethod(method), path, encoded)).Done();

        Differences(real, answer.Json, "").Except(Recorded, StringComparer.Ordinal).ShouldBeEmpty(answer.Text);
    }

    [Fact]
    public void A_missing_property_and_a_wrong_type_are_found()
    {
        var real = JsonDocument.Parse("""[{"a":"1","b":[{"c":1}],"code":5}]""").RootElement;
        Differences(real, JsonDocument.Parse("""[{"a":"2","b":[{"c":2}],"d":1}]""").RootElement, "").ShouldBeEmpty();
        Differences(real, JsonDocument.Parse("""[{"a":2,"b":[{}]}]""").RootElement, "").ShouldBe(["[].a is Number, not String", "[].b[].c is missing"]);
        Differences(real, JsonDocument.Parse("{}").RootElement, "").ShouldBe([" is Object, not Array"]);
        Differences(real, JsonDocument.Parse("[]").RootElement, "").ShouldBe(["[] is empty"]);
    }

    /// <summary>What the real message has and ours has not.</summary>
    internal static IEnumerable<string> Differences(JsonElement real, JsonElement ours, string place)
    {
        if (Kind(real) != Kind(ours))
        {
            // Binance writes null where documentation writes a word, and the other way round.
            return real.ValueKind == JsonValueKind.Null || ours.ValueKind == JsonValueKind.Null ? [] : [$"{place} is {ours.ValueKind}, not {real.ValueKind}"];
        }

        return real.ValueKind switch
        {
            JsonValueKind.Object => real.EnumerateObject().Where(property => !Elsewhere.Contains(property.Name)).SelectMany(property =>
                ours.TryGetProperty(property.Name, out var own) ? Differences(property.Value, own, $"{place}.{property.Name}") : [$"{place}.{property.Name} is missing"]),
            JsonValueKind.Array when real.GetArrayLength() == 0 => [],
            JsonValueKind.Array when IsTuple(real[0]) => real.GetArrayLength() == ours.GetArrayLength()
                ? real.EnumerateArray().Zip(ours.EnumerateArray()).SelectMany(pair => Differences(pair.First, pair.Second, $"{place}[]"))
                : [$"{place} has {ours.GetArrayLength()} items, not {real.GetArrayLength()}"],
            JsonValueKind.Array when ours.GetArrayLength() == 0 => [$"{place}[] is empty"],
            JsonValueKind.Array => Differences(real[0], ours[0], $"{place}[]"),
            _ => [],
        };
    }

    private static bool IsTuple(JsonElement item) => item.ValueKind is JsonValueKind.Number;

    private static JsonValueKind Kind(JsonElement element) => element.ValueKind == JsonValueKind.False ? JsonValueKind.True : element.ValueKind;

    private static string Encode(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return pair[..(equals + 1)] + Uri.EscapeDataString(pair[(equals + 1)..]);
    }

    /// <summary>A trader with a position, an order that rests and was amended, and one that waits; a funding was paid.</summary>
    private static async Task<BinanceHost> BusyAsync()
    {
        var host = await BinanceHost.StartAsync();
        (await host.Trader.MarketOrderAsync()).Done();
        (await host.Trader.OrderAsync("newClientOrderId=resting")).Done();
        (await host.Trader.SignedAsync(HttpMethod.Put, "/fapi/v1/order", "symbol=BTCUSDT", "origClientOrderId=resting", "side=BUY", "quantity=0.1", "price=48500")).Done();
        (await host.Trader.AlgoAsync("clientAlgoId=waiting")).Done();
        await host.ApplyAsync(time => new Trellis.Core.Matching.Commands.SettleFunding(time, 0, 0.0001m, BinanceHost.BitcoinPrice));
        await host.QuietAsync();
        return host;
    }
}
