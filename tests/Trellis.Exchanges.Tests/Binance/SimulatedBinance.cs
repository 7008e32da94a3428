using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Venues;
using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Binance;
using Trellis.Exchanges.Http;
using Trellis.Simulator;
using Trellis.Simulator.Venues.Binance;
using Trellis.Simulator.Markets;

namespace Trellis.Exchanges.Tests.Binance;

/// <summary>The simulator on a free port with a market that stands still, and adapters that speak to it.</summary>
internal sealed class SimulatedBinance : IAsyncDisposable
{
    private const string Token = "control";
    private const string Key = "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk";
    private const string Secret = "the-secret-of-the-account";

    private readonly ExchangeHttpClients _clients = new();
    private readonly HttpClient _control = new();
    private readonly List<IExchangeAdapter> _adapters = [];
    private readonly List<Task> _streams = [];
    private readonly CancellationTokenSource _ending = new();
    private int _ids;

    private SimulatedBinance(ExchangeSimulator simulator)
    {
        Simulator = simulator;
        Address = new Uri($"http://{simulator.EndPoint}");
        Registry = new AdapterRegistry().AddBinance(_clients);
        _control.DefaultRequestHeaders.Add("X-Sim-Token", Token);
    }

    public static InstrumentId Bitcoin { get; } = new("binance", MarketKind.Perp, "BTCUSDT");

    public static InstrumentId Ether { get; } = new("binance", MarketKind.Perp, "ETHUSDT");

    public ExchangeSimulator Simulator { get; }

    public Uri Address { get; }

    public AdapterRegistry Registry { get; }

    /// <summary>An adapter that is connected.</summary>
    public IExchangeAdapter Adapter => _adapters[0];

    public ITradingApi Trading => Adapter.Trading;

    /// <summary>Bitcoin's best bid at the start.</summary>
    public decimal Price { get; private set; }

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<SimulatedBinance> StartAsync(bool hedgeMode = false, Func<AdapterOptions, AdapterOptions>? change = null)
    {
        var simulator = await ExchangeSimulator.StartAsync(
            new SimulatorOptions
            {
                EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
                Accounts = [new SimulatedAccount("main", Key, Secret, 100_000m)],
                Market = new MarketOptions { Listings = BinanceListings.Rules, Instruments = ["BTCUSDT", "ETHUSDT"], HistoryMinutes = 30 },
                HedgeMode = hedgeMode,
                OpenVenue = static context => new BinanceVenue(context),
                ControlToken = Token,
                Program = "test",
            },
            TimeProvider.System,
            static _ => { });
        var host = new SimulatedBinance(simulator);
        await host.ControlAsync(HttpMethod.Post, "/sim/pause");
        var adapter = host.Create(change);
        await adapter.ConnectAsync(Cancelled);
        host.Price = (await adapter.MarketData.GetTickersAsync(Cancelled)).First(ticker => ticker.Instrument == Bitcoin).Bid;
        return host;
    }

    public IExchangeAdapter Create(Func<AdapterOptions, AdapterOptions>? change = null)
    {
        var options = new AdapterOptions { Environment = ExchangeEnvironment.Simulator, Address = Address, ApiKey = Key, ApiSecret = Secret, PollEvery = TimeSpan.FromMilliseconds(100) };
        var adapter = Registry.Create("binance", change?.Invoke(options) ?? options, TimeProvider.System);
        _adapters.Add(adapter);
        return adapter;
    }

    /// <summary>A price so many percent above bitcoin's at the start, on its tick.</summary>
    public decimal Above(decimal percent) => decimal.Round(Price * (1 + (percent / 100)), 1);

    /// <summary>Runs the user stream until the end and waits until it flows: a connection is open a moment before the exchange has it among its listeners.</summary>
    public async Task<UserRecord> ListenAsync(IExchangeAdapter? adapter = null)
    {
        var record = new UserRecord();
        _streams.Add((adapter ?? Adapter).RunUserStreamAsync([Bitcoin, Ether], record, _ending.Token));
        await Wait.UntilAsync(() => record.Restorations > 0, "the user stream flows");
        await Wait.UntilAsync(() => HasListenersAsync(adapter), "the exchange has a listener");
        return record;
    }

    /// <summary>Runs the market stream until the end.</summary>
    public MarketRecord Watch(IExchangeAdapter? adapter = null)
    {
        var record = new MarketRecord();
        _streams.Add((adapter ?? Adapter).RunMarketStreamAsync([Bitcoin, Ether], Interval.OneMinute, record, _ending.Token));
        return record;
    }

    /// <summary>A limit order of a hundredth of a bitcoin that rests two percent below the market, unless told otherwise.</summary>
    public OrderIntent Intent(Func<OrderIntent, OrderIntent>? change = null)
    {
        var intent = new OrderIntent { Market = 0, Bot = 0, ClientOrderId = $"abcd0123456789abcdefgh{++_ids:D7}", Side = Side.Buy, Kind = OrderKind.Limit, Price = Above(-2), Quantity = 0.01m };
        return change?.Invoke(intent) ?? intent;
    }

    public OrderIntent MarketIntent(Side side, decimal quantity = 0.01m) => Intent(intent => intent with { Kind = OrderKind.Market, Price = 0m, Side = side, Quantity = quantity });

    /// <summary>A snapshot of bitcoin and ether since an hour ago.</summary>
    public Task<VenueSnapshot> SnapshotAsync(params (InstrumentId Instrument, OrderToFind Order)[] orders) =>
        Trading.TakeSnapshotAsync([Bitcoin, Ether], TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeMilliseconds(), orders, Cancelled);

    /// <summary>Moves bitcoin to a price.</summary>
    public Task MoveAsync(decimal price) =>
        ControlAsync(HttpMethod.Post, "/sim/price", new { instrument = "BTCUSDT", price });

    /// <summary>Adds a fault rule.</summary>
    public Task FaultAsync(object rule) => ControlAsync(HttpMethod.Post, "/sim/faults", new { faults = new[] { rule } });

    public Task MendAsync() => ControlAsync(HttpMethod.Delete, "/sim/faults");

    public async Task<JsonElement> ControlAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path));
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await _control.SendAsync(request, Cancelled);
        var text = await response.Content.ReadAsStringAsync(Cancelled);
        response.IsSuccessStatusCode.ShouldBeTrue($"{path}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Whether the exchange has a user stream to tell; a poller needs none.</summary>
    public async Task<bool> HasListenersAsync(IExchangeAdapter? adapter = null)
    {
        var state = await ControlAsync(HttpMethod.Get, "/sim/state");
        return (adapter is not null && adapter != Adapter) || state.GetProperty("connections").GetProperty("user_streams").GetInt32() > 0;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_streams.Select(stream => stream.ContinueWith(static _ => { }, TaskScheduler.Default)));
        foreach (var adapter in _adapters)
        {
            await adapter.DisposeAsync();
        }

        await Simulator.DisposeAsync();
        _control.Dispose();
        _clients.Dispose();
        _ending.Dispose();
    }
}
