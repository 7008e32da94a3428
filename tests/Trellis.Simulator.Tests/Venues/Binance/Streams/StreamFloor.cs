using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Trellis.Core.Markets;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;
using Trellis.Simulator.Exchange;
using Trellis.Simulator.Hosting;
using Trellis.Simulator.MarketData;
using Trellis.Simulator.Tests.Connections;
using Trellis.Simulator.Venues.Binance;
using Trellis.Simulator.Venues.Binance.Streams;

namespace Trellis.Simulator.Tests.Venues.Binance.Streams;

/// <summary>An exchange with BTCUSDT and ETHUSDT, its streams, and clients on lines in memory; a test turns the clock.</summary>
internal sealed class StreamFloor : IAsyncDisposable
{
    private readonly List<StreamClient> _clients = [];

    public StreamFloor(StreamSettings? settings = null)
    {
        Engine = new MatchingEngine(new MatchingSettings { Instruments = [Perpetual("BTC", 50_000m, 0.1m), Perpetual("ETH", 2_000m, 0.01m)], StartTime = Time.Milliseconds });
        Exchange = new SimulatedExchange(Engine, new Clock(Time), new NoCommandLog(), [Market]);
        Symbols = new SymbolTable(Engine.Instruments);
        ListenKeys = new ListenKeys(Time, 1);
        Hub = new StreamHub(Context, Symbols, ListenKeys, settings);
        Exchange.AddObserver(Hub);
    }

    /// <summary>Clients may ask as often as they like, which tests do, and are not pinged.</summary>
    public static StreamSettings Patient { get; } = new() { Connection = new StreamSettings().Connection with { FramesPerSecond = 0, PingEvery = TimeSpan.Zero } };

    public static AccountId House { get; } = new(0);

    public ManualTime Time { get; } = new();

    public TestFaults Faults { get; } = new();

    public TestRecorder Recorder { get; } = new() { IsOn = false };

    public ClientActivity Activity { get; } = new(TimeProvider.System);

    public MatchingEngine Engine { get; }

    public MarketDataStore Market { get; } = new();

    public SimulatedExchange Exchange { get; }

    public SymbolTable Symbols { get; }

    public ListenKeys ListenKeys { get; }

    public StreamHub Hub { get; }

    public VenueContext Context => new()
    {
        Exchange = Exchange,
        MarketData = Market,
        Clock = new Clock(Time),
        Faults = Faults,
        Recorder = Recorder,
        Time = Time,
        Credentials = [],
        Activity = Activity,
    };

    public static MatchingInstrument Perpetual(string coin, decimal price, decimal tick) => new()
    {
        StartPrice = price,
        Instrument = new Instrument
        {
            Id = new InstrumentId("binance", MarketKind.Perp, coin + "USDT"),
            BaseCurrency = coin,
            QuoteCurrency = "USDT",
            Rules = [new InstrumentRules { TickSize = tick, LotSize = 0.001m, MinQuantity = 0.001m, MinNotional = 5m, MakerFee = 0.0002m, TakerFee = 0.0005m }],
            LeverageTiers = [new LeverageTier(50_000m, 0.004m, 0m, 125m), new LeverageTier(5_000_000m, 0.01m, 300m, 50m)],
        },
    };

    /// <summary>Carries a command out, and waits until the streams have heard of it.</summary>
    public async Task<T> DoAsync<T>(Func<long, MatchingCommand> command)
        where T : class
    {
        Exchange.Execute<T>(command).Succeeded(out var value, out var refusal).ShouldBeTrue(refusal?.ToString());
        await Exchange.QuietAsync();
        return value!;
    }

    public Task DoAsync(Func<long, MatchingCommand> command) => DoAsync<object>(command);

    public async Task<AccountId> AccountAsync(decimal deposit = 1_000_000m, bool hedge = false)
    {
        var summary = await DoAsync<AccountSummary>(now => new OpenAccount(now, "someone", hedge));
        if (deposit > 0)
        {
            await DoAsync(now => new Transfer(now, summary.Account, deposit));
        }

        return summary.Account;
    }

    public Task<Order> LimitAsync(AccountId account, Side side, decimal price, decimal quantity, Func<OrderRequest, OrderRequest>? change = null) =>
        PlaceAsync<Order>(account, new OrderRequest { Instrument = 0, Side = side, Type = OrderType.Limit, Price = price, Quantity = quantity }, change);

    public Task<Order> MarketAsync(AccountId account, Side side, decimal quantity, Func<OrderRequest, OrderRequest>? change = null) =>
        PlaceAsync<Order>(account, new OrderRequest { Instrument = 0, Side = side, Type = OrderType.Market, Quantity = quantity }, change);

    public Task<ConditionalOrder> StopAsync(AccountId account, Side side, decimal trigger, decimal quantity, Func<OrderRequest, OrderRequest>? change = null) =>
        PlaceAsync<ConditionalOrder>(
            account,
            new OrderRequest { Instrument = 0, Side = side, Type = OrderType.Market, Quantity = quantity, Trigger = new Trigger(TriggerKind.Stop, trigger, TriggerSource.LastPrice) },
            change);

    public Task MoveAsync(decimal price, decimal volume = 0, int instrument = 0) => DoAsync(now => new MoveMarket(now, instrument, price, volume, now));

