using Trellis.Cli.Live;
using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Core.Strategies;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Orders;
using Trellis.Core.Trading.Venues;
using Trellis.Core.Trading.Views;
using Trellis.Engine;
using Trellis.Exchanges.Adapters;

namespace Trellis.Cli.Tests.Live;

/// <summary>A made-up run: two instruments, two bots, and everything that can be said of them.</summary>
internal static class LiveSamples
{
    /// <summary>2026-01-02T03:04:05.678Z.</summary>
    public const long Now = 1_767_323_045_678;

    public const string Id = "inst00000001000001000001000ab";

    public static InstrumentId Btc { get; } = new("binance", MarketKind.Perp, "BTCUSDT");

    public static InstrumentId Eth { get; } = new("binance", MarketKind.Perp, "ETHUSDT");

    public static LiveFacts Facts(LiveMode mode = LiveMode.DryRun, params string[] secrets) => new()
    {
        Mode = mode,
        Exchange = "binance",
        Account = "main",
        Address = "https://fapi.example.com",
        Settings = new TradingSettings
        {
            Installation = "inst",
            Markets = [Market(Btc, 0.1m, 0.001m), Market(Eth, 0.01m, 0.001m)],
            Bots = [Bot("grid-btc", 0, 6_000m), Bot("dca-eth", 1, 4_000m)],
            Currency = "USDT",
            Limits = new RiskLimits { MaxPosition = 5_000m, MaxDrawdownPercent = 20m },
        },
        Strategies = ["grid", "dca"],
        Storage = "SQLite trellis.db",
        ControlSocket = "trellis.sock",
        LogFolder = "logs",
        Version = "0.1.0",
        ConfigurationHash = "c0ffee",
        Redaction = new Redaction(secrets),
    };

    /// <param name="orders">Of the first instrument, on each side.</param>
    public static EngineStatus Status(int orders = 4) => new(
        new TradingView
        {
            Time = Now,
            Bots =
            [
                new BotView(0, "grid-btc", BotState.Running, "", 1, 123.456m, -23.4m, -4.5678m, -0.12m, [new PositionView(0, PositionSide.Net, 0.25m, 62_500.1m, 15_625m, -23.4m)], StrategyReport.Empty),
                new BotView(1, "dca-eth", BotState.Paused, "paused by ann", 2, 0m, 0m, 0m, 0m, [], null),
            ],
            Orders = [.. Enumerable.Range(1, orders).SelectMany(step => new[] { Order(0, Side.Sell, 63_000m + (step * 100), step), Order(0, Side.Buy, 63_000m - (step * 100), 100 + step) })],
            Markets = [new MarketView(0, 62_999.9m, 63_000.1m, 63_000m, 500, 0m, 0.25m), new MarketView(1, 3_000.1m, 3_000.2m, 3_000m, 500, 0m, 0m)],
            ForeignOrders = [],
            Reconciliation = new ReconciliationView(true, 12, Now - 20_000, "", Now - 100_000, 0m, 0m),
            Equity = 10_095.3682m,
            PeakEquity = 10_200m,
            KilledBy = "",
            Forbidden = "",
        },
        new AdapterHealth(true, true, 12, 8.4, false, Now - 100, Now - 1_000),
        Sequence: 12_345,
        Committed: 12_343,
        StorageTrouble: "",
        Waiting: 0,
        Requests: 1);

    public static ManagedOrder Order(int market, Side side, decimal price, int slot, OrderState state = OrderState.Open, string reason = "") => new()
    {
        Intent = new OrderIntent { Market = market, Bot = market, ClientOrderId = Id, Side = side, Kind = OrderKind.Limit, Price = price, Quantity = 0.01m, PostOnly = true },
        Lane = 0,
        Slot = slot,
        Cycle = 1,
        State = state,
        Reason = reason,
    };

    public static FillBooked Fill(decimal realized = 1.23m, string trade = "7001") => new(
        0, 0, "cell 7 exit",
        new VenueFill
        {
            Instrument = Btc,
            TradeId = trade,
            VenueOrderId = "555",
            ClientOrderId = Id,
            Side = Side.Sell,
            Price = 63_100.5m,
            Quantity = 0.010m,
            Fee = 0.1262010m,
            FeeCurrency = "USDT",
            IsMaker = true,
            Time = Now,
        },
        realized);

    private static TradingMarket Market(InstrumentId id, decimal tick, decimal lot)
    {
        var rules = new InstrumentRules { TickSize = tick, LotSize = lot, MakerFee = 0.0002m, TakerFee = 0.0005m };
        var instrument = new Instrument { Id = id, BaseCurrency = id.Symbol[..3], QuoteCurrency = "USDT", Rules = [rules] };
        return new TradingMarket(instrument, new InstrumentUnits(instrument, 2), rules);
    }

    private static TradingBot Bot(string name, int market, decimal capital) => new()
    {
        Name = name,
        Strategy = () => throw new NotSupportedException("nobody decides here"),
        Markets = [market],
        Capital = capital,
    };
}
