using System.Net;
using Trellis.Core.Markets;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Numerics;
using Trellis.Simulator.Exchange;
using Trellis.Simulator.Faults;
using Trellis.Simulator.Hosting;
using Trellis.Simulator.MarketData;
using Trellis.Simulator.Recording;
using Trellis.Simulator.Venues.Binance;
using Trellis.Simulator.Venues.Binance.Streams;

namespace Trellis.Bench.Streams;

/// <summary>An exchange whose quotes change in every tenth of a second, and its streams on a free loopback port.</summary>
internal sealed class StreamServer : IAsyncDisposable
{
    private const int StepsPerSecond = 20;
    private const int Levels = 20;

    private readonly SimulatedExchange _exchange;
    private readonly StreamHub _hub;
    private readonly LoopbackServer _server;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _market;

    private StreamServer(SimulatedExchange exchange, StreamHub hub, LoopbackServer server, int symbols)
    {
        (_exchange, _hub, _server) = (exchange, hub, server);
        _market = Task.Run(() => MoveAsync(symbols));
    }

    public IPEndPoint EndPoint => _server.EndPoint;

    public int Connections => _hub.Connections;

    public int QueuedFrames => _hub.QueuedFrames;

    public static async Task<StreamServer> StartAsync(int symbols)
    {
        var clock = new DayClock(TimeProvider.System);
        var engine = new MatchingEngine(new MatchingSettings { Instruments = [.. Enumerable.Range(0, symbols).Select(Perpetual)], StartTime = clock.MarketTime });
        var market = new MarketDataStore();
        var exchange = new SimulatedExchange(engine, clock, new NoCommandLog(), [market]);
        var context = new VenueContext
        {
            Exchange = exchange,
            MarketData = market,
            Clock = clock,
            Faults = new NoFaults(),
            Recorder = new NoRecorder(),
            Time = TimeProvider.System,
            Credentials = [],
        };
        var hub = new StreamHub(context, new SymbolTable(engine.Instruments), new ListenKeys(TimeProvider.System, 1));
        exchange.AddObserver(hub);
        var server = await LoopbackServer.StartAsync(new IPEndPoint(IPAddress.Loopback, 0), async request => await hub.TryHandleAsync(request));
        return new StreamServer(exchange, hub, server, symbols);
    }

    public static string NameOf(int symbol) => $"coin{symbol}usdt";

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _market;
        await _hub.DisposeAsync();
        await _server.StopAsync();
        await _server.DisposeAsync();
        await _exchange.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task MoveAsync(int symbols)
    {
        var random = new DeterministicRandom(11);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1_000.0 / StepsPerSecond));
        while (!_stopping.IsCancellationRequested)
        {
            for (var symbol = 0; symbol < symbols; symbol++)
            {
                var middle = 1_000m + (random.NextBits() % 20);
                var bids = Ladder(random, middle, -1);
                var asks = Ladder(random, middle, 1);
                var instrument = symbol;
                _exchange.Execute<object>(now => new SetQuotes(now, instrument, bids, asks));
            }

            try
            {
                await timer.WaitForNextTickAsync(_stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static QuoteLevel[] Ladder(DeterministicRandom random, decimal middle, int direction) =>
        [.. Enumerable.Range(1, Levels).Select(step => new QuoteLevel(middle + (direction * step), (1 + (random.NextBits() % 999)) / 100m))];

    private static MatchingInstrument Perpetual(int symbol) => new()
    {
        StartPrice = 1_000m,
        Instrument = new Instrument
        {
            Id = new InstrumentId("binance", MarketKind.Perp, NameOf(symbol).ToUpperInvariant()),
            BaseCurrency = $"COIN{symbol}",
            QuoteCurrency = "USDT",
            Rules = [new InstrumentRules { TickSize = 0.1m, LotSize = 0.001m, MakerFee = 0.0002m, TakerFee = 0.0005m }],
        },
    };

    private sealed class DayClock(TimeProvider time) : ISimulatorClock
    {
        public long WireTime => time.GetUtcNow().ToUnixTimeMilliseconds();

        public long MarketTime => WireTime;
    }
}
