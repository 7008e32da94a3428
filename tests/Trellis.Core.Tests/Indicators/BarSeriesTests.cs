using Trellis.Core.Indicators;
using Trellis.Core.Markets;

namespace Trellis.Core.Tests.Indicators;

public sealed class BarSeriesTests
{
    [Fact]
    public void Candles_without_holes_are_their_own_bars()
    {
        var candles = RandomCandles.Make(seed: 1, count: 50);

        var bars = BarSeries.Of(candles, Interval.OneMinute);

        bars.AreCandles.ShouldBeTrue();
        bars.Close.Equals(candles.Close).ShouldBeTrue();
        (bars.ClosedAt(7), bars.LatestAt(7)).ShouldBe((7, 7));
    }

    [Theory]
    [InlineData("1m", 20, 0)]
    [InlineData("3m", 0, 0)]
    [InlineData("5m", 30, 3)]
    [InlineData("15m", 60, 7)]
    [InlineData("1h", 90, 59)]
    public void Columns_hold_what_comes_bar_by_bar(string timeframe, int holes, int firstMinute)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var candles = RandomCandles.Make(seed, 400, holes, firstMinute);
            var expected = RandomCandles.Stream(candles, Interval.Parse(timeframe)).ToList();

            var bars = BarSeries.Of(candles, Interval.Parse(timeframe));

            Enumerable.Range(0, bars.Count).Select(bar => (bars.ClosedAt(bar), bars[bar])).ShouldBe(expected);
            for (var k = 0; k < candles.Count; k++)
            {
                bars.LatestAt(k).ShouldBe(expected.FindLastIndex(each => each.Candle <= k));
            }
        }
    }

    [Fact]
    public void A_bar_joins_its_candles_and_is_over_at_the_one_that_ends_it()
    {
        var candles = RandomCandles.Make(seed: 3, count: 9);

        var bars = BarSeries.Of(candles, Interval.Parse("3m"));

        bars.Count.ShouldBe(3);
        bars.ClosedAt(1).ShouldBe(5);
        var (high, low) = (candles.High.Span[3..6].ToArray(), candles.Low.Span[3..6].ToArray());
        bars[1].ShouldBe(new Bar(candles.TimeOf(3), candles.Open.Span[3], high.Max(), low.Min(), candles.Close.Span[5], candles.Volume.Span[3..6].ToArray().Sum()));
    }

    [Fact]
    public void A_bar_whose_last_candle_is_missing_is_over_at_the_next_candle_there_is()
    {
        var builder = new BarBuilder(2 * RandomCandles.Minute, RandomCandles.Minute);
        var completed = new Bar[2];

        builder.Add(At(0, 10), completed).ShouldBe(0);
        builder.Add(At(3, 12), completed).ShouldBe(2);

        completed.ShouldBe([At(0, 10), At(3, 12) with { OpenTime = 2 * RandomCandles.Minute }]);
    }

    [Fact]
    public void What_began_before_the_first_candle_is_no_bar()
    {
        var candles = RandomCandles.Make(seed: 4, count: 8, firstMinute: 1);

        BarSeries.Of(candles, Interval.Parse("3m"))[0].OpenTime.ShouldBe(candles.TimeOf(2));
    }

    [Fact]
    public void A_timeframe_that_candles_do_not_divide_is_refused() =>
        Should.Throw<ConfigurationException>(() => BarSeries.Of(RandomCandles.Make(seed: 5, count: 5), Interval.Parse("1s"))).Message
            .ShouldContain("a timeframe is a whole multiple of the candles' interval");

    private static Bar At(int minute, int price) => new(minute * RandomCandles.Minute, price, price, price, price, 1);
}
