using Trellis.Core.Markets;
using Trellis.Exchanges.Adapters;

namespace Trellis.Exchanges.Tests.Paper;

/// <summary>An exchange of which a test says every price, and whose trading side nobody may touch.</summary>
internal sealed class ScriptedMarket : IExchangeAdapter, IMarketData
{
    public static InstrumentId Bitcoin { get; } = new("binance", MarketKind.Perp, "BTCUSDT");

    public static InstrumentId Ether { get; } = new("binance", MarketKind.Perp, "ETHUSDT");

    public Dictionary<InstrumentId, (decimal Bid, decimal Ask)> Prices { get; } = new() { [Bitcoin] = (100m, 100.1m), [Ether] = (10m, 10.1m) };

    public List<FundingRate> FundingRates { get; } = [];

    public IMarketSink? Sink { get; private set; }

    public string Name => "binance";

    public ExchangeEnvironment Environment => ExchangeEnvironment.Mainnet;

    public AdapterCapabilities Capabilities => throw new InvalidOperationException("what the inner exchange can is nobody's business");

    public AdapterHealth Health { get; } = new(true, false, 0, 0, false, 0, 0);

    public IMarketData MarketData => this;

    public ITradingApi Trading => throw new InvalidOperationException("the trading side of the inner exchange was touched");

    public static Instrument Perpetual(InstrumentId id, decimal tick = 0.1m) => new()
    {
        Id = id,
        BaseCurrency = id.Symbol[..3],
        QuoteCurrency = "USDT",
        Rules = [new InstrumentRules { TickSize = tick, LotSize = 0.001m, MinQuantity = 0.001m, MinNotional = 5m, MakerFee = 0.0002m, TakerFee = 0.0005m }],
        LeverageTiers = [new LeverageTier(100_000m, 0.01m, 0m, 50m), new LeverageTier(10_000_000m, 0.02m, 1_000m, 20m)],
    };

    public void Quote(InstrumentId instrument, decimal bid, decimal ask)
    {
        Prices[instrument] = (bid, ask);
        (Sink ?? throw new InvalidOperationException("the market stream does not run")).Quote(instrument, bid, ask, 0);
    }

    public Task ConnectAsync(CancellationToken cancellation) => Task.CompletedTask;

    public async Task RunMarketStreamAsync(IReadOnlyList<InstrumentId> instruments, Interval candles, IMarketSink sink, CancellationToken cancellation)
    {
        Sink = sink;
        await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task RunUserStreamAsync(IReadOnlyList<InstrumentId> instruments, IUserSink sink, CancellationToken cancellation) =>
        throw new InvalidOperationException("the user stream of the inner exchange was opened");

    public Task<long> GetTimeAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<Instrument>> GetInstrumentsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Instrument>>([.. Prices.Keys.Select(id => Perpetual(id))]);

    public Task<IReadOnlyList<Candle>> GetCandlesAsync(InstrumentId instrument, Interval interval, long from, int limit, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Candle>>([]);

    public Task<IReadOnlyList<Ticker>> GetTickersAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Ticker>>([.. Prices.Select(price => new Ticker(price.Key, price.Value.Bid, price.Value.Bid, price.Value.Ask, 0m, 0))]);

    public Task<BookSnapshot> GetBookAsync(InstrumentId instrument, int depth, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<PublicTrade>> GetTradesAsync(InstrumentId instrument, int limit, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<FundingRate>> GetFundingRatesAsync(InstrumentId instrument, long from, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<FundingRate>>([.. FundingRates.Where(rate => instrument == Bitcoin && rate.Time >= from)]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
