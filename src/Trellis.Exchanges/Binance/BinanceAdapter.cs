using Trellis.Core.Markets;
using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Binance.Json;
using Trellis.Exchanges.Binance.MarketData;
using Trellis.Exchanges.Binance.Requests;
using Trellis.Exchanges.Binance.Streams;
using Trellis.Exchanges.Binance.Trading;

namespace Trellis.Exchanges.Binance;

/// <summary>One account at Binance's USDⓈ-M futures.</summary>
internal sealed class BinanceAdapter : IExchangeAdapter
{
    private const int ClockSamples = 3;

    private static readonly TimeSpan SyncEvery = TimeSpan.FromMinutes(10);

    private readonly AdapterOptions _options;
    private readonly BinanceAddresses _addresses;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly BinanceRest _rest;
    private readonly BinanceMarketData _marketData;
    private readonly AccountHistory _history;
    private readonly OrderFinder _finder;
    private readonly SnapshotTaker _snapshots;
    private readonly UserActivity _activity;
    private readonly CancellationTokenSource _ending = new();
    private Task _syncing = Task.CompletedTask;
    private volatile MarketStream? _marketStream;
    private volatile UserStream? _userStream;

    public BinanceAdapter(AdapterOptions options, BinanceAddresses addresses, HttpClient http, RequestLimiter limiter, TimeProvider time)
    {
        (_options, _addresses, _http, _time) = (options, addresses, http, time);
        _rest = new BinanceRest(http, addresses, options, limiter, new ExchangeClock(time), time);
        _marketData = new BinanceMarketData(_rest, options.ApiKey.Length > 0);
        _history = new AccountHistory(_rest);
        _finder = new OrderFinder(_rest);
        _snapshots = new SnapshotTaker(_rest, _history, _finder);
        _activity = new UserActivity(time);
        Trading = new BinanceTrading(_rest, _snapshots, _finder, new BinanceSettings(_rest, addresses.Wallet is not null), _activity);
    }

    public string Name => Words.Exchange;

    public ExchangeEnvironment Environment => _options.Environment;

    public AdapterCapabilities Capabilities { get; } = new(Amend: true, BinanceTrading.MostInBatch, NativeTriggers: true, HedgeMode: true);

    public AdapterHealth Health
    {
        get
        {
            var (market, user) = (_marketStream, _userStream);
            return new AdapterHealth(
                market is { IsUp: true }, user is { IsUp: true }, _rest.Clock.Offset, _rest.Limiter.UsedPercent, _rest.IsCircuitOpen, market?.LastData ?? 0, user?.LastData ?? 0, _rest.Limiter.BannedUntil);
        }
    }

    public IMarketData MarketData => _marketData;

    public ITradingApi Trading { get; }

    /// <summary>Messages of the present streams that could not be read.</summary>
    internal long UnreadableMessages => (_marketStream?.Unreadable ?? 0) + (_userStream?.Unreadable ?? 0);

    public async Task ConnectAsync(CancellationToken cancellation)
    {
        await _rest.SyncClockAsync(ClockSamples, cancellation);
        await _marketData.GetInstrumentsAsync(cancellation);
        if (_options.ApiKey.Length > 0)
        {
            await Trading.GetAccountFactsAsync(cancellation);
        }

        _syncing = SyncAsync(_ending.Token);
    }

    public async Task RunMarketStreamAsync(IReadOnlyList<InstrumentId> instruments, Interval candles, IMarketSink sink, CancellationToken cancellation)
    {
        var stream = new MarketStream(_addresses, _options, _marketData, _rest.Clock, _time, instruments, candles, sink);
        _marketStream = stream;
        await stream.RunAsync(cancellation);
    }

    public async Task RunUserStreamAsync(IReadOnlyList<InstrumentId> instruments, IUserSink sink, CancellationToken cancellation)
    {
        var stream = new UserStream(_addresses, _options, _rest, _history, _snapshots, _finder, _activity, _time, instruments, sink);
        _userStream = stream;
        await stream.RunAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _syncing;
        _ending.Dispose();
        _http.Dispose();
    }

    private async Task SyncAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await Task.Delay(SyncEvery, _time, cancellation);
                try
                {
                    await _rest.SyncClockAsync(ClockSamples, cancellation);
                }
                catch (ExchangeException)
                {
                    // The old offset holds on; a wrong one is noticed by the next signed request.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The adapter is disposed.
        }
    }
}
