using System.Text.Json;
using Trellis.Simulator.Tests.Connections;
using Trellis.Simulator.Venues.Binance.Streams;

namespace Trellis.Simulator.Tests.Venues.Binance.Streams;

public sealed class ControlTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("18446744073709551615")]
    [InlineData("\"an id of my own\"")]
    public async Task A_request_is_answered_under_its_id(string id)
    {
        await using var floor = new StreamFloor();
        var client = floor.ConnectTo(StreamRoute.Market);

        await client.SendAsync($$"""{"method":"SUBSCRIBE","params":["btcusdt@aggTrade","btcusdt@kline_1m"],"id":{{id}}}""");

        (await client.ReadAsync()).GetRawText().ShouldBe($$"""{"result":null,"id":{{id}}}""");
    }

    [Fact]
    public async Task Subscriptions_are_listed_in_their_order_and_taken_back()
    {
        await using var floor = new StreamFloor();
        var client = floor.ConnectTo(StreamRoute.Public, "btcusdt@depth");

        await client.SubscribeAsync("ethusdt@bookTicker", "btcusdt@depth", "nosuch@stream");
        Names(await client.AskAsync("LIST_SUBSCRIPTIONS")).ShouldBe(["btcusdt@depth", "ethusdt@bookTicker", "nosuch@stream"]);
        (await client.AskAsync("UNSUBSCRIBE", "btcusdt@depth", "never@asked")).GetProperty("result").ValueKind.ShouldBe(JsonValueKind.Null);
        Names(await client.AskAsync("LIST_SUBSCRIPTIONS")).ShouldBe(["ethusdt@bookTicker", "nosuch@stream"]);
    }

    [Fact]
    public async Task A_connection_whose_address_ends_in_a_number_has_no_stream_of_that_name()
    {
        await using var floor = new StreamFloor();
        var client = floor.Connect("fstream.binance.com/market/ws/0");

        Names(await client.AskAsync("LIST_SUBSCRIPTIONS")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_form_of_messages_can_be_asked_and_changed()
    {
        await using var floor = new StreamFloor();
        var client = floor.ConnectTo(StreamRoute.Market, "btcusdt@markPrice@1s");
        await floor.MarkAsync(50_000m);

        (await client.AskAsync("GET_PROPERTY", "combined")).GetProperty("result").GetBoolean().ShouldBeFalse();
        await client.SendAsync("""{"method":"SET_PROPERTY","params":["combined",true],"id":7}""");
        (await client.ReadAsync()).GetRawText().ShouldBe("""{"result":null,"id":7}""");
        floor.Pass(1_000);

        (await client.DrainAsync()).Last().GetProperty("stream").GetString().ShouldBe("btcusdt@markPrice@1s");
        (await client.AskAsync("GET_PROPERTY", "combined")).GetProperty("result").GetBoolean().ShouldBeTrue();
        (await floor.Connect("fstream.binance.com/market/stream").AskAsync("GET_PROPERTY", "combined")).GetProperty("result").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"method":"SUBSCRIBE","params":["btcusdt@trade"]}""", 2, "Invalid request: request ID must be an unsigned integer")]
    [InlineData("""{"method":"SUBSCRIBE","params":["btcusdt@trade"],"id":-1}""", 2, "Invalid request: request ID must be an unsigned integer")]
    [InlineData("""{"method":"SUBSCRIBE","params":["btcusdt@trade"],"id":1.5}""", 2, "Invalid request: request ID must be an unsigned integer")]
    [InlineData("""{"params":["btcusdt@trade"],"id":1}""", 2, "Invalid request: missing field `method` at line 1 column 35")]
    [InlineData("""{"method":"SUBSCRIBES","id":1}""", 2, "Invalid request: unknown variant `SUBSCRIBES`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY` at line 1 column 22")]
    [InlineData("""{"method":"SUBSCRIBE","id":1}""", 2, "Invalid request: missing field `params` at line 1 column 29")]
    [InlineData("""{"method":"SUBSCRIBE","params":[1],"id":1}""", 2, "Invalid request: invalid type: expected a string at line 1 column 34")]
    [InlineData("""{"method":"SUBSCRIBE","params":"x","id":1}""", 2, "Invalid request: invalid type: expected a sequence at line 1 column 34")]
    [InlineData("""{"method":"LIST_SUBSCRIPTIONS","params":["x"],"id":1}""", 2, "Invalid request: too many parameters")]
    [InlineData("""{"method":"GET_PROPERTY","params":["combined",1],"id":1}""", 2, "Invalid request: too many parameters")]
    [InlineData("""{"method":"GET_PROPERTY","params":[1],"id":1}""", 2, "Invalid request: property name must be a string")]
    [InlineData("""{"method":"GET_PROPERTY","id":1}""", 2, "Invalid request: property name must be a string")]
    [InlineData("""{"method":"GET_PROPERTY","params":["colour"],"id":1}""", 0, "Unknown property")]
    [InlineData("""{"method":"SET_PROPERTY","params":["combined","yes"],"id":1}""", 1, "Invalid value type: expected Boolean")]
    [InlineData("""{"method":"SET_PROPERTY","params":["combined"],"id":1}""", 1, "Invalid value type: expected Boolean")]
    [InlineData("[]", 2, "Invalid request: invalid type: expected a request at line 1 column 2")]
    public async Task A_bad_request_is_refused_in_words_and_the_connection_goes_on(string request, int code, string message)
    {
        await using var floor = new StreamFloor();
        var client = floor.ConnectTo(StreamRoute.Public);

        await client.SendAsync(request);

        var answer = await client.ReadAsync();
        foreach (var error in new[] { answer, answer.GetProperty("error") })
        {
            error.GetProperty("code").GetInt32().ShouldBe(code);
            error.GetProperty("msg").GetString().ShouldBe(message);
        }

        Names(await client.AskAsync("LIST_SUBSCRIPTIONS")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_carries_the_id_where_there_is_one()
    {
        await using var floor = new StreamFloor();
        var client = floor.ConnectTo(StreamRoute.Public);

        await client.SendAsync("""{"method":"NOTHING","id":"x"}""");

        (await client.ReadAsync()).GetProperty("id").GetString().ShouldBe("x");
    }

    [Theory]
    [InlineData("ping", 1)]
    [InlineData("""{"method":""", 11)]
    [InlineData("""{"method":"SUBSCRIBE"} x""", 24)]
    [InlineData("", 1)]
    [InlineData("""{"method":"SUBSCRIBE","params":["\ud83d@trade"],"id":1}""", 33)]
    public async Task What_is_no_JSON_is_answered_and_ends_the_connection(string text, int column)
    {
        await using var floor = new StreamFloor();
        var client = floor.ConnectTo(StreamRoute.Public);

        await client.SendAsync(text);

        var error = (await client.ReadAsync()).GetProperty("error");
        error.GetProperty("code").GetInt32().ShouldBe(3);
        error.GetProperty("msg").GetString().ShouldBe($"Invalid JSON: expected value at line 1 column {column}");
        (await client.Raw.ReadAsync()).ShouldNotBeNull().CloseCode.ShouldBe(1008);
    }

    [Fact]
    public async Task A_connection_has_at_most_1024_streams()
    {
        await using var floor = new StreamFloor();
        var client = floor.ConnectTo(StreamRoute.Market);

        await client.SubscribeAsync([.. Enumerable.Range(0, 1_024).Select(i => $"coin{i}usdt@aggTrade")]);
        var refused = await client.SubscribeAsync("one@tooMany");
        refused.GetProperty("code").GetInt32().ShouldBe(2);
        await client.AskAsync("UNSUBSCRIBE", "coin7usdt@aggTrade");

        (await client.SubscribeAsync("one@tooMany")).GetProperty("result").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Eleven_messages_within_a_second_end_the_connection()
    {
        await using var floor = new StreamFloor();
        var client = floor.ConnectTo(StreamRoute.Market);
        for (var i = 0; i < 10; i++)
        {
            await client.AskAsync("LIST_SUBSCRIPTIONS");
        }

        await client.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");

        (await client.Raw.ReadAsync()).ShouldNotBeNull().CloseCode.ShouldBe(1008);
    }

    [Fact]
    public async Task The_hub_pings_its_clients_and_ends_them_after_a_day()
    {
        // What is being written when the clock is put forward is not what a slow reader keeps waiting.
        await using var floor = new StreamFloor(new() { Connection = new StreamSettings().Connection with { ReadWithin = TimeSpan.FromDays(2) } });
        var client = floor.ConnectTo(StreamRoute.Market);
        floor.Time.Advance(TimeSpan.FromSeconds(182));
        (await client.Raw.ReadAsync()).ShouldNotBeNull().Opcode.ShouldBe(ReceivedFrame.Ping);

        for (var hour = 0.05; hour < 24; hour += 0.05)
        {
            await client.Raw.SendAsync(ReceivedFrame.Pong, []);
            await client.AskAfterPingsAsync();
            floor.Time.Advance(TimeSpan.FromHours(0.05));
        }

        var last = await client.Raw.ReadAsync();
        while (last is { Opcode: ReceivedFrame.Ping })
        {
            last = await client.Raw.ReadAsync();
        }

        last.ShouldNotBeNull().CloseCode.ShouldBe(1001);
        floor.Hub.Connections.ShouldBe(1);
        await client.Raw.SendAsync(ReceivedFrame.Close, [3, 0xE9]);
        await client.Ended;
        floor.Hub.Connections.ShouldBe(0);
    }

    private static IEnumerable<string?> Names(JsonElement answer) => answer.GetProperty("result").EnumerateArray().Select(name => name.GetString());
}
