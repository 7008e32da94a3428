using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Trellis.Simulator.Faults;

namespace Trellis.Simulator.Tests.Venues.Binance;

public sealed class WebSocketApiTests
{
    private static readonly (string File, string Method, string[] Parameters)[] Answers =
    [
        ("usdmdocs-trade-websocket-api-modify-order", "order.modify", ["symbol=BTCUSDT", "origClientOrderId=resting", "side=BUY", "quantity=0.2", "price=48000"]),
        ("jkorf-usdm-wsapi-trading-placeorder", "order.place", ["symbol=BTCUSDT", "side=BUY", "type=LIMIT", "timeInForce=GTC", "quantity=0.1", "price=49000"]),
        ("usdmdocs-trade-websocket-api-cancel-order", "order.cancel", ["symbol=BTCUSDT", "origClientOrderId=resting"]),
        ("usdmdocs-trade-websocket-api-query-order", "order.status", ["symbol=BTCUSDT", "origClientOrderId=resting"]),
        ("jkorf-usdm-wsapi-trading-placeconditionalorder", "algoOrder.place", ["algoType=CONDITIONAL", "symbol=BTCUSDT", "side=SELL", "type=STOP_MARKET", "quantity=0.1", "triggerPrice=48000"]),
        ("jkorf-usdm-wsapi-trading-cancelconditionalorder", "algoOrder.cancel", ["clientAlgoId=waiting"]),
        ("usdmdocs-account-websocket-api-futures-account-balance", "account.balance", []),
        ("usdmdocs-account-websocket-api", "v2/account.balance", []),
        ("usdmdocs-account-websocket-api-account-information", "account.status", []),
        ("usdmdocs-account-websocket-api-account-information-v2", "v2/account.status", []),
        ("usdmdocs-trade-websocket-api-position-information", "account.position", []),
        ("usdmdocs-trade-websocket-api-position-info-v2", "v2/account.position", ["symbol=BTCUSDT"]),
        ("usdmdocs-market-data-websocket-api", "depth", ["symbol=BTCUSDT"]),
        ("jkorf-usdm-wsapi-exchangedata-getprice", "ticker.price", ["symbol=BTCUSDT"]),
        ("usdmdocs-market-data-websocket-api-symbol-price-ticker~2", "ticker.price", []),
        ("usdmdocs-market-data-websocket-api-symbol-order-book-ticker", "ticker.book", ["symbol=BTCUSDT"]),
        ("usdmdocs-market-data-websocket-api-symbol-order-book-ticker~2", "ticker.book", []),
        ("usdmconn-start-user-data-stream", "userDataStream.start", []),
        ("usdmconn-keepalive-user-data-stream", "userDataStream.ping", []),
        ("usdmconn-close-user-data-stream", "userDataStream.stop", []),
    ];

