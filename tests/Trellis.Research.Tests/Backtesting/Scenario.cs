using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;
using Trellis.Core.Strategies;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Tests.Backtesting;

/// <summary>A small backtest that reads as a table: candles in whole prices, and what is planned at which close.</summary>
internal sealed class Scenario
{
    public const long Start = 1_704_067_200_000;

    /// <summary>A lot of 0.1 in the quantity unit of these instruments (with fees in quote).</summary>
    public const long Lot = 100;

    private readonly List<LaneSetup> lanes = [];
    private readonly SortedDictionary<int, Action<DecisionContext>> script = [];

    public decimal Balance { get; init; } = 10_000m;

    public decimal Leverage { get; init; } = 10m;

    public bool HedgeMode { get; init; }

    public bool Optimistic { get; init; }

    /// <summary>In percent.</summary>
    public decimal Slippage { get; init; }

    /// <summary>What the strategy saw when it was asked, by candle.</summary>
    public List<(int Candle, int Fills)> Askings { get; } = [];

    /// <summary>A perpetual with tick 1 and lot 0.1, without fees, that trades the candles "open high low close; …", "-" for a hole.</summary>
    public Scenario Perp(string candles, decimal maker = 0m, decimal taker = 0m, IReadOnlyList<LeverageTier>? tiers = null, params FundingRate[] funding) =>
        Add(MarketKind.Perp, FeeCurrency.Quote, candles, maker, taker, tiers ?? [], funding);

    /// <summary>The same with fees in what a buy receives; lots are those of the instrument's own units.</summary>
    public Scenario PerpWithBaseFees(string candles, decimal taker) => Add(MarketKind.Perp, FeeCurrency.Received, candles, 0m, taker, [], []);

    public Scenario Spot(string candles, decimal maker = 0m, decimal taker = 0m, FeeCurrency fees = FeeCurrency.Quote) =>
        Add(MarketKind.Spot, fees, candles, maker, taker, [], []);

    /// <summary>Plans at the close of a candle on the first lane.</summary>
    public Scenario At(int candle, Action<OrderPlan> plan) => AtAll(candle, context => plan(context.Lanes[0].Plan));

    public Scenario AtAll(int candle, Action<DecisionContext> act)
    {
        script[candle] = act;
        return this;
    }

    public RunOutcome Run(Engine engine) => Engines.Run(
        new BacktestSetup
        {
            StartBalance = Money.FromDecimal(Balance),
            HedgeMode = HedgeMode,
            Optimistic = Optimistic,
            Slippage = (long)(Slippage * 1_000_000m),
            Bots = [new BotSetup { Name = "bot", Strategy = () => new Scripted(this), Leverage = Leverage, Lanes = lanes }],
        },
        engine);

    /// <summary>The fills as "candle kind side quantity@price", in lots and whole prices.</summary>
    public string Fills(Engine engine) => string.Join("; ", Run(engine).Entries.Where(entry => entry.IsFill).Select(entry =>
        $"{entry.Candle} {entry.Kind} {entry.Side} {entry.Quantity / Lot}@{entry.Price}"));

    public static PlannedOrder Limit(Side side, int price, int lots = 10, OrderInstructions instructions = OrderInstructions.PostOnly, int group = 0, PositionSide position = PositionSide.Net) => new()
    {
        Side = side,
        Kind = OrderKind.Limit,
        Price = price,
        Quantity = lots * Lot,
        Instructions = instructions,
        Group = group,
        PositionSide = position,
    };

    public static PlannedOrder Market(Side side, int lots = 10, OrderInstructions instructions = OrderInstructions.None, PositionSide position = PositionSide.Net) =>
        Limit(side, 0, lots, instructions, position: position) with { Kind = OrderKind.Market };

    public static PlannedOrder Below(Side side, int price, int lots = 10, OrderInstructions instructions = OrderInstructions.None, int group = 0) =>
        Limit(side, price, lots, instructions, group) with { Kind = OrderKind.TriggerAtOrBelow };

    public static PlannedOrder Above(Side side, int price, int lots = 10, OrderInstructions instructions = OrderInstructions.None, int group = 0) =>
        Limit(side, price, lots, instructions, group) with { Kind = OrderKind.TriggerAtOrAbove };

    private Scenario Add(MarketKind market, FeeCurrency fees, string text, decimal maker, decimal taker, IReadOnlyList<LeverageTier> tiers, IReadOnlyList<FundingRate> funding)
    {
        var instrument = new Instrument
        {
            Id = new InstrumentId("binance", market, $"C{lanes.Count}USDT"),
            BaseCurrency = $"C{lanes.Count}",
            QuoteCurrency = "USDT",
            FeeCurrency = fees,
            LeverageTiers = tiers,
            Rules = [new InstrumentRules { TickSize = 1m, LotSize = 0.1m, MakerFee = maker, TakerFee = taker }],
        };
        lanes.Add(LaneSetup.Create(instrument, Candles(instrument.Id, text), funding));
        return this;
    }

    private static CandleSeries Candles(InstrumentId id, string text)
    {
        var rows = new List<int[]>();
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries))
        {
            rows.Add(part == "-"
                ? [rows[^1][3], int.MinValue, int.MaxValue, rows[^1][3]]
                : [.. part.Split(' ').Select(int.Parse)]);
        }

        return new CandleSeries
        {
            Instrument = id,
            Interval = Interval.OneMinute,
            StartTime = Start,
            PriceDecimals = 0,
            Open = rows.Select(row => row[0]).ToArray(),
            High = rows.Select(row => row[1]).ToArray(),
            Low = rows.Select(row => row[2]).ToArray(),
            Close = rows.Select(row => row[3]).ToArray(),
        };
    }

    /// <summary>Carries out the script; asks to be woken at its candles.</summary>
    private sealed class Scripted(Scenario scenario) : IStrategy
    {
        private int done = -1;

        public int SlotCount(int lane) => 8;

        public void Decide(DecisionContext context)
        {
            var now = context.Lanes[0].Candle;
            if (context.HasFills)
            {
                scenario.Askings.Add((now, context.Fills.Length));
            }

            foreach (var (candle, act) in scenario.script)
            {
                if (candle > done && candle <= now)
                {
                    act(context);
                }
                else if (candle > now)
                {
                    context.Lanes[0].Plan.WakeAt(context.Time + ((candle - now) * 60_000L));
                    break;
                }
            }

            done = now;
        }

        public string SlotName(int lane, int slot, int cycle) => $"s{slot}";

        public StrategyReport Report() => StrategyReport.Empty;
    }
}
