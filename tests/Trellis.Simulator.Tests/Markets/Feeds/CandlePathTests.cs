using Trellis.Core.Markets;
using Trellis.Simulator.Markets.Feeds;

namespace Trellis.Simulator.Tests.Markets.Feeds;

public sealed class CandlePathTests
{
    private static readonly PriceGrid Grid = new(0.1m, 0.001m);

    [Theory]
    [InlineData(100, 103, 98, 101, new[] { 100, 98, 103, 101 })]
    [InlineData(100, 102, 97, 101, new[] { 100, 102, 97, 101 })]
    [InlineData(100, 102, 98, 101, new[] { 100, 98, 102, 101 })]
    [InlineData(100, 100, 98, 99, new[] { 100, 100, 98, 99 })]
    public void The_nearer_extreme_comes_first_and_the_low_where_both_are_equally_near(int open, int high, int low, int close, int[] path)
    {
        Walk(new Candle(0, open, high, low, close, 1m), 4).Select(move => (int)move.Price).ShouldBe(path);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(240)]
    [InlineData(1_200)]
    public void What_trades_along_the_path_is_the_candle_again(int steps)
    {
        foreach (var candle in Candles.Random(steps, 500))
        {
            var traded = Walk(candle, steps).Where(move => move.Volume > 0).ToList();

            traded[0].Price.ShouldBe(candle.Open);
            traded.Max(move => move.Price).ShouldBe(candle.High);
            traded.Min(move => move.Price).ShouldBe(candle.Low);
            traded[^1].Price.ShouldBe(candle.Close);
            traded.Sum(move => move.Volume).ShouldBe(candle.Volume);
        }
    }

    [Fact]
    public void Moves_are_evenly_spread_within_the_candle_and_turn_only_at_the_extremes()
    {
        var moves = Walk(new Candle(0, 100, 110, 95, 105, 12m), 60);

        moves.Select(move => move.Offset).ShouldBe(Enumerable.Range(0, 60).Select(step => step * 1_000L));
        var turns = Enumerable.Range(1, 58).Count(i => (moves[i].Price - moves[i - 1].Price) * (moves[i + 1].Price - moves[i].Price) < 0);
        turns.ShouldBe(2);
    }

    [Fact]
    public void A_candle_without_volume_whose_prices_differ_trades_one_lot_at_each_of_them()
    {
        var path = new CandlePath(new Candle(0, 100, 102, 99, 101, 0), 0, Grid, 60_000);

        path.Candle.Volume.ShouldBe(0.004m);
    }

    [Fact]
    public void A_candle_without_volume_and_with_one_price_trades_nothing()
    {
        Walk(new Candle(0, 100, 100, 100, 100, 0), 8).ShouldAllBe(move => move.Volume == 0 && move.Price == 100);
    }

    [Fact]
    public void Prices_come_to_the_nearest_tick_and_volume_to_whole_lots()
    {
        var path = Grid.Walk(new Candle(0, 100.04m, 100.26m, 99.95m, 100.15m, 1.2349m), 60_000);

        path.Candle.ShouldBe(new Candle(0, 100.0m, 100.3m, 100.0m, 100.2m, 1.234m));
    }

    private static List<MarketMove> Walk(in Candle candle, int steps)
    {
        var moves = new List<MarketMove>();
        Grid.Walk(candle, 60_000).Write(steps, moves);
        return moves;
    }
}
