using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Core.Trading.Venues;
using Trellis.Exchanges.Adapters;

namespace Trellis.Exchanges.Paper;

/// <summary>
/// An account with made-up money at the live prices of another exchange (docs/paper.md). Of that exchange only market data are used; its trading side is never touched.
/// </summary>
public sealed class PaperAdapter : IExchangeAdapter
{
    private static readonly TimeSpan FundingEvery = TimeSpan.FromSeconds(30);

    private readonly IExchangeAdapter _inner;
    private readonly PaperOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending = new();
    private PaperExchange? _exchange;
    private PaperTrading? _trading;
    private Task _funding = Task.CompletedTask;
    private IReadOnlyList<InstrumentId> _traded = [];
    private volatile bool _userStreamUp;
    private long _lastUserData;

    /// <param name="inner">Where prices come from; disposed of with this.</param>
    public PaperAdapter(IExchangeAdapter inner, PaperOptions options, TimeProvider time) => (_inner, _options, _time) = (inner, options, time);

    public string Name => _inner.Name;

    public ExchangeEnvironment Environment => ExchangeEnvironment.Paper;

    public AdapterCapabilities Capabilities { get; } = new(Amend: true, PaperTrading.MostInBatch, NativeTriggers: true, HedgeMode: true);

    public AdapterHealth Health => _inner.Health with { UserStreamUp = _userStreamUp, LastUserData = Volatile.Read(ref _lastUserData) };

    public IMarketData MarketData => _inner.MarketData;

    public ITradingApi Trading => _trading ?? throw new InvalidOperationException("a paper account is traded before it is connected");

    private PaperExchange Exchange => _exchange ?? throw new InvalidOperationException("a paper account is used before it is connected");

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds() + _inner.Health.ClockOffset;

    /// <exception cref="TrellisException">The exchange does not answer; the account's file is in use, damaged or can't be written.</exception>
    public async Task ConnectAsync(CancellationToken cancellation)
    {
        await _inner.ConnectAsync(cancellation);
        var instruments = _options.Instruments(await _inner.MarketData.GetInstrumentsAsync(cancellation));
        var tickers = (await _inner.MarketData.GetTickersAsync(cancellation)).ToDictionary(static ticker => ticker.Instrument);
        _traded = [.. instruments.Select(static instrument => instrument.Id)];
        _exchange = PaperExchange.Open(_options, instruments, () => Now, instrument => tickers.GetValueOrDefault(instrument) is { Last: > 0 } ticker
            ? ticker.Last
            : throw new RunException($"instrument {instrument}: the exchange tells no price of it now; a paper account needs one to begin with"));
        foreach (var ticker in _traded.Select(instrument => tickers.GetValueOrDefault(instrument)).OfType<Ticker>())
        {
            _exchange.Quote(ticker.Instrument, ticker.Bid, ticker.Ask);
        }

        _trading = new PaperTrading(_exchange, () => Now);
        _funding = PayFundingAsync(_ending.Token);
    }

    public Task RunMarketStreamAsync(IReadOnlyList<InstrumentId> instruments, Interval candles, IMarketSink sink, CancellationToken cancellation) =>
        _inner.RunMarketStreamAsync(instruments, candles, new PaperMarketSink(Exchange, sink), cancellation);

    public async Task RunUserStreamAsync(IReadOnlyList<InstrumentId> instruments, IUserSink sink, CancellationToken cancellation)
    {
        var events = Exchange.Listen();
        try
        {
            _userStreamUp = true;
            sink.Restored();
            await foreach (var happened in events.Reader.ReadAllAsync(cancellation))
            {
                Volatile.Write(ref _lastUserData, Now);
                switch (happened)
                {
                    case VenueFill fill:
                        sink.Fill(fill);
                        break;
                    case VenueOrder order:
                        sink.Order(order);
                        break;
                    case VenueIncome income:
                        sink.Income(income);
                        break;
                }
            }
        }
        finally
        {
            _userStreamUp = false;
            Exchange.Leave(events);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _funding;
        _ending.Dispose();
        await _inner.DisposeAsync();
        _exchange?.Dispose();
    }

    private async Task PayFundingAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                foreach (var instrument in _traded)
                {
                    await PayFundingAsync(instrument, cancellation);
                }

                await Task.Delay(FundingEvery, _time, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // The adapter is disposed.
        }
        catch (RunException)
        {
            // The exchange has stopped, which whoever trades on it is told.
        }
    }

    private async Task PayFundingAsync(InstrumentId instrument, CancellationToken cancellation)
    {
        if (Exchange.Find(instrument) is not { } index)
        {
            return;
        }

        try
        {
            Exchange.Pay(index, await MarketData.GetFundingRatesAsync(instrument, Exchange.FundedUntil(index) + 1, cancellation));
        }
        catch (ExchangeException)
        {
            // Asked again soon; what was not paid is paid then.
        }
    }
}
