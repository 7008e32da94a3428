using System.Globalization;
using System.Text;
using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Engine.Tests.Doubles;
using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Binance;
using Trellis.Exchanges.Binance.Requests;
using Trellis.Exchanges.Binance.Streams;
using Trellis.Exchanges.Binance.Trading;

namespace Trellis.Bench.Wires;

/// <summary>
/// Binance's adapter between a message of the user stream and the request that places an order, with nothing on the wires. What a start asks for is answered by a script.
/// </summary>
internal sealed class BinanceWire : IExchangeAdapter
{
    private readonly ScriptedExchange script = new();
    private readonly TaskCompletionSource<UserStream> stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly OrderSocket socket = new();
    private readonly HttpClient http;
    private readonly BinanceRest rest;
    private readonly AccountHistory history;
    private readonly OrderFinder finder;
    private readonly SnapshotTaker snapshots;
    private readonly UserActivity activity = new(TimeProvider.System);
    private readonly BinanceAddresses addresses;
    private readonly AdapterOptions options = new()
    {
        Environment = ExchangeEnvironment.Simulator,
        Address = new Uri("http://127.0.0.1:9"),
        ApiKey = new string('k', 64),
        ApiSecret = new string('s', 64),
    };

    /// <param name="sent">Told of every order once its request is ready, with the time of that.</param>
    public BinanceWire(Action<OrderIntent, long> sent)
    {
        addresses = BinanceAddresses.Of(options);
        http = new HttpClient(socket);
        rest = new BinanceRest(http, addresses, options, new RequestLimiter(new HurriedTime()), new ExchangeClock(TimeProvider.System), TimeProvider.System);
        history = new AccountHistory(rest);
        finder = new OrderFinder(rest);
        snapshots = new SnapshotTaker(rest, history, finder);
        var trading = new BinanceTrading(rest, snapshots, finder, new BinanceSettings(rest, hasWallet: false), activity);
        script.Place = intent =>
        {
            var answer = trading.PlaceAsync(Instrument, intent, CancellationToken.None);
            sent(intent, socket.At);
            return answer;
        };
    }

    public static InstrumentId Instrument { get; } = new("binance", MarketKind.Perp, "BTCUSDT");

    public List<Candle> Candles => script.Candles;

    /// <summary>Takes messages once the engine has opened it.</summary>
    public Task<UserStream> User => stream.Task;

    public string Name => script.Name;

    public ExchangeEnvironment Environment => script.Environment;

    public AdapterCapabilities Capabilities => script.Capabilities;

    public AdapterHealth Health => script.Health;

    public IMarketData MarketData => script;

    public ITradingApi Trading => script;

    /// <summary>The message that an order filled whole.</summary>
    public byte[] Filled(OrderIntent order, int trade) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$$"""
        {"e":"ORDER_TRADE_UPDATE","E":{{{Some.Now}}},"T":{{{Some.Now}}},"o":{"s":"BTCUSDT","c":"{{{order.ClientOrderId}}}","S":"{{{(order.Side == Side.Buy ? "BUY" : "SELL")}}}","o":"LIMIT","f":"GTX","q":"{{{order.Quantity}}}","p":"{{{order.Price}}}","ap":"{{{order.Price}}}","sp":"0","x":"TRADE","X":"FILLED","i":{{{socket.NumberOf(order.ClientOrderId)}}},"l":"{{{order.Quantity}}}","z":"{{{order.Quantity}}}","L":"{{{order.Price}}}","n":"0.01","N":"USDT","T":{{{Some.Now}}},"t":{{{trade}}},"b":"0","a":"0","m":true,"R":{{{(order.ReduceOnly ? "true" : "false")}}},"wt":"CONTRACT_PRICE","ot":"LIMIT","ps":"BOTH","cp":false,"rp":"0","pP":false,"si":0,"ss":0,"V":"NONE","pm":"NONE","gtd":0}}
        """));

    public Task ConnectAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task RunMarketStreamAsync(IReadOnlyList<InstrumentId> instruments, Interval candles, IMarketSink sink, CancellationToken cancellation) =>
        script.RunMarketStreamAsync(instruments, candles, sink, cancellation);

    public Task RunUserStreamAsync(IReadOnlyList<InstrumentId> instruments, IUserSink sink, CancellationToken cancellation)
    {
        stream.TrySetResult(new UserStream(addresses, options, rest, history, snapshots, finder, activity, TimeProvider.System, instruments, sink));
        return script.RunUserStreamAsync(instruments, sink, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await script.DisposeAsync();
        http.Dispose();
    }

    /// <summary>A second with each look, so that no limit on orders is ever reached.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        private long looks;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddSeconds(Interlocked.Increment(ref looks));
    }
}
