using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Strategies.Signals;
using Trellis.Core.Trading.Quotes;

namespace Trellis.Core.Tests.Trading;

public sealed class CandleHistoryTests
{
    [Fact]
    public void A_missing_minute_is_a_hole_that_repeats_the_close()
    {
        var history = new CandleHistory(Some.Market().Units, Interval.OneMinute);
        history.Add(new Candle(Some.Start, 100m, 101m, 99m, 100.5m, 1m)).ShouldBeTrue();
        history.Add(new Candle(Some.Start + 180_000, 102m, 103m, 101m, 102.5m, 1m)).ShouldBeTrue();
        var series = history.Series();

        series.Count.ShouldBe(4);
        series.IsHole(1).ShouldBeTrue();
        series.Close.Span[2].ShouldBe(1_005);
        series.Close.Span[3].ShouldBe(1_025);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-60_000)]
    [InlineData(30_000)]
    public void A_candle_again_from_the_past_or_off_the_grid_is_left_out(int offset)
    {
        var history = new CandleHistory(Some.Market().Units, Interval.OneMinute);
        history.Add(new Candle(Some.Start, 100m, 101m, 99m, 100.5m, 1m));

        history.Add(new Candle(Some.Start + offset, 50m, 50m, 50m, 50m, 1m)).ShouldBeFalse();
        history.LastClose.ShouldBe(1_005);
    }

    [Theory]
    [InlineData("1m")]
    [InlineData("5m")]
    public void Columns_made_as_candles_come_say_at_each_close_what_those_of_the_whole_say(string timeframe)
    {
        var options = new SignalOptions { Name = "sma-cross", Size = 100m, StopLossAtr = 2m, AtrPeriod = 3, Timeframe = Interval.Parse(timeframe) };
        var units = Some.Market().Units;
        var history = new CandleHistory(units, Interval.OneMinute);
        var growing = new SignalStrategy(options, new SmaCross(2, 4), hedgeMode: false);
        var random = new DeterministicRandom(7);
        var told = new List<(int Candle, byte Says)>();
        var price = 100m;
        for (var minute = 0; minute < 600; minute++)
        {
            price += Math.Round((decimal)random.NextBell(), 1);
            if (random.NextUnit() < 0.1 && minute > 0)
            {
                continue;
            }

            history.Add(new Candle(Some.Start + (minute * 60_000), price, price + 0.5m, price - 0.5m, price, 1m));
            told.Add((history.Count - 1, growing.Prepare(0, history.Series(), units)!.Wakes[0][history.Count - 1]));
        }

        var whole = new SignalStrategy(options, new SmaCross(2, 4), hedgeMode: false).Prepare(0, history.Series(), units)!.Wakes[0];
        told.ShouldAllBe(entry => whole[entry.Candle] == entry.Says);
        told.Count(entry => entry.Says != 0).ShouldBeGreaterThan(5);
    }
}
