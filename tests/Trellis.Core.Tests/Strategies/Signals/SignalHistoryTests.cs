using Trellis.Core.Markets;
using Trellis.Core.Strategies;
using Trellis.Core.Strategies.Signals;
using Trellis.Core.Tests.Indicators;
using Trellis.Core.Tests.Strategies.Grid;

namespace Trellis.Core.Tests.Strategies.Signals;

public sealed class SignalHistoryTests
{
    [Theory]
    [InlineData("1m", 0)]
    [InlineData("1m", 15)]
    [InlineData("3m", 0)]
    [InlineData("3m", 15)]
    public void Candles_that_come_one_by_one_say_what_they_say_all_at_once(string timeframe, int holes)
    {
        var options = new SignalOptions { Name = "sma-cross", Size = 1000m, StopLossAtr = 2m, TakeProfitPercent = 4m, Timeframe = Interval.Parse(timeframe) };
        for (var seed = 0; seed < 20; seed++)
        {
            var candles = RandomCandles.Make(seed, 300, holes, firstMinute: seed % 3);
            var whole = Said(new SignalStrategy(options, new SmaCross(2, 5), hedgeMode: false), candles, candles.Count);
            var live = new SignalStrategy(options, new SmaCross(2, 5), hedgeMode: false);
            for (var count = 1 + (seed % 40); count <= candles.Count; count++)
            {
                Said(live, candles, count).AsSpan().SequenceEqual(whole.AsSpan(0, count)).ShouldBeTrue($"seed {seed}, {count} candles");
            }
        }
    }

    private static byte[] Said(SignalStrategy strategy, CandleSeries candles, int count)
    {
        LaneColumns columns = strategy.Prepare(0, First(candles, count), GridSome.Units())!;
        return columns.Wakes[0][..count];
    }

    private static CandleSeries First(CandleSeries candles, int count) => new()
    {
        Instrument = candles.Instrument,
        Interval = candles.Interval,
        StartTime = candles.StartTime,
        PriceDecimals = candles.PriceDecimals,
        Open = candles.Open[..count],
        High = candles.High[..count],
        Low = candles.Low[..count],
        Close = candles.Close[..count],
    };
}
