using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;
using Trellis.Core.Strategies;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Tests.Backtesting;

/// <summary>docs/backtest.md, section 5, of a bot on two instruments while the first of them is in a hole.</summary>
public sealed class HoleWakeTests
{
    private const long Minute = 60_000;
    private const int Candles = 10;

    public static TheoryData<Engine> Fast => [.. Engines.Fast];

    [Theory]
    [MemberData(nameof(Fast))]
    public void Other_rules_ask_at_the_close_of_the_other_instrument(Engine engine) =>
        Askings(engine, hole: 3..6, _ => { }, changedAt: 5).ShouldBe([0, 4]);

    [Theory]
    [MemberData(nameof(Fast))]
    public void Wakes_of_the_instrument_in_the_hole_wait_for_its_own_close(Engine engine) =>
        Askings(engine, hole: 3..6, context => context.Lanes[0].Plan.WakeAt(Scenario.Start + (5 * Minute))).ShouldBe([0, 6, 7, 8, 9]);

    [Theory]
    [MemberData(nameof(Fast))]
    public void Funding_paid_in_the_hole_asks_behind_it_although_the_bot_was_asked_in_between(Engine engine) => Askings(
        engine,
        hole: 3..6,
        context =>
        {
            context.Lanes[0].Plan.WakeAfterFunding();
            if (context.Time == Scenario.Start + Minute)
            {
                context.Lanes[0].Plan.Set(0, new PlannedOrder { Side = Side.Buy, Kind = OrderKind.Market, Quantity = 1 });
            }

            if (context.Time < Scenario.Start + (5 * Minute))
            {
                context.Lanes[1].Plan.WakeAt(Scenario.Start + (5 * Minute));
            }
        },
        fundedAt: 4).ShouldBe([0, 1, 4, 6]);

    private static List<int> Askings(Engine engine, Range hole, Action<DecisionContext> wish, int? changedAt = null, int? fundedAt = null)
    {
        var rules = new InstrumentRules { TickSize = 1m, LotSize = 1m, MakerFee = 0, TakerFee = 0 };
        InstrumentRules[] later = changedAt is { } candle ? [rules with { LotSize = 2m, ValidFrom = TimeOf(candle) }] : [];
        FundingRate[] funding = fundedAt is { } paid ? [new FundingRate(TimeOf(paid).ToUnixTimeMilliseconds(), 0.01m, MarkPrice: null)] : [];
        var (from, count) = hole.GetOffsetAndLength(Candles);
        var asked = new List<int>();
        var setup = new BacktestSetup
        {
            StartBalance = Money.FromDecimal(1_000m),
            Bots =
            [
                new BotSetup
                {
                    Name = "bot",
                    Strategy = () => new Wisher(wish, asked),
                    Leverage = 1m,
                    Lanes = [Lane("XUSDT", [rules, .. later], funding, from, count), Lane("YUSDT", [rules], [], 0, 0)],
                },
            ],
        };
        Engines.Run(setup, engine);
        return asked;
    }

    private static DateTimeOffset TimeOf(int candle) => DateTimeOffset.FromUnixTimeMilliseconds(Scenario.Start + (candle * Minute));

    private static LaneSetup Lane(string symbol, IReadOnlyList<InstrumentRules> rules, IReadOnlyList<FundingRate> funding, int holeFrom, int holeCount)
    {
        var instrument = new Instrument { Id = new InstrumentId("binance", MarketKind.Perp, symbol), BaseCurrency = symbol[..1], QuoteCurrency = "USDT", Rules = rules };
        var prices = Enumerable.Repeat(100, Candles).ToArray();
        var (highs, lows) = (prices.ToArray(), prices.ToArray());
        Array.Fill(highs, int.MinValue, holeFrom, holeCount);
        Array.Fill(lows, int.MaxValue, holeFrom, holeCount);
        var candles = new CandleSeries
        {
            Instrument = instrument.Id,
            Interval = Interval.OneMinute,
            StartTime = Scenario.Start,
            PriceDecimals = 0,
            Open = prices,
            High = highs,
            Low = lows,
            Close = prices,
        };
        return LaneSetup.Create(instrument, candles, funding);
    }
}
