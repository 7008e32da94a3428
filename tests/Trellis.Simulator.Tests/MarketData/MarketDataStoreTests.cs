using Trellis.Core.Matching.Events;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;
using Trellis.Simulator.Exchange;
using Trellis.Simulator.MarketData;

namespace Trellis.Simulator.Tests.MarketData;

public sealed class MarketDataStoreTests
{
    private const long Minute = 60_000;
    private const long Day = 1_440 * Minute;
    private static readonly long Start = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero).ToUnixTimeMilliseconds();

    [Fact]
    public void The_day_ticker_is_what_a_naive_look_at_the_last_day_says()
    {
        var store = new MarketDataStore();
        var trades = new RandomTrades(1, Start, longestGap: 400_000);
        for (var i = 0; i < 2_000; i++)
        {
            trades.Next(store);
            if (i % 7 != 0 || trades.All.Count == 0)
            {
                continue;
            }

            var open = (trades.Now / Minute * Minute) - Day;
            var day = trades.All.Where(trade => trade.Time >= open).ToList();
            var last = trades.All[^1];
            store.Ticker(0).ShouldBe(new DayTicker(
                0,
                day[0].Price,
                day.Max(trade => trade.Price),
                day.Min(trade => trade.Price),
                last.Price,
                last.Quantity,
                day.Sum(trade => trade.Quantity),
                day.Sum(trade => trade.Price * trade.Quantity),
                open,
                trades.Now,
                day[0].TradeId,
                last.TradeId,
                day.Count));
        }
    }

    [Fact]
    public void A_day_without_a_trade_stands_at_the_last_price()
    {
        var store = new MarketDataStore();
        store.Observe(new(Start, [new Traded(Start, 0, 1, 50m, 2m, Side.Sell)], []));
        store.Observe(new(Start + (2 * Day), [], []));

        var ticker = store.Ticker(0);

        (ticker.Open, ticker.High, ticker.Low, ticker.Last, ticker.Volume, ticker.Trades).ShouldBe((50m, 50m, 50m, 50m, 0m, 0));
    }

    [Fact]
    public void Trades_of_one_command_at_one_price_and_side_are_put_together()
    {
        var store = new MarketDataStore();
        store.Observe(new(Start, [Trade(1, 50m, Side.Buy), Trade(2, 50m, Side.Buy), Trade(3, 51m, Side.Buy), Trade(4, 51m, Side.Sell)], []));
        store.Observe(new(Start, [Trade(5, 51m, Side.Sell)], []));

        store.AggregateTrades(0, null, null, null, 10)
            .Select(trade => (trade.Id, trade.Price, trade.Quantity, trade.FirstTradeId, trade.LastTradeId, trade.Aggressor))
            .ShouldBe([(1L, 50m, 2m, 1L, 2L, Side.Buy), (2L, 51m, 1m, 3L, 3L, Side.Buy), (3L, 51m, 1m, 4L, 4L, Side.Sell), (4L, 51m, 1m, 5L, 5L, Side.Sell)]);
    }

    [Fact]
    public void Trades_are_found_from_an_id_from_a_time_or_as_the_last_ones()
    {
        var store = new MarketDataStore();
        for (var id = 1; id <= 100; id++)
        {
            store.Observe(new(Start + id, [new Traded(Start + id, 0, id, id, 1m, Side.Buy)], []));
        }

        store.Trades(0, null, 3).Select(trade => trade.Id).ShouldBe([98L, 99L, 100L]);
        store.Trades(0, 10, 3).Select(trade => trade.Id).ShouldBe([10L, 11L, 12L]);
        store.AggregateTrades(0, 99, null, null, 5).Select(trade => trade.Id).ShouldBe([99L, 100L]);
        store.AggregateTrades(0, null, Start + 40, Start + 41, 5).Select(trade => trade.Id).ShouldBe([40L, 41L]);
        store.AggregateTrades(0, null, null, Start + 41, 2).Select(trade => trade.Id).ShouldBe([40L, 41L]);
    }

    [Fact]
    public void Only_the_last_ten_thousand_trades_stay()
    {
        var store = new MarketDataStore();
        store.Observe(new(Start, [.. Enumerable.Range(1, 25_000).Select(id => new Traded(Start, 0, id, id, 1m, Side.Buy))], []));

        store.Trades(0, 1, int.MaxValue).Select(trade => trade.Id).ShouldBe(Enumerable.Range(15_001, 10_000).Select(id => (long)id));
    }

    [Fact]
    public void The_mirrored_book_is_a_naive_book()
    {
        var store = new MarketDataStore();
        var random = new DeterministicRandom(3);
        var naive = new Dictionary<(Side Side, decimal Price), decimal>();
        for (var update = 1; update <= 5_000; update++)
        {
            var side = random.NextBits() % 2 == 0 ? Side.Buy : Side.Sell;
            var price = 100m + (side.Sign() * -1 * (decimal)(1 + (random.NextBits() % 60)) / 10m);
            var quantity = random.NextBits() % 3 == 0 ? 0m : random.NextBits() % 100;
            naive[(side, price)] = quantity;
            store.Observe(new(Start + update, [], [new LevelChange(0, side, price, quantity, update, Start + update)]));
            if (update % 50 != 0)
            {
                continue;
            }

            var depth = store.Depth(0, 20);
            depth.Bids.Select(level => (level.Price, level.Quantity)).ShouldBe(Naive(Side.Buy));
            depth.Asks.Select(level => (level.Price, level.Quantity)).ShouldBe(Naive(Side.Sell));
            (depth.UpdateId, depth.Time).ShouldBe((update, Start + update));
            var best = store.BestQuote(0);
            (best.BidPrice, best.AskPrice, best.UpdateId).ShouldBe((depth.Bids[0].Price, depth.Asks[0].Price, update));
        }

        IEnumerable<(decimal Price, decimal Quantity)> Naive(Side side) => naive
            .Where(level => level.Key.Side == side && level.Value > 0)
            .OrderBy(level => -side.Sign() * level.Key.Price)
            .Select(level => (level.Key.Price, level.Value))
            .Take(20);
    }

    [Fact]
    public void Mark_prices_and_fundings_are_shown()
    {
        var store = new MarketDataStore();
        store.SetFunding(1, 0.0003m, Start + 99);
        store.Observe(new(Start, [new MarkPriceChanged(Start, 1, 60m, 61m)], []));
        for (var i = 0; i < 5; i++)
        {
            store.Observe(new(Start + i, [new FundingSettled(Start + i, 1, i, 60m)], []));
        }

        store.Mark(1).ShouldBe(new MarkView(1, 60m, 61m, 0.0003m, Start + 99, Start));
        store.Fundings(1, null, null, 2).Select(funding => funding.Rate).ShouldBe([3m, 4m]);
        store.Fundings(1, Start + 1, Start + 3, 2).Select(funding => funding.Rate).ShouldBe([1m, 2m]);
    }

    [Fact]
    public void An_instrument_on_which_nothing_has_happened_is_empty()
    {
        var store = new MarketDataStore();

        store.Klines(3, KlineInterval.OneDay, null, null, 10).ShouldBeEmpty();
        store.Ticker(3).ShouldBe(store.Ticker(3) with { Last = 0, Open = 0, Volume = 0 });
        store.BestQuote(3).ShouldBe(new BestQuote(3, 0, 0, 0, 0, 0, 0));
    }

    [Fact]
    public void What_was_captured_comes_back_and_goes_on_alike()
    {
        var (one, other) = (new MarketDataStore(), new MarketDataStore());
        var trades = new RandomTrades(5, Start, longestGap: 700_000);
        for (var i = 0; i < 600; i++)
        {
            trades.Next(one);
        }

        one.Observe(new(trades.Now, [new MarkPriceChanged(trades.Now, 0, 5m, 6m), new FundingSettled(trades.Now, 0, 0.1m, 5m)], [new LevelChange(0, Side.Buy, 4m, 1m, 7, trades.Now), new LevelChange(0, Side.Sell, 6m, 2m, 8, trades.Now)]));
        one.SetFunding(0, 0.01m, trades.Now + 1);

        other.Restore(one.Capture());

        Equal(one, other);
        var next = new EventBatch(trades.Now + (3 * Minute), [new Traded(trades.Now + (3 * Minute), 0, 1_000_000, 1m, 1m, Side.Buy)], [new LevelChange(0, Side.Buy, 4m, 0m, 9, trades.Now)]);
        one.Observe(next);
        other.Observe(next);
        Equal(one, other);
    }

    private static void Equal(MarketDataStore one, MarketDataStore other)
    {
        foreach (var interval in KlineIntervals.All)
        {
            other.Klines(0, interval, null, null, int.MaxValue).ShouldBe(one.Klines(0, interval, null, null, int.MaxValue));
        }

        other.Trades(0, null, int.MaxValue).ShouldBe(one.Trades(0, null, int.MaxValue));
        other.AggregateTrades(0, null, null, null, int.MaxValue).ShouldBe(one.AggregateTrades(0, null, null, null, int.MaxValue));
        other.Fundings(0, null, null, int.MaxValue).ShouldBe(one.Fundings(0, null, null, int.MaxValue));
        other.Ticker(0).ShouldBe(one.Ticker(0));
        other.Mark(0).ShouldBe(one.Mark(0));
        other.BestQuote(0).ShouldBe(one.BestQuote(0));
        other.Depth(0, 9).Bids.ShouldBe(one.Depth(0, 9).Bids);
        other.Time.ShouldBe(one.Time);
    }

    private static Traded Trade(long id, decimal price, Side aggressor) => new(Start, 0, id, price, 1m, aggressor);
}