    public Task MarkAsync(decimal price, int instrument = 0) => DoAsync(now => new SetMarkPrice(now, instrument, price, price + 1));

    /// <summary>Shows the streams an event that no command of a test would cause.</summary>
    public void Tell(params MatchingEvent[] events)
    {
        var batch = new EventBatch(Time.Milliseconds, events, []);
        Market.Observe(batch);
        Hub.Observe(batch);
    }

    public void Pass(int milliseconds) => Time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    /// <param name="address">Host, path and query, such as <c>fstream.binance.com/public/ws</c>.</param>
    public StreamClient Connect(string address, int unreadBytes = 1 << 20)
    {
        var uri = new Uri("http://" + address);
        var request = new DefaultHttpContext().Request;
        request.Host = new HostString(uri.Authority);
        request.Path = uri.AbsolutePath;
        request.QueryString = new QueryString(uri.Query);
        var client = new StreamClient(Hub, StreamRequest.Parse(request).ShouldNotBeNull(), unreadBytes);
        _clients.Add(client);
        return client;
    }

    public StreamClient ConnectTo(StreamRoute route, params string[] names) => Connect(route switch
    {
        StreamRoute.Public => "fstream.binance.com/public/ws/",
        StreamRoute.Market => "fstream.binance.com/market/ws/",
        StreamRoute.Private => "fstream.binance.com/private/ws/",
        StreamRoute.Legacy => "fstream.binance.com/ws/",
        _ => "127.0.0.1:8080/ws/",
    } + string.Join('/', names));

    /// <summary>A client that listens to the account's own events.</summary>
    public StreamClient Listen(AccountId account, string events = "") =>
        Connect($"fstream.binance.com/private/ws?listenKey={ListenKeys.Create(account).Key}" + (events.Length > 0 ? $"&events={events}" : ""));

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await Exchange.DisposeAsync();
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }
    }

    private Task<T> PlaceAsync<T>(AccountId account, OrderRequest request, Func<OrderRequest, OrderRequest>? change)
        where T : class => DoAsync<T>(now => new PlaceOrder(now, account, (change ?? (same => same))(request)));

    private sealed class Clock(ManualTime time) : ISimulatorClock
    {
        public long WireTime => time.Milliseconds;

        public long MarketTime => time.Milliseconds;
    }
}

/// <summary>A client of the streams.</summary>
internal sealed class StreamClient : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly RawClient _raw;
    private readonly Task _running;
    private long _lastId;

    public StreamClient(StreamHub hub, StreamRequest request, int unreadBytes)
    {
        var (server, client) = DuplexStream.Pair(unreadBytes);
        _raw = new RawClient(client);
        // What runs before the first wait subscribes: a test goes on when that is done.
        _running = RunAsync(hub, server, request);
    }

    public RawClient Raw => _raw;

    public Task Ended => _running.WaitAsync(TimeSpan.FromSeconds(30));

    public Task SendAsync(string text) => _raw.SendAsync(text);

    public Task<JsonElement> ReadAsync() => _raw.ReadJsonAsync();

    /// <summary>Asks, and reads up to the answer: all that came before it is not wanted.</summary>
    public async Task<JsonElement> AskAsync(string method, params string[] parameters)
    {
        var id = ++_lastId;
        await SendAsync(parameters.Length == 0
            ? $$"""{"method":"{{method}}","id":{{id}}}"""
            : $$"""{"method":"{{method}}","params":{{JsonSerializer.Serialize(parameters)}},"id":{{id}}}""");
        while (true)
        {
            var message = await ReadAsync();
            if (message.TryGetProperty("id", out var answered) && answered.ValueKind == JsonValueKind.Number && answered.GetInt64() == id)
            {
                return message;
            }
        }
    }

    public Task<JsonElement> SubscribeAsync(params string[] names) => AskAsync("SUBSCRIBE", names);

    /// <summary>Asks, and reads past pings up to the answer, so that all that was sent before has been dealt with.</summary>
    public async Task AskAfterPingsAsync()
    {
        await SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        while ((await _raw.ReadAsync()).ShouldNotBeNull().Opcode == ReceivedFrame.Ping)
        {
            // The answer comes after it.
        }
    }

    /// <summary>Everything that had been sent by now, in order: reads up to the answer to a question asked now.</summary>
    public async Task<List<JsonElement>> DrainAsync()
    {
        var messages = new List<JsonElement>();
        await SendAsync("""{"method":"GET_PROPERTY","params":["combined"],"id":999999999}""");
        while (true)
        {
            var message = await ReadAsync();
            if (message.ValueKind == JsonValueKind.Object && message.TryGetProperty("id", out var id) && id.ToString() == "999999999")
            {
                return messages;
            }

            messages.Add(message);
        }
    }

    /// <summary>The names of the events that had been sent by now.</summary>
    public async Task<List<string>> DrainNamesAsync() => [.. (await DrainAsync()).Select(message => message.GetProperty("e").GetString()!)];

    public async ValueTask DisposeAsync()
    {
        await _raw.Stream.DisposeAsync();
        await Ended;
        _stopping.Dispose();
    }

    private async Task RunAsync(StreamHub hub, DuplexStream server, StreamRequest request)
    {
        await hub.ServeAsync(server, request, _stopping.Token);
        await server.DisposeAsync();
    }
}
