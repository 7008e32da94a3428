using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trellis.Simulator.Markets;
using Trellis.Simulator.Tests.Markets;

namespace Trellis.Simulator.Tests.Venues.Foreign;

/// <summary>The whole simulator, being Kontor, on a free port. Its market is paused at 50,000: it moves where the control API says.</summary>
internal sealed class KontorHost : IAsyncDisposable
{
    private const string Token = "control-of-kontor";
    private readonly ExchangeSimulator _simulator;
    private readonly HttpClient _control = new();

    private KontorHost(ExchangeSimulator simulator)
    {
        _simulator = simulator;
        _control.DefaultRequestHeaders.Add("X-Sim-Token", Token);
        Client = new KontorClient($"{simulator.EndPoint}", "kontor-access", "kontor-secret", "kontor-pass");
    }

    /// <summary>A client with 10,000 USDT.</summary>
    public KontorClient Client { get; }

    /// <param name="faults">A plan, as a file has it.</param>
    public static async Task<KontorHost> StartAsync(TemporaryFolder folder, string? faults = null, string? stateFile = null, string? recordFile = null)
    {
        var host = new KontorHost(await ExchangeSimulator.StartAsync(
            new SimulatorOptions
            {
                EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
                OpenVenue = static context => new KontorVenue(context),
                Accounts = [new SimulatedAccount("main", "kontor-access", "kontor-secret", 10_000m) { Passphrase = "kontor-pass" }],
                Market = new MarketOptions { Listings = KontorListings.Rules, Speed = MarketSpeed.Step, HistoryMinutes = 5 },
                Leverage = 10,
                FaultsFile = faults is null ? null : folder.Write("faults.json", faults),
                StateFile = stateFile,
                RecordFile = recordFile,
                ControlToken = Token,
                Program = "test",
            },
            TimeProvider.System,
            static _ => { }));
        await host.ControlAsync("POST", "pause");
        await host.PriceAsync(50_000m);
        return host;
    }

    /// <summary>Moves the market, and the orders that lie between.</summary>
    public Task PriceAsync(decimal price) => ControlAsync("POST", "price", $$"""{"instrument":"{{KontorListings.Contract}}","price":{{price}}}""");

    public async Task<JsonObject> ControlAsync(string method, string path, string body = "")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"http://{_simulator.EndPoint}/sim/{path}") { Content = new StringContent(body, Encoding.UTF8) };
        using var answer = await _control.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonSerializer.Deserialize<JsonObject>(text)!;
    }

    /// <summary>Where the market stands.</summary>
    public async Task<decimal> LastPriceAsync() => (await ControlAsync("GET", "state"))["instruments"]![0]!["last_price"]!.GetValue<decimal>();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _control.Dispose();
        await _simulator.DisposeAsync();
    }
}
