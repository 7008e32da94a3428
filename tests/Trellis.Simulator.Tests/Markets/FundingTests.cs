using System.Globalization;
using Trellis.Core.Markets;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Commands;
using Trellis.Simulator.Markets;
using Trellis.Simulator.Markets.Feeds;

namespace Trellis.Simulator.Tests.Markets;

public sealed class FundingTests
{
    private const long EightHours = 8 * 3_600_000;

    private static readonly long Midnight = Candles.Start + (10 * Candles.Minute);

    [Fact]
    public async Task Without_recorded_rates_funding_is_settled_at_midnight_eight_and_sixteen()
    {
        var options = SomeMarket.Options with { Instruments = ["BTCUSDT", "ETHUSDT"], HistoryMinutes = 5, Speed = MarketSpeed.Max };
        await using var bench = new MarketBench(options, TimeProvider.System);
        bench.Driver.Pause();
        bench.Start();
        await bench.Driver.StepAsync(1_100, TestContext.Current.CancellationToken);

        var settled = bench.Commands.OfType<SettleFunding>().ToList();
        settled.Select(funding => (funding.Time % EightHours, funding.Instrument)).ShouldBe([(0, 0), (0, 1), (0, 0), (0, 1)]);
        settled.ShouldAllBe(funding => Math.Abs(funding.Rate) < 0.002m && funding.Rate != 0);
        bench.Store.Mark(0).NextFundingTime.ShouldBe(settled[^1].Time + EightHours);
        bench.Store.Fundings(1, null, null, 10).Select(funding => funding.Rate).ShouldBe(settled.Where(funding => funding.Instrument == 1).Select(funding => funding.Rate));
    }

    [Theory]
    [InlineData(FillRule.Book)]
    [InlineData(FillRule.Candle)]
    public async Task Recorded_rates_are_paid_at_their_own_times_before_anything_else_in_the_candle(FillRule rule)
    {
        using var folder = new TemporaryFolder();
        var candles = Candles.Random(1, 30);
        var funding = string.Create(CultureInfo.InvariantCulture, $"time_ms,funding_rate,mark_price\n{Midnight},0.0003,\n{Midnight + 300_007},-0.0002,35000.06\n");
        await using var bench = new MarketBench(
            SomeMarket.Options with { Data = [folder.Write("BTCUSDT.csv", Candles.ToCsv(candles)), folder.Write("BTCUSDT_funding.csv", funding)], HistoryMinutes = 5, Speed = MarketSpeed.Max, FillRule = rule },
            TimeProvider.System);

        await bench.RunToEndAsync();

        var settled = bench.Commands.OfType<SettleFunding>().ToList();
        settled.Select(each => (each.Time, each.Rate)).ShouldBe([(Midnight, 0.0003m), (Midnight + 300_007, -0.0002m)]);
        settled[1].MarkPrice.ShouldBe(35_000.1m);
        if (rule == FillRule.Candle)
        {
            settled[0].MarkPrice.ShouldBe(candles[10].Open);
        }

        var commands = bench.Commands.ToList();
        var first = commands.FindIndex(command => command.Time >= Midnight && command is not SettleFunding);
        commands.FindIndex(command => command is SettleFunding).ShouldBeLessThan(first);
    }

    [Fact]
    public async Task By_the_candle_rule_nothing_is_paid_without_a_file_as_in_a_backtest()
    {
        using var folder = new TemporaryFolder();
        await using var bench = new MarketBench(
            SomeMarket.Options with { Data = [folder.Write("BTCUSDT.csv", Candles.ToCsv(Candles.Random(1, 30)))], HistoryMinutes = 5, Speed = MarketSpeed.Max, FillRule = FillRule.Candle },
            TimeProvider.System);

        await bench.RunToEndAsync();

        bench.Commands.OfType<SettleFunding>().ShouldBeEmpty();
    }

    [Fact]
    public void A_market_that_was_moved_in_time_pays_the_rate_last_known_at_the_exchanges_hours()
    {
        var rates = new[] { new FundingRate(1_000, 0.1m, null), new FundingRate(EightHours, 0.2m, 7m) };
        var schedule = new FundingSchedule(rates, shift: 3_600_000, hours: 8);

        schedule.NextFrom(1).ShouldBe(new DueFunding(EightHours, 0.1m, null));
        schedule.NextFrom(EightHours).ShouldBe(new DueFunding(EightHours, 0.1m, null));
        schedule.NextFrom(EightHours + 1).ShouldBe(new DueFunding(2 * EightHours, 0.2m, null));
    }

    [Theory]
    [InlineData("100", "100", "0.0001")]
    [InlineData("100.02", "100", "0.0001")]
    [InlineData("100.2", "100", "0.0015")]
    [InlineData("99.8", "100", "-0.0015")]
    public void The_rate_is_the_interest_until_the_premium_is_large(string mark, string index, string rate)
    {
        var pricer = new MarkPricer(2 * Number(mark) - Number(index), 8);
        pricer.Follow(Number(index), 0);

        pricer.Mark.ShouldBe(Number(mark));
        pricer.Rate().ShouldBe(Number(rate));
    }

    [Fact]
    public void The_mark_goes_half_of_the_way_to_the_index_in_five_seconds()
    {
        var pricer = new MarkPricer(100, 4);
        pricer.Follow(100, 0);
        pricer.Follow(110, MarkPricer.HalfWay);

        pricer.Mark.ShouldBe(105);
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
