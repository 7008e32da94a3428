using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Tests.Backtesting;

/// <summary>docs/backtest.md, section 5: when a bot is asked, and that it is not asked without a reason.</summary>
public sealed class WakeTests
{
    private const long Minute = 60_000;

    private static readonly int[] Closes = [100, 101, 103, 99, 97, 100, 104, 104, 100, 95, 100, 100];

    public static TheoryData<Engine> Fast => [.. Engines.Fast];

    [Theory]
    [MemberData(nameof(Fast))]
    public void Without_a_wish_it_is_asked_at_the_first_close_only(Engine engine) => Askings(engine, _ => { }).ShouldBe([0]);

    [Theory]
    [MemberData(nameof(Fast))]
    public void A_close_at_or_below_a_price_asks(Engine engine) => Askings(engine, plan => plan.WakeWhenAtOrBelow(97)).ShouldBe([0, 4, 9]);

    [Theory]
    [MemberData(nameof(Fast))]
    public void A_close_at_or_above_a_price_asks(Engine engine) => Askings(engine, plan => plan.WakeWhenAtOrAbove(103)).ShouldBe([0, 2, 6, 7]);

    [Theory]
    [MemberData(nameof(Fast))]
    public void Of_several_prices_the_nearest_counts(Engine engine) => Askings(engine, plan =>
    {
        plan.WakeWhenAtOrAbove(104);
        plan.WakeWhenAtOrAbove(103);
        plan.WakeWhenAtOrBelow(90);
        plan.WakeWhenAtOrBelow(95);
    }).ShouldBe([0, 2, 6, 7, 9]);

    [Theory]
    [MemberData(nameof(Fast))]
    public void The_first_close_at_or_after_a_time_asks_and_every_one_until_the_wish_is_gone(Engine engine)
    {
        Askings(engine, plan => plan.WakeAt(Scenario.Start + (10 * Minute))).ShouldBe([0, 9, 10, 11]);
        Askings(engine, plan => plan.WakeAt(Scenario.Start + (10 * Minute) - 1)).ShouldBe([0, 9, 10, 11]);
        Askings(engine, plan => plan.WakeAt(Scenario.Start + (10 * Minute) + 1)).ShouldBe([0, 10, 11]);
    }

    [Theory]
    [MemberData(nameof(Fast))]
    public void Every_close_asks_where_that_is_wished(Engine engine) => Askings(engine, plan => plan.WakeAtEveryClose()).ShouldBe([.. Enumerable.Range(0, Closes.Length)]);

    [Theory]
    [MemberData(nameof(Fast))]
    public void A_flagged_entry_of_a_column_asks(Engine engine) => Askings(engine, plan => plan.WakeByColumn(0)).ShouldBe([0, 5, 8]);

    [Theory]
    [MemberData(nameof(Fast))]
    public void A_change_of_the_rules_asks_at_the_close_from_which_they_hold(Engine engine)
    {
        var changed = new InstrumentRules { TickSize = 1m, LotSize = 0.1m, MakerFee = 0, TakerFee = 0, ValidFrom = DateTimeOffset.FromUnixTimeMilliseconds(Scenario.Start + (4 * Minute)) };
        var later = changed with { LotSize = 0.2m, ValidFrom = changed.ValidFrom.AddMinutes(5.5) };
        Askings(engine, _ => { }, changed, later).ShouldBe([0, 3, 9]);
    }

    [Fact]
    public void The_reference_asks_at_every_close() => Askings(Engine.Reference, _ => { }).ShouldBe([.. Enumerable.Range(0, Closes.Length)]);

    private static List<int> Askings(Engine engine, Action<OrderPlan> wish, params InstrumentRules[] later)
    {
        var instrument = new Instrument
        {
            Id = new InstrumentId("binance", MarketKind.Perp, "XUSDT"),
            BaseCurrency = "X",
            QuoteCurrency = "USDT",
            Rules = [new InstrumentRules { TickSize = 1m, LotSize = 0.1m, MakerFee = 0, TakerFee = 0 }, .. later],
        };
        var candles = new CandleSeries
        {
            Instrument = instrument.Id,
            Interval = Interval.OneMinute,
            StartTime = Scenario.Start,
            PriceDecimals = 0,
            Open = Closes,
            High = Closes,
            Low = Closes,
            Close = Closes,
        };
        var asked = new List<int>();
        var setup = new BacktestSetup
        {
            StartBalance = Money.FromDecimal(1_000m),
            Bots = [new BotSetup { Name = "bot", Strategy = () => new Wisher(context => wish(context.Lane.Plan), asked), Leverage = 1m, Lanes = [LaneSetup.Create(instrument, candles, [])] }],
        };
        Engines.Run(setup, engine);
        return asked;
    }
}
