using Trellis.Core;
using Trellis.Core.Matching;
using Trellis.Simulator.MarketData;
using Trellis.Simulator.Markets;

namespace Trellis.Simulator.Tests.Markets;

public sealed class MarketPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 20, 30, 400, TimeSpan.Zero);
    private static readonly long ThisMinute = new DateTimeOffset(2026, 3, 2, 10, 20, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    [Theory]
    [InlineData("1x")]
    [InlineData("60x")]
    [InlineData("0.5x")]
    public void At_a_speed_of_numbers_the_candle_behind_the_history_begins_in_this_minute(string speed)
    {
        using var folder = new TemporaryFolder();
        var plan = Load(folder, 100, options => options with { Speed = MarketSpeed.Parse(speed), HistoryMinutes = 30 });

        plan.StartTime.ShouldBe(ThisMinute);
        plan.HistoryCandles.ShouldBe(30);
        plan.Anchor.Shift.ShouldBe(ThisMinute - Candles.Start - (30 * Candles.Minute));
        (plan.Anchor.Shift % Candles.Minute).ShouldBe(0);
        plan.Notices.ShouldContain(notice => notice.Contains("moved in time by", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("max")]
    [InlineData("step")]
    public void At_max_and_step_the_market_lives_in_the_time_of_its_data(string speed)
    {
        using var folder = new TemporaryFolder();
        var plan = Load(folder, 100, options => options with { Speed = MarketSpeed.Parse(speed), HistoryMinutes = 30 });

        plan.StartTime.ShouldBe(Candles.Start + (30 * Candles.Minute));
        plan.Anchor.Shift.ShouldBe(0);
        plan.Notices.ShouldNotContain(notice => notice.Contains("moved in time", StringComparison.Ordinal));
    }

    [Fact]
    public void Candles_of_five_minutes_keep_their_place_on_the_grid_when_they_are_moved()
    {
        using var folder = new TemporaryFolder();
        var csv = Candles.ToCsv(Candles.Random(1, 40, interval: 300_000));
        var plan = MarketPlan.Load(SomeMarket.Options with { Data = [folder.Write("BTCUSDT.csv", csv)], HistoryMinutes = 50 }, Now);

        plan.Interval.ToString().ShouldBe("5m");
        plan.HistoryCandles.ShouldBe(10);
        (plan.StartTime % 300_000).ShouldBe(0);
        plan.StartTime.ShouldBe(ThisMinute);
    }

    [Theory]
    [InlineData(100, 1_500, 50)]
    [InlineData(101, 1_500, 50)]
    [InlineData(100, 20, 20)]
    [InlineData(100, 0, 0)]
    public void The_history_is_as_long_as_asked_for_and_at_most_half_of_the_data(int candles, int asked, int history)
    {
        using var folder = new TemporaryFolder();
        Load(folder, candles, options => options with { HistoryMinutes = asked }).HistoryCandles.ShouldBe(history);
    }

    [Fact]
    public void The_history_is_the_minutes_before_the_start_as_the_data_have_them()
    {
        using var folder = new TemporaryFolder();
        var candles = Candles.Random(3, 100);
        var plan = MarketPlan.Load(SomeMarket.Options with { Data = [folder.Write("BTCUSDT.csv", Candles.ToCsv(candles))], HistoryMinutes = 40, Speed = MarketSpeed.Max }, Now);

        var history = plan.History(0, plan.StartTime);

        history.Select(kline => new Core.Markets.Candle(kline.OpenTime, kline.Open, kline.High, kline.Low, kline.Close, kline.Volume)).ShouldBe(candles.Take(40));
        history.ShouldAllBe(kline => kline.IsClosed && kline.CloseTime == kline.OpenTime + 59_999 && kline.TakerBuyVolume <= kline.Volume && kline.QuoteVolume > 0);
        plan.Instruments[0].StartPrice.ShouldBe(candles[39].Close);
    }

    [Fact]
    public void Minutes_that_the_data_lack_are_flat_in_the_history()
    {
        using var folder = new TemporaryFolder();
        var candles = Candles.Random(3, 100, holes: 0.3);
        var plan = MarketPlan.Load(SomeMarket.Options with { Data = [folder.Write("BTCUSDT.csv", Candles.ToCsv(candles))], HistoryMinutes = 40, Speed = MarketSpeed.Max }, Now);

        IReadOnlyList<Kline> history = plan.History(0, plan.StartTime);

        history.Select(kline => kline.OpenTime).ShouldBe(Enumerable.Range(0, 40).Select(i => Candles.Start + (i * Candles.Minute)));
        history.Count(kline => kline.Volume == 0).ShouldBe(40 - candles.Count(candle => candle.OpenTime < plan.StartTime));
    }

    [Fact]
    public void The_market_starts_at_a_chosen_instant_of_the_data()
    {
        using var folder = new TemporaryFolder();
        var from = DateTimeOffset.FromUnixTimeMilliseconds(Candles.Start + (70 * Candles.Minute));
        var plan = Load(folder, 100, options => options with { From = from, HistoryMinutes = 30, Speed = MarketSpeed.Step });

        plan.StartTime.ShouldBe(from.ToUnixTimeMilliseconds());
        plan.HistoryCandles.ShouldBe(30);
        plan.Candles.ShouldBe(60);
    }

    [Fact]
    public void Instruments_share_the_time_that_all_of_them_have_data_for()
    {
        using var folder = new TemporaryFolder();
        var first = Candles.Random(1, 100);
        var second = Candles.Random(2, 100).ConvertAll(candle => candle with { OpenTime = candle.OpenTime + (40 * Candles.Minute) });
        var plan = MarketPlan.Load(
            SomeMarket.Options with { Data = [folder.Write("BTCUSDT.csv", Candles.ToCsv(first)), folder.Write("ETHUSDT.csv", Candles.ToCsv(second))], HistoryMinutes = 0, Speed = MarketSpeed.Max }, Now);

        plan.Candles.ShouldBe(60);
        plan.StartTime.ShouldBe(Candles.Start + (40 * Candles.Minute));
        plan.Instruments.Select(instrument => instrument.Instrument.Id.Symbol).ShouldBe(["BTCUSDT", "ETHUSDT"]);
    }

    [Fact]
    public void Without_data_and_names_the_usual_instruments_are_generated_for_ever()
    {
        var plan = MarketPlan.Load(SomeMarket.Options with { HistoryMinutes = 10 }, Now);

        plan.IsEndless.ShouldBeTrue();
        plan.Instruments.Select(instrument => instrument.Instrument.Id.Symbol).ShouldBe(SomeMarket.Options.Listings.DefaultSymbols);
        plan.History(0, plan.StartTime).Count.ShouldBe(10);
        plan.Instruments[0].StartPrice.ShouldBe(plan.History(0, plan.StartTime)[^1].Close);
    }

    [Fact]
    public void Data_finer_than_the_rules_make_the_rules_finer_and_say_so()
    {
        using var folder = new TemporaryFolder();
        var csv = Candles.ToCsv(Candles.Random(1, 20, tick: 0.01m, lot: 0.00001m));
        var plan = MarketPlan.Load(SomeMarket.Options with { Data = [folder.Write("BTCUSDT.csv", csv)], Speed = MarketSpeed.Max }, Now);

        plan.Instruments[0].Instrument.Rules.ShouldAllBe(rules => rules.TickSize == 0.01m && rules.LotSize == 0.00001m);
        plan.Notices.ShouldContain(notice => notice.Contains("finer than the exchange's rules", StringComparison.Ordinal));
    }

    [Fact]
    public void A_symbol_that_the_catalogue_lacks_takes_its_steps_from_its_data()
    {
        using var folder = new TemporaryFolder();
        var csv = Candles.ToCsv(Candles.Random(1, 20, tick: 0.0001m, lot: 0.1m));
        var plan = MarketPlan.Load(SomeMarket.Options with { Data = [folder.Write("APEUSDT_1m.csv", csv)], Speed = MarketSpeed.Max }, Now);

        plan.Instruments[0].Instrument.Rules.Single().TickSize.ShouldBe(0.0001m);
        plan.Notices.ShouldContain(notice => notice.Contains("not in the catalogue", StringComparison.Ordinal));
    }

    [Fact]
    public void A_kept_market_comes_back_where_it_was_put_and_another_one_is_refused()
    {
        using var folder = new TemporaryFolder();
        var plan = Load(folder, 100, options => options);
        var anchor = MarketAnchor.FromBytes(plan.Anchor.ToBytes());

        anchor.ShouldBe(plan.Anchor);
        MarketPlan.Load(plan.Options, Now.AddDays(3), anchor).StartTime.ShouldBe(plan.StartTime);
        Should.Throw<ConfigurationException>(() => MarketPlan.Load(plan.Options with { HistoryMinutes = 7 }, Now, anchor)).Message.ShouldContain("another market");
        Should.Throw<ConfigurationException>(() => MarketPlan.Load(SomeMarket.Options with { Seed = 9 }, Now, anchor)).Message.ShouldContain("generated with seed 9");
        Should.Throw<DataException>(() => MarketAnchor.FromBytes("nonsense"u8)).Message.ShouldContain("nonsense");
    }

    public static TheoryData<MarketOptions, string> Mistakes => new()
    {
        { SomeMarket.Options with { Instruments = ["BTCUSD"] }, "did you mean BTCUSDT?" },
        { SomeMarket.Options with { Instruments = ["BTCUSDT", "BTCUSDT"] }, "each symbol once" },
        { SomeMarket.Options with { HistoryMinutes = -1 }, "--history is -1; allowed: 0 to 100000" },
        { SomeMarket.Options with { QuietMilliseconds = 70_000 }, "--quiet is 70000" },
        { SomeMarket.Options with { SlippagePercent = 0.0000001m }, "at most 6 decimals" },
        { SomeMarket.Options with { Data = ["no/such/BTCUSDT.csv"] }, "there is no such file" },
        { SomeMarket.Options with { Data = ["BTCUSDT=no/such.csv"] }, "there is no such file" },
        { SomeMarket.Options with { Data = ["{candles}"], From = Now }, "lies outside the data; allowed: 2024-07-18 23:50 up to, not including, 2024-07-19 01:30" },
        { SomeMarket.Options with { Data = ["{candles}"], Instruments = ["ETHUSDT"] }, "is of BTCUSDT, which is not among the instruments; allowed: ETHUSDT" },
        { SomeMarket.Options with { Data = ["{candles}", "{trades}"] }, "several sources of prices" },
        { SomeMarket.Options with { Data = ["{trades}"], FillRule = FillRule.Candle }, "this rule needs candles" },
        { SomeMarket.Options with { Data = ["{five}"], FillRule = FillRule.Candle }, "allowed: candles of 1m" },
        { SomeMarket.Options with { Data = ["{candles}", "ETHUSDT={five}"] }, "trellis data resample" },
        { SomeMarket.Options with { Data = ["{candles}", "ETHUSDT={later}"] }, "no candle of 1m in common" },
        { SomeMarket.Options with { Data = ["{nameless}"] }, "--data SYMBOL=" },
        { SomeMarket.Options with { Data = ["{text}"] }, "which is no data that is known" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named_with_what_would_be_right(MarketOptions options, string message)
    {
        using var folder = new TemporaryFolder();
        var data = options.Data.Select(text => text
            .Replace("{candles}", folder.Write("BTCUSDT.csv", Candles.ToCsv(Candles.Random(1, 100))), StringComparison.Ordinal)
            .Replace("{five}", folder.Write("BTCUSDT-5m.csv", Candles.ToCsv(Candles.Random(1, 100, interval: 300_000))), StringComparison.Ordinal)
            .Replace("{later}", folder.Write("later.csv", Candles.ToCsv(Candles.Random(1, 9).ConvertAll(candle => candle with { OpenTime = candle.OpenTime + 86_400_000 }))), StringComparison.Ordinal)
            .Replace("{trades}", folder.Write("BTCUSDT_trades.csv", "time_ms,price,qty,is_buyer_maker\n1721346600000,64000,0.1,0\n"), StringComparison.Ordinal)
            .Replace("{nameless}", folder.Write("prices.csv", Candles.ToCsv(Candles.Random(1, 9))), StringComparison.Ordinal)
            .Replace("{text}", folder.Write("SOLUSDT.txt", "hello\n"), StringComparison.Ordinal));

        Should.Throw<TrellisException>(() => MarketPlan.Load(options with { Data = [.. data] }, Now)).Message.ShouldContain(message);
    }

    private static MarketPlan Load(TemporaryFolder folder, int candles, Func<MarketOptions, MarketOptions> change) =>
        MarketPlan.Load(change(SomeMarket.Options with { Data = [folder.Write("BTCUSDT.csv", Candles.ToCsv(Candles.Random(1, candles)))] }), Now);
}
