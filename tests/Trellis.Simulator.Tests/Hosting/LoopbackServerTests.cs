using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Trellis.Core;
using Trellis.Simulator.Hosting;

namespace Trellis.Simulator.Tests.Hosting;

public sealed class LoopbackServerTests
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_and_web_sockets_share_a_port()
    {
        await using var server = await LoopbackServer.StartAsync(AnyPort, Echo);
        using var client = new HttpClient();
        using var socket = new ClientWebSocket();

        var answer = await client.GetAsync($"http://{server.EndPoint}/fapi/v1/ping?x=1", Token);
        (await answer.Content.ReadAsStringAsync(Token)).ShouldBe("/fapi/v1/ping?x=1");
        answer.Headers.Server.ShouldBeEmpty();

        await socket.ConnectAsync(new Uri($"ws://{server.EndPoint}/ws"), Token);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, Token);
        var buffer = new byte[100];
        var received = await socket.ReceiveAsync(buffer, Token);
        buffer[..received.Count].ShouldBe("hello"u8.ToArray());
    }

    [Fact]
    public async Task A_taken_port_is_named_with_what_to_do()
    {
        using var other = new TcpListener(AnyPort);
        other.Start();
        var taken = (IPEndPoint)other.LocalEndpoint;

        var error = await Should.ThrowAsync<RunException>(() => LoopbackServer.StartAsync(taken, Echo));

        error.Message.ShouldStartWith($"port {taken.Port} on 127.0.0.1 is taken");
        error.Message.ShouldContain("--port (0 takes a free one)");
        error.ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_stopped_server_frees_its_port()
    {
        var server = await LoopbackServer.StartAsync(AnyPort, Echo);
        await server.StopAsync();
        await server.DisposeAsync();

        await using var again = await LoopbackServer.StartAsync(server.EndPoint, Echo);
        again.EndPoint.ShouldBe(server.EndPoint);
    }

    private static async Task Echo(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await context.Response.WriteAsync(context.Request.Path + context.Request.QueryString);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[100];
        var received = await socket.ReceiveAsync(buffer, context.RequestAborted);
        await socket.SendAsync(buffer.AsMemory(0, received.Count), WebSocketMessageType.Text, true, context.RequestAborted);
    }
}
