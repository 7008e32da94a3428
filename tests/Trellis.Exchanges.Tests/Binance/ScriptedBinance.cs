using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Binance;
using Trellis.Exchanges.Http;
using Trellis.Simulator.Hosting;

namespace Trellis.Exchanges.Tests.Binance;

/// <summary>A server that answers just what a test tells it to, for what the simulator never says.</summary>
internal sealed class ScriptedBinance : IAsyncDisposable
{
    public const string Secret = "a-secret-that-nobody-may-see";

    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _answers = new(StringComparer.Ordinal);
    private readonly ExchangeHttpClients _clients = new();
    private readonly List<IExchangeAdapter> _adapters = [];
    private LoopbackServer _server = null!;

    /// <summary>Method and path of each request, in their order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public IExchangeAdapter Adapter => _adapters[0];

    public static OrderIntent Order { get; } = new() { Market = 0, Bot = 0, ClientOrderId = "abcd01234567890123456789order", Side = Side.Buy, Kind = OrderKind.Market, Quantity = 1m };

    public static InstrumentId Bitcoin { get; } = new("binance", MarketKind.Perp, "BTCUSDT");

    public static async Task<ScriptedBinance> StartAsync(Func<AdapterOptions, AdapterOptions>? change = null, TimeProvider? time = null)
    {
        var script = new ScriptedBinance();
        script._server = await LoopbackServer.StartAsync(new IPEndPoint(IPAddress.Loopback, 0), script.HandleAsync);
        script.Says("GET /fapi/v1/time", """{"serverTime":1700000000000}""");
        var options = new AdapterOptions
        {
            Environment = ExchangeEnvironment.Simulator,
            Address = new Uri($"http://{script._server.EndPoint}"),
            ApiKey = "key",
            ApiSecret = Secret,
            PollEvery = TimeSpan.FromMilliseconds(20),
        };
        script._adapters.Add(new AdapterRegistry().AddBinance(script._clients).Create("binance", change?.Invoke(options) ?? options, time ?? TimeProvider.System));
        return script;
    }

    public int CountOf(string request) => Requests.Count(one => one == request);

    /// <summary>Answers a request, such as <c>GET /fapi/v1/time</c>, with a body.</summary>
    public void Says(string request, string body, int status = 200, params (string Name, string Value)[] headers) => Does(request, async http =>
    {
        http.Response.StatusCode = status;
        foreach (var (name, value) in headers)
        {
            http.Response.Headers[name] = value;
        }

        await http.Response.WriteAsync(body, TestContext.Current.CancellationToken);
    });

    public void Does(string request, Func<HttpContext, Task> answer) => _answers[request] = answer;

    /// <summary>Takes WebSockets at a path: sends what it is given, then waits until the client goes.</summary>
    public void Streams(string path, params string[] messages) => Does($"GET {path}", async http =>
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        foreach (var message in messages)
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, http.RequestAborted);
        }

        try
        {
            await socket.ReceiveAsync(new byte[256], http.RequestAborted);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            // The client is gone.
        }
    });

    public async ValueTask DisposeAsync()
    {
        foreach (var adapter in _adapters)
        {
            await adapter.DisposeAsync();
        }

        await _server.StopAsync();
        await _server.DisposeAsync();
        _clients.Dispose();
    }

    private async Task HandleAsync(HttpContext http)
    {
        var request = $"{http.Request.Method} {http.Request.Path}";
        Requests.Enqueue(request);
        if (_answers.TryGetValue(request, out var answer))
        {
            await answer(http);
            return;
        }

        http.Response.StatusCode = 404;
        await http.Response.WriteAsync("""{"code":-5000,"msg":"no such path"}""", TestContext.Current.CancellationToken);
    }
}
