using Microsoft.AspNetCore.Http;
using Trellis.Core.Orders;
using Trellis.Simulator.Venues.Binance.Streams;

namespace Trellis.Simulator.Tests.Venues.Binance.Streams;

public sealed class RouteTests
{
    private static readonly string[] PublicStreams = ["btcusdt@bookTicker", "!bookTicker", "btcusdt@depth", "btcusdt@depth@100ms", "btcusdt@depth5@500ms", "btcusdt@trade"];

    private static readonly string[] MarketStreams =
    [
        "btcusdt@aggTrade", "btcusdt@markPrice", "btcusdt@markPrice@1s", "!markPrice@arr", "!markPrice@arr@1s", "btcusdt@kline_1m", "btcusdt_perpetual@continuousKline_1h",
        "btcusdt@ticker", "btcusdt@miniTicker", "!ticker@arr", "!miniTicker@arr",
    ];

    public static TheoryData<string, string> Everything
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var stream in PublicStreams.Concat(MarketStreams))
            {
                foreach (var route in Enum.GetNames<StreamRoute>())
                {
                    rows.Add(route, stream);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task A_stream_speaks_on_its_own_route_and_is_silent_on_the_others(string route, string stream)
    {
        await using var floor = new StreamFloor();
        var client = floor.ConnectTo(Enum.Parse<StreamRoute>(route));
        (await client.SubscribeAsync(stream)).GetProperty("result").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);

        await Happen(floor);

        var speaks = route == nameof(StreamRoute.Local)
            || (route == nameof(StreamRoute.Market) ? MarketStreams : route == nameof(StreamRoute.Private) ? [] : PublicStreams).Contains(stream);
        ((await client.DrainAsync()).Count > 0).ShouldBe(speaks);
    }

    [Theory]
    [InlineData("BTCUSDT@trade")]
    [InlineData("btcusdt@Trade")]
    [InlineData("btcusdt@kline_1min")]
    [InlineData("btcusdt@depth7")]
    [InlineData("btcusdt@depth@50ms")]
    [InlineData("btcusdt@rpiDepth@500ms")]
    [InlineData("nosuchusdt@trade")]
    [InlineData("!nosuch@arr")]
    [InlineData("btcusdt_current_quarter@continuousKline_1m")]
    public async Task A_name_that_is_none_is_accepted_and_silent(string stream)
    {
        await using var floor = new StreamFloor();
        var client = floor.ConnectTo(StreamRoute.Local);
        (await client.SubscribeAsync(stream)).GetProperty("result").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);

        await Happen(floor);

        (await client.DrainAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("fstream.binance.com/public/ws/btcusdt@trade", false)]
    [InlineData("fstream.binance.com/public/ws/ethusdt@trade/btcusdt@trade", false)]
    [InlineData("fstream.binance.com/public/stream?streams=btcusdt@trade", true)]
    [InlineData("fstream.binance.com/public/stream?streams=ethusdt@trade/btcusdt@trade", true)]
    [InlineData("fstream.binance.com/ws/btcusdt@trade", false)]
    [InlineData("fstream.binance.com/stream?streams=btcusdt@trade", true)]
    [InlineData("127.0.0.1:1234/ws/btcusdt@trade", false)]
    [InlineData("localhost:1234/stream?streams=btcusdt@trade", true)]
    [InlineData("127.0.0.1:1234/public/stream?streams=btcusdt@trade", true)]
    public async Task Streams_can_be_named_in_the_address(string address, bool isCombined)
    {
        await using var floor = new StreamFloor();
        await floor.MoveAsync(50_000m);
        var client = floor.Connect(address);

        await Happen(floor);

        var message = (await client.DrainAsync())[0];
        if (isCombined)
        {
            message.EnumerateObject().Select(property => property.Name).ShouldBe(["stream", "data"]);
            message.GetProperty("stream").GetString().ShouldBe("btcusdt@trade");
            message = message.GetProperty("data");
        }

        message.GetProperty("e").GetString().ShouldBe("trade");
    }

    [Theory]
    [InlineData("fstream.binance.com", "/")]
    [InlineData("fstream.binance.com", "/public")]
    [InlineData("fstream.binance.com", "/public/streams")]
    [InlineData("fstream.binance.com", "/stream/nonsense")]
    [InlineData("fstream.binance.com", "/other/ws")]
    public void Nothing_is_at_other_addresses(string host, string path)
    {
        var request = new DefaultHttpContext().Request;
        (request.Host, request.Path) = (new HostString(host), path);

        StreamRequest.Parse(request).ShouldBeNull();
    }

    [Theory]
    [InlineData("fstream.binance.com/private/ws?listenKey=KEY", true)]
    [InlineData("fstream.binance.com/private/ws/KEY", true)]
    [InlineData("fstream.binance.com/private/stream?listenKey=KEY", true)]
    [InlineData("fstream.binance.com/private/stream?streams=KEY", true)]
    [InlineData("127.0.0.1:99/ws/KEY", true)]
    [InlineData("127.0.0.1:99/ws?listenKey=KEY", true)]
    [InlineData("127.0.0.1:99/stream?streams=KEY", true)]
    [InlineData("fstream.binance.com/ws/KEY", false)]
    [InlineData("fstream.binance.com/ws?listenKey=KEY", false)]
    [InlineData("fstream.binance.com/stream?streams=KEY", false)]
    [InlineData("fstream.binance.com/market/ws/KEY", false)]
    [InlineData("fstream.binance.com/public/ws?listenKey=KEY", false)]
    [InlineData("fstream.binance.com/private/ws/made-up", false)]
    public async Task A_users_events_come_on_private_and_at_the_own_address_and_nowhere_else(string address, bool speaks)
    {
        await using var floor = new StreamFloor();
        var account = await floor.AccountAsync();
        var client = floor.Connect(address.Replace("KEY", floor.ListenKeys.Create(account).Key, StringComparison.Ordinal));

        await floor.LimitAsync(account, Side.Buy, 40_000m, 1m);

        var messages = await client.DrainAsync();
        messages.Count.ShouldBe(speaks ? 1 : 0);
        floor.Hub.UserStreams.ShouldBe(speaks ? 1 : 0);
        if (speaks && address.Contains("/stream", StringComparison.Ordinal))
        {
            messages[0].GetProperty("stream").GetString().ShouldBe(floor.ListenKeys.Create(account).Key);
        }
    }

    /// <summary>Something that every stream has to say something about.</summary>
    private static async Task Happen(StreamFloor floor)
    {
        await floor.MarkAsync(50_000m);
        await floor.MoveAsync(50_000m);
        await floor.MoveAsync(50_100m, volume: 3m);
        floor.Pass(5_000);
    }
}
