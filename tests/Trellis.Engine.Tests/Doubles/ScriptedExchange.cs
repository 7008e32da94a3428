using System.Collections.Concurrent;
using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;
using Trellis.Exchanges.Adapters;

namespace Trellis.Engine.Tests.Doubles;

/// <summary>An exchange whose answers a test writes; orders rest and nothing fills by itself.</summary>
internal sealed class ScriptedExchange : IExchangeAdapter, IMarketData, ITradingApi
{
    private readonly TaskCompletionSource<IMarketSink> market = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<IUserSink> user = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool isUp;

    public ConcurrentQueue<OrderIntent> Placed { get; } = new();

    public ConcurrentQueue<string> Canceled { get; } = new();

    public int Snapshots { get; private set; }

    /// <summary>What came of an order; null rests it.</summary>
    public Func<OrderIntent, Task<PlaceAnswer>>? Place { get; set; }

    public Func<VenueSnapshot>? Snapshot { get; set; }

    public List<Candle> Candles { get; } = [];

    /// <summary>The streams are opened and do not come up.</summary>
    public bool IsLate { get; init; }

    /// <summary>Completes when candles are asked for.</summary>
    public TaskCompletionSource CandlesAsked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Candles are told only when this completes; null for at once.</summary>
    public TaskCompletionSource? CandlesWait { get; init; }

    public string Name => "scripted";

    public ExchangeEnvironment Environment => ExchangeEnvironment.Simulator;

    public AdapterCapabilities Capabilities { get; init; } = new(Amend: false, Batch: 1, NativeTriggers: true, HedgeMode: false);

    public AdapterHealth Health => new(isUp, isUp, 0, 0, false, 0, 0);

    public IMarketData MarketData => this;

    public ITradingApi Trading => this;

    public Task<IMarketSink> Market => market.Task;

    public Task<IUserSink> User => user.Task;

    public Task ConnectAsync(CancellationToken cancellation) => Task.CompletedTask;

    public async Task RunMarketStreamAsync(IReadOnlyList<InstrumentId> instruments, Interval candles, IMarketSink sink, CancellationToken cancellation)
    {
        market.TrySetResult(sink);
        foreach (var instrument in instruments)
        {
            sink.Quote(instrument, 99.9m, 100.1m, Some.Now);
        }

        await Task.Delay(Timeout.Infinite, cancellation);
    }

    public async Task RunUserStreamAsync(IReadOnlyList<InstrumentId> instruments, IUserSink sink, CancellationToken cancellation)
    {
        user.TrySetResult(sink);
        isUp = !IsLate;
        await Task.Delay(Timeout.Infinite, cancellation);
    }

    public async Task<PlaceAnswer> PlaceAsync(InstrumentId instrument, OrderIntent intent, CancellationToken cancellation)
    {
        Placed.Enqueue(intent);
        return Place is { } place ? await place(intent) : new PlaceAnswer(AnswerKind.Accepted, RefusalKind.Other, Resting(intent), "");
    }

    public async Task<IReadOnlyList<PlaceAnswer>> PlaceBatchAsync(IReadOnlyList<(InstrumentId Instrument, OrderIntent Intent)> orders, CancellationToken cancellation)
    {
        var answers = new List<PlaceAnswer>();
        foreach (var (instrument, intent) in orders)
        {
            answers.Add(await PlaceAsync(instrument, intent, cancellation));
        }

        return answers;
    }

    public Task<PlaceAnswer> CancelAsync(InstrumentId instrument, string clientOrderId, bool isConditional, CancellationToken cancellation)
    {
        Canceled.Enqueue(clientOrderId);
        var intent = Placed.First(placed => placed.ClientOrderId == clientOrderId);
        return Task.FromResult(new PlaceAnswer(AnswerKind.Accepted, RefusalKind.Other, Resting(intent) with { Status = VenueOrderStatus.Canceled }, ""));
    }

    public Task<VenueSnapshot> TakeSnapshotAsync(IReadOnlyList<InstrumentId> instruments, long since, IReadOnlyList<(InstrumentId Instrument, OrderToFind Order)> orders, CancellationToken cancellation)
    {
        Snapshots++;
        return Task.FromResult(Snapshot?.Invoke() ?? Empty());
    }

    public async Task<IReadOnlyList<Candle>> GetCandlesAsync(InstrumentId instrument, Interval interval, long from, int limit, CancellationToken cancellation)
    {
        CandlesAsked.TrySetResult();
        await (CandlesWait?.Task ?? Task.CompletedTask);
        return [.. Candles.Where(candle => candle.OpenTime >= from).Take(limit)];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public static VenueSnapshot Empty() => new()
    {
        StartedAt = Some.Now,
        FinishedAt = Some.Now,
        HedgeMode = false,
        OpenOrders = [],
        Fills = [],
        Positions = [],
        Balances = [new VenueBalance("USDT", 1_000_000m, 1_000_000m)],
    };

    public static VenueOrder Resting(OrderIntent intent) => new()
    {
        Instrument = Some.InstrumentOf(intent.Market).Id,
        ClientOrderId = intent.ClientOrderId,
        VenueOrderId = $"v-{intent.ClientOrderId}",
        Side = intent.Side,
        Status = VenueOrderStatus.Open,
        Price = intent.Price,
        Quantity = intent.Quantity,
        UpdatedAt = Some.Now,
    };

    /// <summary>The whole of an order, by its maker's price.</summary>
    public static VenueFill Fill(OrderIntent intent) => new()
    {
        Instrument = Some.InstrumentOf(intent.Market).Id,
        TradeId = $"t-{intent.ClientOrderId}",
        VenueOrderId = $"v-{intent.ClientOrderId}",
        ClientOrderId = intent.ClientOrderId,
        Side = intent.Side,
        PositionSide = intent.PositionSide,
        Price = intent.Price,
        Quantity = intent.Quantity,
        FeeCurrency = "USDT",
        IsMaker = true,
        Time = Some.Now,
    };

    public Task<long> GetTimeAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<Instrument>> GetInstrumentsAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<Ticker>> GetTickersAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Ticker>>([new Ticker(Some.Instrument.Id, 100m, 99.9m, 100.1m, 0m, Some.Now)]);

    public Task<BookSnapshot> GetBookAsync(InstrumentId instrument, int depth, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<PublicTrade>> GetTradesAsync(InstrumentId instrument, int limit, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<FundingRate>> GetFundingRatesAsync(InstrumentId instrument, long from, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<PlaceAnswer> AmendAsync(InstrumentId instrument, string clientOrderId, decimal price, decimal quantity, Side side, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<PlaceAnswer> CancelAllAsync(InstrumentId instrument, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<VenueOrder?> FindOrderAsync(InstrumentId instrument, string clientOrderId, bool isConditional, CancellationToken cancellation) => Task.FromResult<VenueOrder?>(null);

    public Task<AccountFacts> GetAccountFactsAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task SetLeverageAsync(InstrumentId instrument, int leverage, CancellationToken cancellation) => throw new NotSupportedException();

    public Task SetHedgeModeAsync(bool hedgeMode, CancellationToken cancellation) => throw new NotSupportedException();

    public Task SetCrossMarginAsync(InstrumentId instrument, CancellationToken cancellation) => throw new NotSupportedException();
}
