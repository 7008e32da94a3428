using System.Net;
using Trellis.Core.Markets;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Simulator.Exchange;
using Trellis.Simulator.Faults;
using Trellis.Simulator.Hosting;
using Trellis.Simulator.Keeping;
using Trellis.Simulator.MarketData;
using Trellis.Simulator.Recording;
using Trellis.Simulator.Venues.Binance;

namespace Trellis.Bench.Requests;

/// <summary>Binance on a free loopback port, with an account for every client and limits that nobody reaches.</summary>
internal sealed class RequestServer : IAsyncDisposable
{
    public const string Symbol = "COINUSDT";

    private readonly SimulatedExchange _exchange;
    private readonly BinanceVenue _venue;
    private readonly StateKeeper? _keeper;
    private readonly LoopbackServer _server;

    private RequestServer(SimulatedExchange exchange, BinanceVenue venue, StateKeeper? keeper, LoopbackServer server) =>
        (_exchange, _venue, _keeper, _server) = (exchange, venue, keeper, server);

    public IPEndPoint EndPoint => _server.EndPoint;

    /// <summary>Fails where the exchange can't go on.</summary>
    public Task Failure => _exchange.Failure;

    /// <param name="stateFile">Where every command is kept before it is answered; null keeps nothing.</param>
    /// <param name="also">An instrument beside <see cref="Symbol"/>.</param>
    public static async Task<RequestServer> StartAsync(int clients, string? stateFile, MatchingInstrument? also = null)
    {
        var clock = new DayClock(TimeProvider.System);
        var settings = new MatchingSettings { Instruments = [Perpetual("COIN", 1_000m), .. also is null ? [] : new[] { also }], StartTime = clock.MarketTime };
        var engine = new MatchingEngine(settings);
        foreach (var (index, instrument) in settings.Instruments.Index())
        {
            engine.Apply(new MoveMarket(engine.Time, index, instrument.StartPrice, 1m, 1));
        }

        var credentials = new List<ApiCredential>();
        for (var client = 0; client < clients; client++)
        {
            engine.Apply(new OpenAccount(engine.Time, $"client-{client}"));
            engine.Apply(new Transfer(engine.Time, new AccountId(client + 1), 1_000_000m));
            credentials.Add(new ApiCredential(KeyOf(client), SecretOf(client), "", new AccountId(client + 1)));
        }

        engine.Events.Clear();
        engine.LevelChanges.Clear();
        var market = new MarketDataStore();
        var keeper = stateFile is null ? null : StateKeeper.Open(stateFile);
        var log = keeper?.Start(engine, Kept(settings, credentials), [market]);
        var exchange = new SimulatedExchange(engine, clock, (ICommandLog?)log ?? new NoCommandLog(), [market]);
        keeper?.Attach(exchange);
        var venue = new BinanceVenue(new VenueContext
        {
            Exchange = exchange,
            MarketData = market,
            Clock = clock,
            Faults = new NoLimits(),
            Recorder = new NoRecorder(),
            Time = TimeProvider.System,
            Credentials = credentials,
        });
        var server = await LoopbackServer.StartAsync(new IPEndPoint(IPAddress.Loopback, 0), async request => await venue.TryHandleAsync(request));
        return new RequestServer(exchange, venue, keeper, server);
    }

    public static string KeyOf(int client) => $"key-of-client-{client}";

    public static string SecretOf(int client) => $"secret-of-client-{client}";

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
        await _venue.DisposeAsync();
        await _exchange.DisposeAsync();
        if (_keeper is not null)
        {
            await _keeper.DisposeAsync();
        }
    }

    private static KeptSettings Kept(MatchingSettings settings, List<ApiCredential> credentials) => new()
    {
        Exchange = "binance",
        FillRule = settings.FillRule,
        SlippagePercent = settings.SlippagePercent,
        HistoryLength = settings.HistoryLength,
        Market = "bench",
        Instruments = settings.Instruments,
        Accounts = [.. credentials.Select(credential => credential.Key)],
        StartTime = settings.StartTime,
        Program = "bench",
    };

    public static MatchingInstrument Perpetual(string coin, decimal price) => new()
    {
        StartPrice = price,
        Instrument = new Instrument
        {
            Id = new InstrumentId("binance", MarketKind.Perp, $"{coin}USDT"),
            BaseCurrency = coin,
            QuoteCurrency = "USDT",
            Rules = [new InstrumentRules { TickSize = 0.1m, LotSize = 0.001m, MakerFee = 0.0002m, TakerFee = 0.0005m }],
            LeverageTiers = [new LeverageTier(decimal.MaxValue, 0.01m, 0m, 50m)],
        },
    };

    private sealed class DayClock(TimeProvider time) : ISimulatorClock
    {
        public long WireTime => time.GetUtcNow().ToUnixTimeMilliseconds();

        public long MarketTime => WireTime;
    }

    /// <summary>Nothing goes wrong, and limits are so high that they only cost their counting.</summary>
    private sealed class NoLimits : IFaultPoints
    {
        public long ClockSkew => 0;

        public double LimitFactor => 1_000_000;

        public bool InMaintenance => false;

        public RequestFault BeforeRequest(in RequestFacts facts, out TimeSpan delay)
        {
            delay = TimeSpan.Zero;
            return RequestFault.None;
        }

        public AnswerFault AfterRequest(in RequestFacts facts, out TimeSpan delay)
        {
            delay = TimeSpan.Zero;
            return AnswerFault.None;
        }

        public FrameFault OnFrame(in FrameFacts facts) => FrameFault.None;

        public bool StreamsAreSilent(bool userData) => false;

        public void OnSignal(Action<FaultSignal> handler)
        {
        }
    }
}
