using System.Net;
using System.Net.WebSockets;
using System.Text;
using Trellis.Simulator.Hosting;

namespace Trellis.Simulator.Tests.Venues.Binance.Streams;

/// <summary>The streams over a real socket, with the platform's own client.</summary>
public sealed class LoopbackStreamTests : IAsyncDisposable
{
    private readonly StreamFloor _floor = new(StreamFloor.Patient);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _floor.DisposeAsync();

    [Fact]
    public async Task A_client_connects_subscribes_hears_and_says_goodbye()
    {
        await using var server = await StartAsync();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{server.EndPoint}/market/ws/0"), Token);
        await socket.SendAsync("""{"method":"SUBSCRIBE","params":["btcusdt@markPrice@1s"],"id":1}"""u8.ToArray(), WebSocketMessageType.Text, true, Token);
        (await ReadAsync(socket)).ShouldBe("""{"result":null,"id":1}""");
        await _floor.MarkAsync(50_000m);
        _floor.Pass(1_000);
        (await ReadAsync(socket)).ShouldStartWith("""{"e":"markPriceUpdate",""");

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", Token);

        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
    }

    [Fact]
    public async Task A_server_that_closes_is_understood()
    {
        await using var server = await StartAsync();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{server.EndPoint}/public/stream"), Token);
        await socket.SendAsync("no JSON"u8.ToArray(), WebSocketMessageType.Text, true, Token);

        (await ReadAsync(socket)).ShouldContain("Invalid JSON");
        (await socket.ReceiveAsync(new byte[200], Token)).CloseStatus.ShouldBe(WebSocketCloseStatus.PolicyViolation);
    }

    [Fact]
    public async Task A_request_that_asks_for_no_web_socket_is_refused_and_so_is_all_during_maintenance()
    {
        await using var server = await StartAsync();
        using var http = new HttpClient();
        (await http.GetAsync($"http://{server.EndPoint}/ws", Token)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await http.GetAsync($"http://{server.EndPoint}/stream/nonsense", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        _floor.Faults.InMaintenance = true;
        using var socket = new ClientWebSocket();

        await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(new Uri($"ws://{server.EndPoint}/ws"), Token));
    }

    private Task<LoopbackServer> StartAsync() => LoopbackServer.StartAsync(new IPEndPoint(IPAddress.Loopback, 0), async context =>
    {
        if (!await _floor.Hub.TryHandleAsync(context))
        {
            context.Response.StatusCode = 404;
        }
    });

    private static async Task<string> ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4_096];
        var received = await socket.ReceiveAsync(buffer, Token);
        received.EndOfMessage.ShouldBeTrue();
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }
}
