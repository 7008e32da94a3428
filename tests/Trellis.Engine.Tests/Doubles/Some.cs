using Trellis.Core.Markets;
using Trellis.Core.Options;
using Trellis.Core.Strategies.Grid;
using Trellis.Core.Trading;
using Trellis.Engine.Journal;
using Trellis.Engine.Observing;

namespace Trellis.Engine.Tests.Doubles;

/// <summary>An account with a grid of three lines below 100 on one instrument.</summary>
internal static class Some
{
    public static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    public static Instrument Instrument { get; } = new()
    {
        Id = new InstrumentId("scripted", MarketKind.Perp, "BTCUSDT"),
        BaseCurrency = "BTC",
        QuoteCurrency = "USDT",
        Rules = [new InstrumentRules { TickSize = 0.1m, LotSize = 0.001m, MinQuantity = 0.001m, MinNotional = 5m, MakerFee = 0.0002m, TakerFee = 0.0005m }],
    };

    public static TradingSettings Settings()
    {
        var grid = new GridOptions { Lower = 90m, Upper = 99m, Grids = 3, Investment = 1_000m, InitialPurchase = false, StopLoss = PriceOrPercent.AtPrice(50m) };
        return new TradingSettings
        {
            Installation = "test",
            Markets = [new TradingMarket(Instrument, new InstrumentUnits(Instrument, 1), Instrument.Rules[0])],
            Bots = [new TradingBot { Name = "grid", Strategy = () => new GridStrategy(grid, hedgeMode: false), Markets = [0], Capital = 10_000m, Direction = TradingDirection.Long }],
            Currency = "USDT",
            Limits = new RiskLimits(),
        };
    }

    public static Candle Candle(long openTime, decimal close = 100m) => new(openTime, close, close, close, close, 1m);

    public static EngineSetup Setup(ScriptedExchange exchange, IJournal journal, params IReadOnlyList<IEngineObserver> observers) => new()
    {
        Adapter = exchange,
        Journal = journal,
        Settings = Settings(),
        Interval = Interval.OneMinute,
        RulesNow = Instrument.Rules,
        Fingerprint = "test",
        Time = TimeProvider.System,
        History = [1],
        Observers = observers,
    };
}
