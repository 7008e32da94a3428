using System.Globalization;
using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;
using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Paper;

namespace Trellis.Exchanges.Tests.Paper;

/// <summary>A paper account on a scripted market, with both streams running; it can be dropped, as a kill does, and opened again from its file.</summary>
internal sealed class PaperAccount : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trellis-paper-").FullName;
    private readonly List<Task> _streams = [];
    private CancellationTokenSource _ending = new();
    private int _ids;

    public ScriptedMarket Market { get; } = new();

    public ShiftedTime Time { get; } = new();

    public UserRecord User { get; private set; } = new();

    public MarketRecord Prices { get; private set; } = new();

    public PaperAdapter Adapter { get; private set; } = null!;

    public ITradingApi Trading => Adapter.Trading;

    public string File => Path.Combine(_folder, "account.state");

    public decimal Balance { get; init; } = 10_000m;

    public bool HedgeMode { get; init; }

    public IReadOnlyList<InstrumentId> Instruments { get; set; } = [ScriptedMarket.Bitcoin, ScriptedMarket.Ether];

    public decimal Tick { get; set; } = 0.1m;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<PaperAccount> OpenAsync(bool hedgeMode = false, decimal balance = 10_000m)
    {
        var account = new PaperAccount { HedgeMode = hedgeMode, Balance = balance };
        await account.ConnectAsync();
        return account;
    }

    /// <summary>Ends everything without a word and begins anew from the file.</summary>
    public async Task ReopenAsync(Action<string>? between = null)
    {
        await DropAsync();
        between?.Invoke(File);
        await ConnectAsync();
    }

    public async Task DropAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_streams).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _streams.Clear();
        await Adapter.DisposeAsync();
    }

    public async Task ConnectAsync()
    {
        _ending = new CancellationTokenSource();
        (User, Prices) = (new UserRecord(), new MarketRecord());
        Adapter = new PaperAdapter(
            Market,
            new PaperOptions
            {
                StatePath = File,
                Balance = Balance,
                HedgeMode = HedgeMode,
                Instruments = offered => [.. Instruments.Select(id => ScriptedMarket.Perpetual(offered.First(one => one.Id == id).Id, Tick))],
            },
            Time);
        await Adapter.ConnectAsync(Cancelled);
        _streams.Add(Adapter.RunMarketStreamAsync(Instruments, Interval.OneMinute, Prices, _ending.Token));
        _streams.Add(Adapter.RunUserStreamAsync(Instruments, User, _ending.Token));
    }

    public void Quote(decimal bid, decimal ask) => Market.Quote(ScriptedMarket.Bitcoin, bid, ask);

    public string NextId() => string.Create(CultureInfo.InvariantCulture, $"order{++_ids}");

    public Task<PlaceAnswer> LimitAsync(Side side, decimal price, decimal quantity, Func<OrderIntent, OrderIntent>? change = null) => PlaceAsync(new OrderIntent
    {
        Market = 0,
        Bot = 0,
        ClientOrderId = NextId(),
        Side = side,
        Kind = OrderKind.Limit,
        Price = price,
        Quantity = quantity,
    }, change);

    public Task<PlaceAnswer> MarketAsync(Side side, decimal quantity, Func<OrderIntent, OrderIntent>? change = null) => PlaceAsync(new OrderIntent
    {
        Market = 0,
        Bot = 0,
        ClientOrderId = NextId(),
        Side = side,
        Kind = OrderKind.Market,
        Quantity = quantity,
    }, change);

    public Task<PlaceAnswer> TriggerAsync(Side side, OrderKind kind, decimal price, decimal quantity, Func<OrderIntent, OrderIntent>? change = null) => PlaceAsync(new OrderIntent
    {
        Market = 0,
        Bot = 0,
        ClientOrderId = NextId(),
        Side = side,
        Kind = kind,
        TriggerPrice = price,
        Quantity = quantity,
    }, change);

    public async Task<VenueOrder> StateOfAsync(PlaceAnswer answer) =>
        (await Trading.FindOrderAsync(ScriptedMarket.Bitcoin, answer.Order!.ClientOrderId, answer.Order.IsConditional, Cancelled)).ShouldNotBeNull();

    public Task<VenueSnapshot> SnapshotAsync(params (InstrumentId, OrderToFind)[] orders) => Trading.TakeSnapshotAsync(Instruments, 0, orders, Cancelled);

    /// <summary>Everything that a client can see, in words; the clock apart.</summary>
    public async Task<string> DescribeAsync()
    {
        var snapshot = await SnapshotAsync();
        return string.Join('\n', [.. snapshot.OpenOrders, .. snapshot.Fills, .. snapshot.Income, .. snapshot.Positions, .. snapshot.Balances]);
    }

    public async ValueTask DisposeAsync()
    {
        await DropAsync();
        _ending.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<PlaceAnswer> PlaceAsync(OrderIntent intent, Func<OrderIntent, OrderIntent>? change) =>
        Trading.PlaceAsync(ScriptedMarket.Bitcoin, change?.Invoke(intent) ?? intent, Cancelled);
}