    public static TheoryData<string, string> Methods()
    {
        var rows = new TheoryData<string, string>();
        foreach (var answer in Answers)
        {
            rows.Add(answer.File, answer.Method);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task An_answer_looks_like_the_real_one(string file, string method)
    {
        var real = Fixtures.Read($"binance/ws/{file}.json");
        await using var host = await BinanceHost.StartAsync();
        (await host.Trader.MarketOrderAsync()).Done();
        (await host.Trader.OrderAsync("newClientOrderId=resting")).Done();
        (await host.Trader.AlgoAsync("clientAlgoId=waiting")).Done();
        (await host.Trader.KeyedAsync(HttpMethod.Post, "/fapi/v1/listenKey")).Done();
        using var socket = await ApiSocket.ConnectAsync(host);
        var parameters = Answers.First(answer => answer.File == file).Parameters;

        var answer = await socket.SignedAsync(method, parameters);

        answer.GetProperty("status").GetInt32().ShouldBe(200, answer.GetRawText());
        ShapeTests.Differences(real, answer, "").ShouldBeEmpty(answer.GetRawText());
    }

    [Fact]
    public async Task The_signature_covers_the_parameters_sorted_by_name()
    {
        var vector = Fixtures.Read("signature_vectors.json").GetProperty("vectors").EnumerateArray().First(entry => entry.GetProperty("id").GetString() == "binance-wsapi-hmac-ascii");
        var request = Trellis.Simulator.Venues.Binance.WebSocketApi.WebSocketApiRequest.Read(Encoding.UTF8.GetBytes(
            $$"""{"id":1,"method":"order.place","params":{{vector.GetProperty("inputs").GetProperty("params").GetRawText()}}}"""));
        Encoding.UTF8.GetString(request.SignedText()).ShouldBe(vector.GetProperty("string_to_sign").GetString());
        await Task.CompletedTask;
    }

    [Theory]
    [InlineData("""{"id":7,"method":"ping"}""", "7", 200, 0)]
    [InlineData("""{"id":"a-b","method":"time","params":{}}""", "\"a-b\"", 200, 0)]
    [InlineData("""{"id":null,"method":"ping"}""", "null", 200, 0)]
    [InlineData("""{"id":[1],"method":"ping"}""", "null", 200, 0)]
    [InlineData("""{"id":1.5,"method":"ping"}""", "null", 200, 0)]
    [InlineData("""{"id":1,"method":"nothing"}""", "1", 404, -5000)]
    [InlineData("""{"id":1}""", "1", 400, -1102)]
    [InlineData("""{"id":1,"method":5}""", "1", 400, -1102)]
    [InlineData("""{"id":1,"method":"depth","params":[]}""", "1", 400, -1130)]
    [InlineData("""{"id":1,"method":"depth","params":{"symbol":{}}}""", "1", 400, -1130)]
    [InlineData("""{"id":1,"method":"depth","params":{"symbol":"\uD800"}}""", "1", 400, -1100)]
    [InlineData("""{"id":1,"method":"depth","params":{"symbol":"BTCUSDT","symbol":"X"}}""", "1", 400, -1101)]
    [InlineData("""{"id":1,"method":"depth","params":{"symbol":"NOPE"}}""", "1", 400, -1121)]
    [InlineData("""{"id":1,"method":"depth"}""", "1", 400, -1102)]
    [InlineData("""{"id":1,"method":"order.place","params":{"symbol":"BTCUSDT"}}""", "1", 401, -2014)]
    [InlineData("""{"id":1,"method":"session.status"}""", "1", 200, 0)]
    [InlineData("""{"id":1,"method":"session.logout"}""", "1", 200, 0)]
    [InlineData("[]", "null", 400, -1135)]
    [InlineData("nonsense", "null", 400, -1135)]
    [InlineData("[[[[[[[[[[[[[[", "null", 400, -1135)]
    [InlineData("", "null", 400, -1135)]
    public async Task Every_message_has_an_answer(string message, string id, int status, int code)
    {
        await using var host = await BinanceHost.StartAsync();
        using var socket = await ApiSocket.ConnectAsync(host);
        var answer = await socket.AskAsync(message);

        answer.GetProperty("id").GetRawText().ShouldBe(id);
        answer.GetProperty("status").GetInt32().ShouldBe(status, answer.GetRawText());
        (answer.TryGetProperty("error", out var error) ? error.GetProperty("code").GetInt32() : 0).ShouldBe(code, answer.GetRawText());
        answer.GetProperty("rateLimits")[0].GetProperty("rateLimitType").GetString().ShouldBe("REQUEST_WEIGHT");
    }

    [Fact]
    public async Task Orders_that_follow_one_another_are_carried_out_in_order()
    {
        await using var host = await BinanceHost.StartAsync();
        using var socket = await ApiSocket.ConnectAsync(host);
        const int Count = 15;
        for (var i = 0; i < Count; i++)
        {
            await socket.SendSignedAsync("order.place", ["symbol=BTCUSDT", "side=BUY", "type=LIMIT", "timeInForce=GTC", "quantity=0.01", $"price={49000 - i}"], i);
        }

        var orders = new List<(int Id, long OrderId)>();
        for (var i = 0; i < Count; i++)
        {
            var answer = await socket.ReceiveAsync();
            answer.GetProperty("rateLimits").GetArrayLength().ShouldBe(3);
            orders.Add((answer.GetProperty("id").GetInt32(), answer.GetProperty("result").GetProperty("orderId").GetInt64()));
        }

        orders.Sort();
        orders.Select(order => order.OrderId).ShouldBe(orders.Select(order => order.OrderId).Order());
    }

    [Fact]
    public async Task Only_Ed25519_keys_can_log_on()
    {
        await using var host = await BinanceHost.StartAsync();
        using var socket = await ApiSocket.ConnectAsync(host);
        var answer = await socket.SignedAsync("session.logon");
        answer.GetProperty("status").GetInt32().ShouldBe(400);
        answer.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-4056);
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(false, null, false)]
    [InlineData(true, "false", false)]
    [InlineData(false, "true", true)]
    public async Task Limits_are_told_unless_the_client_does_not_care(bool connection, string? request, bool told)
    {
        await using var host = await BinanceHost.StartAsync();
        using var socket = await ApiSocket.ConnectAsync(host, connection ? "" : "?returnRateLimits=false");
        var answer = await socket.AskAsync(request is null ? """{"id":1,"method":"ping"}""" : $$$"""{"id":1,"method":"ping","params":{"returnRateLimits":{{{request}}}}}""");
        answer.TryGetProperty("rateLimits", out _).ShouldBe(told);
    }

    [Fact]
    public async Task A_bad_signature_is_refused()
    {
        await using var host = await BinanceHost.StartAsync();
        using var socket = await ApiSocket.ConnectAsync(host);
        var answer = await socket.AskAsync($$$"""{"id":1,"method":"account.balance","params":{"apiKey":"{{{host.Trader.Key}}}","timestamp":{{{host.Time.Milliseconds}}},"signature":"00"}}""");
        answer.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-1022);
    }

