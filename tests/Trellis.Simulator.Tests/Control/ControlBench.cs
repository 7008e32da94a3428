using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Simulator.Control;
using Trellis.Simulator.Faults;
using Trellis.Simulator.Hosting;
using Trellis.Simulator.Markets;
using Trellis.Simulator.Tests.Faults;
using Trellis.Simulator.Tests.Markets;

namespace Trellis.Simulator.Tests.Control;

/// <summary>A paused market with an account, controlled over a real server on a free port.</summary>
internal sealed class ControlBench : IAsyncDisposable
{
    public const string Token = "let-me-in";

    private readonly LoopbackServer _server;
    private readonly HttpClient _client;

    private ControlBench(MarketBench market, FaultPlan faults, ControlApi api, LoopbackServer server)
    {
        Market = market;
        Faults = faults;
        Api = api;
        _server = server;
        _client = new HttpClient { BaseAddress = new Uri($"{Uri.UriSchemeHttp}://{server.EndPoint}") };
    }

    public MarketBench Market { get; }

    public FaultPlan Faults { get; }

    public ControlApi Api { get; }

    public static async Task<ControlBench> StartAsync()
    {
        var market = new MarketBench(SomeMarket.Options with { Instruments = ["BTCUSDT", "ETHUSDT"], HistoryMinutes = 5, Speed = MarketSpeed.Max }, TimeProvider.System);
        market.Exchange.Execute<object>(now => new OpenAccount(now, "main"));
        market.Exchange.Execute<object>(now => new Transfer(now, new AccountId(1), 1_000m));
        var faults = SomePlan.Of("", TimeProvider.System);
        faults.Attach(market.Exchange, market.Clock);
        market.Driver.Pause();
        market.Start();
        var api = new ControlApi(new ControlContext
        {
            Token = Token,
            Exchange = market.Exchange,
            Driver = market.Driver,
            Clock = market.Clock,
            MarketData = market.Store,
            Faults = faults,
            Activity = new FakeActivity { UserStreams = 2, QueuedFrames = 7 },
            Accounts = new Dictionary<string, AccountId>(StringComparer.Ordinal) { ["main"] = new(1) },
        });
        var server = await LoopbackServer.StartAsync(new IPEndPoint(IPAddress.Loopback, 0), async http =>
        {
            if (!await api.TryHandleAsync(http))
            {
                http.Response.StatusCode = 418;
            }
        });
        return new ControlBench(market, faults, api, server);
    }

    /// <summary>Sends a request and reads the answer, whatever its status.</summary>
    public async Task<(int Status, JsonElement Body)> SendAsync(string method, string path, string? body = null, string? token = Token, bool ownHeader = false)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (token is not null && ownHeader)
        {
            request.Headers.Add("X-Sim-Token", token);
        }
        else if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        await Market.DisposeAsync();
    }
}
