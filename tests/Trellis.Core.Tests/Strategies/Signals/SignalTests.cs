using Trellis.Core.Indicators;
using Trellis.Core.Markets;
using Trellis.Core.Strategies.Signals;
using Trellis.Core.Tests.Indicators;

namespace Trellis.Core.Tests.Strategies.Signals;

public sealed class SignalTests
{
    [Theory]
    [InlineData("98 100 102 104 103 101 99 98 100 103", 2, 3, "00000-000+")]
    [InlineData("100 99 98 101 102", 2, 3, "000+0")]
    [InlineData("100 100 100 100 100", 1, 2, "00000")]
    [InlineData("100 102 102 102 101 101 103", 1, 2, "0000-0+")]
    [InlineData("100 102 102 104", 1, 2, "0000")]
    [InlineData("100 102", 1, 3, "00")]
    public void Averages_cross_where_the_higher_one_changes(string closes, int fast, int slow, string expected)
    {
        var bars = Bars(closes);

        Text(Column(new SmaCross(fast, slow), bars)).ShouldBe(expected);
    }

    [Fact]
    public void The_column_of_crosses_is_that_of_their_stream()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var candles = RandomCandles.Make(seed, random.Next(1, 400), holes: random.Next(2) * 15);
            var bars = BarSeries.Of(candles, Interval.Parse(random.Next(2) == 0 ? "1m" : "3m"));
            var fast = random.Next(1, 12);
            var signal = new SmaCross(fast, fast + random.Next(1, 20));

            Column(signal, bars).ShouldBe(Stream(signal, bars), $"seed {seed}");
        }
    }

    [Fact]
    public void The_strength_index_speaks_when_it_leaves_its_extremes() =>
        Text(Column(new RsiReversal(2, 30, 70), Bars("100 99 98 97 98 99 101 103 102 100 98 97 99"))).ShouldBe("0000+000-000+");

    [Fact]
    public void A_breakout_is_a_close_beyond_the_extremes_of_the_bars_before() =>
        Text(Column(new Breakout(2), Bars("100 101 103 104 104 102 99 100"))).ShouldBe("00++0--0");

    private static BarSeries Bars(string closes)
    {
        var prices = closes.Split(' ').Select(int.Parse).ToArray();
        return BarSeries.Of(
            new CandleSeries
            {
                Instrument = new InstrumentId("example", MarketKind.Perp, "BTCUSDT"),
                Interval = Interval.OneMinute,
                StartTime = 0,
                PriceDecimals = 0,
                Open = prices,
                High = prices,
                Low = prices,
                Close = prices,
            },
            Interval.OneMinute);
    }

    private static sbyte[] Column<T>(T signal, BarSeries bars)
        where T : ISignal
    {
        var directions = new sbyte[bars.Count];
        signal.Fill(bars, directions);
        return directions;
    }

    private static sbyte[] Stream<T>(T signal, BarSeries bars)
        where T : ISignal
    {
        var follower = signal.Start(bars.PriceDecimals);
        return [.. Enumerable.Range(0, bars.Count).Select(bar => (sbyte)follower.Update(bars[bar]))];
    }

    private static string Text(sbyte[] directions) => string.Concat(directions.Select(direction => direction switch { > 0 => '+', < 0 => '-', _ => '0' }));
}
