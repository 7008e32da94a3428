using Trellis.Core.Markets;
using Trellis.Simulator.Markets.Feeds;

namespace Trellis.Simulator.Tests.Markets.Feeds;

public sealed class GeneratedFeedTests
{
    private const long Chunk = 8_640;

    [Fact]
    public void Equal_seeds_give_equal_candles_and_other_seeds_and_symbols_give_others()
    {
        Closes(Feed("BTCUSDT", 1)).ShouldBe(Closes(Feed("BTCUSDT", 1)));
        Closes(Feed("BTCUSDT", 2)).ShouldNotBe(Closes(Feed("BTCUSDT", 1)));
        Closes(Feed("LTCUSDT", 1)).ShouldNotBe(Closes(Feed("BTCUSDT", 1)));
    }

    [Fact]
    public void Candles_go_on_from_chunk_to_chunk_without_a_jump_and_come_again_when_looked_back_at()
    {
        var feed = Feed("BTCUSDT", 3);
        var first = feed.CandleAt(17);
        var last = feed.CandleAt(Chunk - 1)!.Value;

        feed.CandleAt(Chunk)!.Value.Open.ShouldBe(last.Close, last.Close * 0.001m);
        feed.CandleAt(2 * Chunk).ShouldNotBeNull();
        feed.CandleAt(17).ShouldBe(first);
    }

    [Fact]
    public void Moves_lie_on_the_tick_and_trade_whole_lots()
    {
        var moves = new List<MarketMove>();
        Feed("BTCUSDT", 4).MovesIn(100, 60, moves);

        moves.Count.ShouldBe(60);
        moves.ShouldAllBe(move => move.Price % 0.1m == 0 && move.Volume % 0.001m == 0 && move.Price > 0);
        moves.Sum(move => move.Volume).ShouldBeGreaterThan(0);
    }

    private static List<decimal> Closes(GeneratedFeed feed) => [.. Enumerable.Range(0, 50).Select(i => feed.CandleAt(i)!.Value.Close)];

    private static GeneratedFeed Feed(string symbol, long seed) =>
        new(new InstrumentId("binance", MarketKind.Perp, symbol), Interval.OneMinute, 65_000m, new PriceGrid(0.1m, 0.001m), seed);
}
