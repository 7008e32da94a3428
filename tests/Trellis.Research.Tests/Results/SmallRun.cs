using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;
using Trellis.Research.Backtesting;
using Trellis.Research.Results;

namespace Trellis.Research.Tests.Results;

/// <summary>
/// Four candles that can be followed by hand: 2 are bought at the second open at 100 for a fee of 0.4; 1 is sold at 110 in the third
/// candle for a fee of 0.11, which realizes 10; the rest is worth 90 at the end.
/// </summary>
internal static class SmallRun
{
    public const string Configuration = """{"account": {"balance": 1000}}""";

    public static BacktestSetup Setup(decimal balance = 1000m) => new()
    {
        StartBalance = Money.FromDecimal(balance),
        Bots =
        [
            new BotSetup
            {
                Name = "hand",
                Strategy = () => new ScriptedStrategy(
                    ScriptedStrategy.OnePair(10m),
                    new PlannedOrder { Side = Side.Buy, Kind = OrderKind.Market, Quantity = Units.FromQuantity(2m) },
                    new PlannedOrder { Side = Side.Sell, Kind = OrderKind.Limit, Instructions = OrderInstructions.PostOnly, Price = Units.FromPrice(110m), Quantity = Units.FromQuantity(1m) }),
                Lanes = [LaneSetup.Create(Instrument, Candles, [])],
            },
        ],
    };

    public static RunDescription Description(Engine engine = Engine.Auto) => new()
    {
        Name = "small",
        ProgramVersion = "1.2.3",
        Engine = engine,
        ConfigurationJson = Configuration,
        Sources = [new InstrumentSource(Instrument.Id, new DateOnly(2024, 5, 1), null, null)],
    };

    public static RunOutcome Outcome(BacktestSetup setup) => new BacktestRun(setup, Engine.Auto).Finish();

    private static Instrument Instrument { get; } = new()
    {
        Id = new InstrumentId("binance", MarketKind.Spot, "BTCUSDT"),
        BaseCurrency = "BTC",
        QuoteCurrency = "USDT",
        Rules = [new InstrumentRules { TickSize = 1m, LotSize = 0.1m, MakerFee = 0.001m, TakerFee = 0.002m }],
    };

    private static InstrumentUnits Units { get; } = new(Instrument, dataDecimals: 0);

    private static CandleSeries Candles => new()
    {
        Instrument = Instrument.Id,
        Interval = Interval.OneMinute,
        StartTime = 1_704_067_200_000,
        PriceDecimals = 0,
        Open = new[] { 100, 100, 101, 105 },
        High = new[] { 100, 102, 111, 105 },
        Low = new[] { 100, 99, 101, 90 },
        Close = new[] { 100, 101, 105, 90 },
        Fingerprint = "f00d",
        GeneratedBy = "hand",
    };
}
