using System.Net;
using Microsoft.AspNetCore.Http;
using Trellis.Core.Markets;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Simulator.Exchange;
using Trellis.Simulator.Faults;
using Trellis.Simulator.Hosting;
using Trellis.Simulator.MarketData;
using Trellis.Simulator.Recording;
using Trellis.Simulator.Venues.Binance;

namespace Trellis.Simulator.Tests.Venues.Binance;

/// <summary>
/// Binance on a free port with a market that stands still: bitcoin at 50,000 (tick 0.1, lot 0.001, min notional 100, price band ±5 %)
/// and ether at 2,500 (tick 0.01). Its clock is turned by hand.
/// </summary>
internal sealed class BinanceHost : IAsyncDisposable
{
    public const string Bitcoin = "BTCUSDT";
    public const decimal BitcoinPrice = 50_000m;

    private readonly SimulatedExchange _exchange;
    private readonly BinanceVenue _venue;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<ApiCredential> _credentials = [];

    private BinanceHost(Func<MatchingInstrument, MatchingInstrument>? change, IFaultPoints faults, IWireRecorder recorder, decimal deposit)
    {
        var engine = new MatchingEngine(new MatchingSettings
        {
            Instruments = [.. new[] { Perpetual("BTC", BitcoinPrice, 0.1m, 100m), Perpetual("ETH", 2_500m, 0.01m, 20m) }.Select(change ?? (same => same))],
            StartTime = Time.Milliseconds,
        });
        Clock = new HandClock(Time);
        MarketData = new MarketDataStore();
        for (var instrument = 0; instrument < engine.Instruments.Count; instrument++)
        {
            MarketData.Seed(instrument, Past(Time.Milliseconds, engine.Instruments[instrument].StartPrice));
        }

        foreach (var name in new[] { "trader", "other", "reader" })
        {
            engine.Apply(new OpenAccount(engine.Time, name));
            var account = new AccountId(_credentials.Count + 1);
            engine.Apply(new Transfer(engine.Time, account, deposit));
            _credentials.Add(new ApiCredential(KeyOf(name), $"secret-of-{name}", "", account) { MayTrade = name != "reader" });
        }

        engine.Events.Clear();
        engine.LevelChanges.Clear();
        _exchange = new SimulatedExchange(engine, Clock, new NoCommandLog(), [MarketData]);
        _venue = new BinanceVenue(new VenueContext
        {
            Exchange = _exchange,
            MarketData = MarketData,
            Clock = Clock,
            Faults = faults,
            Recorder = recorder,
            Time = Time,
            Credentials = _credentials,
            Stopping = _stopping.Token,
        });
        Trader = Client("trader");
    }

    public ManualTime Time { get; } = new();

    public HandClock Clock { get; }

    public MarketDataStore MarketData { get; }

    public LoopbackServer Server { get; private set; } = null!;

    public BinanceVenue Venue => _venue;

    /// <summary>A client with 100,000 USDT that may trade.</summary>
    public BinanceClient Trader { get; private set; }

    public static async Task<BinanceHost> StartAsync(
        Func<MatchingInstrument, MatchingInstrument>? change = null, IFaultPoints? faults = null, IWireRecorder? recorder = null, decimal deposit = 100_000m)
    {
        var host = new BinanceHost(change, faults ?? new NoFaults(), recorder ?? new NoRecorder(), deposit);
        host.Server = await LoopbackServer.StartAsync(new IPEndPoint(IPAddress.Loopback, 0), host.HandleAsync);
        await host.MoveAsync(0, BitcoinPrice);
        await host.MoveAsync(1, 2_500m);
        return host;
    }

    /// <summary>A client with the key of <c>trader</c>, <c>other</c> or <c>reader</c>, who may not trade.</summary>
    public BinanceClient Client(string name) => new(() => new Uri($"http://{Server.EndPoint}"), Time, KeyOf(name), $"secret-of-{name}");

    public AccountId Account(string name) => _credentials.First(credential => credential.Key == KeyOf(name)).Account;

    /// <summary>Moves the market to a price, and the mark and index price with it.</summary>
    public async Task MoveAsync(int instrument, decimal price)
    {
        await ApplyAsync(time => new SetMarkPrice(time, instrument, price, price));
        await ApplyAsync(time => new MoveMarket(time, instrument, price, 1m, 1));
        await _exchange.QuietAsync();
    }

    public async Task ApplyAsync(Func<long, MatchingCommand> command) =>
        (await _exchange.ExecuteAsync<object>(command)).Succeeded(out _, out var refusal).ShouldBeTrue(refusal?.ToString());

    /// <summary>Waits until every event has been seen.</summary>
    public Task QuietAsync() => _exchange.QuietAsync();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (Server is not null)
        {
            await Server.StopAsync();
            await Server.DisposeAsync();
        }

        await _venue.DisposeAsync();
        await _exchange.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (!await _venue.TryHandleAsync(context))
        {
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        }
    }

    /// <summary>Of Binance's form: 64 letters and digits.</summary>
    private static string KeyOf(string name) => name.PadRight(64, 'k');

    private static MatchingInstrument Perpetual(string coin, decimal price, decimal tick, decimal minNotional) => new()
    {
        StartPrice = price,
        MinPrice = tick,
        MaxPrice = price * 20m,
        MaxQuantity = 1000m,
        MaxMarketQuantity = 120m,
        PriceBandUp = 1.05m,
        PriceBandDown = 0.95m,
        MaxOpenOrders = 20,
        MaxConditionalOrders = 10,
        MinOrderLife = 600_000,
        Instrument = new Instrument
        {
            Id = new InstrumentId("binance", MarketKind.Perp, coin + "USDT"),
            BaseCurrency = coin,
            QuoteCurrency = "USDT",
            Rules = [new InstrumentRules { TickSize = tick, LotSize = 0.001m, MinQuantity = 0.001m, MinNotional = minNotional, MakerFee = 0.0002m, TakerFee = 0.0005m }],
            LeverageTiers =
            [
                new LeverageTier(50_000m, 0.004m, 0m, 125m),
                new LeverageTier(600_000m, 0.005m, 50m, 100m),
                new LeverageTier(decimal.MaxValue, 0.01m, 3_050m, 20m),
            ],
        },
    };

    private static List<Kline> Past(long now, decimal price)
    {
        const long Minute = 60_000;
        var last = now / Minute * Minute;
        return [.. Enumerable.Range(1, 120).Reverse().Select(back => last - (back * Minute)).Select(open =>
            new Kline(open, open + Minute - 1, price, price, price, price, 1m, price, 1, 0.5m, price / 2m, 0, 0, true))];
    }
}

/// <summary>Both clocks of the exchange, turned by hand; the wire's may be skewed.</summary>
internal sealed class HandClock(ManualTime time) : ISimulatorClock
{
    public long WireTime => time.Milliseconds;

    public long MarketTime => time.Milliseconds;
}
