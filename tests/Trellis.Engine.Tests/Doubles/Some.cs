using Trellis.Core.Markets;
using Trellis.Core.Strategies.Grid;
using Trellis.Core.Trading;
using Trellis.Engine.Journal;
using Trellis.Engine.Observing;

namespace Trellis.Engine.Tests.Doubles;

/// <summary>An account with a grid that buys at 90, 93, 96 and 99 while the price is 100.</summary>
internal static class Some
{
    public static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    public static Instrument Instrument { get; } = InstrumentOf(0);

    /// <summary>BTCUSDT, and as many like it as one wants.</summary>
    public static Instrument InstrumentOf(int market) => new()
    {
        Id = new InstrumentId("scripted", MarketKind.Perp, market == 0 ? "BTCUSDT" : $"M{market}USDT"),
        BaseCurrency = market == 0 ? "BTC" : $"M{market}",
        QuoteCurrency = "USDT",
        Rules = [new InstrumentRules { TickSize = 0.1m, LotSize = 0.001m, MinQuantity = 0.001m, MinNotional = 5m, MakerFee = 0.0002m, TakerFee = 0.0005m }],
    };

    /// <summary>The bots in turn on the markets.</summary>
    public static TradingSettings Settings(int markets = 1, int bots = 1)
    {
        var grid = new GridOptions { Lower = 90m, Upper = 102m, Grids = 4, Investment = 1_000m, InitialPurchase = false };
        return new TradingSettings
        {
            Installation = "test",
            Markets = [.. Enumerable.Range(0, markets).Select(InstrumentOf).Select(instrument => new TradingMarket(instrument, new InstrumentUnits(instrument, 1), instrument.Rules[0]))],
            Bots =
            [
                .. Enumerable.Range(0, bots).Select(bot => new TradingBot
                {
                    Name = bot == 0 ? "grid" : $"grid-{bot}",
                    Strategy = () => new GridStrategy(grid, hedgeMode: false),
                    Markets = [bot % markets],
                    Capital = 10_000m,
                    Direction = TradingDirection.Long,
                }),
            ],
            Currency = "USDT",
            Limits = new RiskLimits(),
        };
    }

    public static Candle Candle(long openTime, decimal close = 100m) => new(openTime, close, close, close, close, 1m);

    public static EngineSetup Setup(ScriptedExchange exchange, IJournal journal, params IReadOnlyList<IEngineObserver> observers) => Setup(exchange, journal, Settings(), observers);

    public static EngineSetup Setup(ScriptedExchange exchange, IJournal journal, TradingSettings settings, IReadOnlyList<IEngineObserver> observers) => new()
    {
        Adapter = exchange,
        Journal = journal,
        Settings = settings,
        Interval = Interval.OneMinute,
        RulesNow = [.. settings.Markets.Select(market => market.Rules)],
        Fingerprint = "test",
        Time = TimeProvider.System,
        History = [.. settings.Markets.Select(_ => 1)],
        Observers = observers,
    };
}