    [Fact]
    public async Task A_fault_cuts_the_connection_after_the_order_was_placed()
    {
        var faults = new SomeFaults { After = AnswerFault.Lost };
        await using var host = await BinanceHost.StartAsync(faults: faults);
        using var socket = await ApiSocket.ConnectAsync(host);
        await Should.ThrowAsync<WebSocketException>(() => socket.SignedAsync("order.place", "symbol=BTCUSDT", "side=BUY", "type=LIMIT", "timeInForce=GTC", "quantity=0.01", "price=49000"));
        faults.After = AnswerFault.None;
        faults.Asked.ShouldBe([new RequestFacts("WS", "order.place", true, false)]);
        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/openOrders", "symbol=BTCUSDT")).Done().Json.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_ends_with_a_word_after_a_day()
    {
        await using var host = await BinanceHost.StartAsync();
        using var socket = await ApiSocket.ConnectAsync(host);
        await socket.AskAsync("""{"id":1,"method":"ping"}""");
        host.Time.Advance(TimeSpan.FromHours(24));
        (await socket.ReceiveCloseAsync()).ShouldBe(WebSocketCloseStatus.EndpointUnavailable);
    }

    [Fact]
    public async Task A_connection_has_its_weight_too()
    {
        await using var host = await BinanceHost.StartAsync(faults: new SomeFaults { LimitFactor = 9.0 / 2400 });
        using var first = await ApiSocket.ConnectAsync(host);
        await Should.ThrowAsync<WebSocketException>(() => ApiSocket.ConnectAsync(host));
        (await first.AskAsync("""{"id":1,"method":"ping"}""")).GetProperty("status").GetInt32().ShouldBe(429);
    }

    [Fact]
    public async Task A_message_that_is_too_long_ends_the_connection()
    {
        await using var host = await BinanceHost.StartAsync();
        using var socket = await ApiSocket.ConnectAsync(host);
        await socket.SendAsync(new string(' ', 70 * 1024));
        (await socket.ReceiveCloseAsync()).ShouldBe(WebSocketCloseStatus.MessageTooBig);
    }
}

/// <summary>A client of the WebSocket API.</summary>
internal sealed class ApiSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly BinanceHost _host;

    private ApiSocket(BinanceHost host) => _host = host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ApiSocket> ConnectAsync(BinanceHost host, string query = "")
    {
        var socket = new ApiSocket(host);
        await socket._socket.ConnectAsync(new Uri($"ws://{host.Server.EndPoint}/ws-fapi/v1{query}"), Token);
        return socket;
    }

    public async Task<JsonElement> SignedAsync(string method, params string[] parameters)
    {
        await SendSignedAsync(method, parameters, "1");
        return await ReceiveAsync();
    }

    public Task SendSignedAsync(string method, string[] parameters, object id)
    {
        var all = parameters.Concat([$"apiKey={_host.Trader.Key}", $"timestamp={_host.Time.Milliseconds}"])
            .Select(pair => pair.Split('=', 2)).OrderBy(pair => pair[0], StringComparer.Ordinal).ToList();
        var signature = BinanceClient.Sign("secret-of-trader", string.Join('&', all.Select(pair => $"{pair[0]}={pair[1]}")));
        // Sent the other way round: what is signed is sorted all the same.
        var values = all.Append(["signature", signature]).Reverse().ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return SendAsync(JsonSerializer.Serialize(new { id, method, @params = values }));
    }

    public async Task<JsonElement> AskAsync(string message)
    {
        await SendAsync(message);
        return await ReceiveAsync();
    }

    public Task SendAsync(string message) => _socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, Token);

    public async Task<JsonElement> ReceiveAsync()
    {
        var buffer = new byte[1 << 20];
        var length = 0;
        while (true)
        {
            var received = await _socket.ReceiveAsync(buffer.AsMemory(length), Token);
            length += received.Count;
            if (received.EndOfMessage)
            {
                return JsonDocument.Parse(buffer.AsMemory(0, length)).RootElement;
            }
        }
    }

    public async Task<WebSocketCloseStatus?> ReceiveCloseAsync()
    {
        await _socket.ReceiveAsync(new byte[100], Token);
        return _socket.CloseStatus;
    }

    public void Dispose() => _socket.Dispose();
}
