using Trellis.Core.Numerics;
using Trellis.Simulator.MarketData;

namespace Trellis.Simulator.Tests.MarketData;

public sealed class KlineTests
{
    private static readonly long Start = new DateTimeOffset(2026, 1, 29, 22, 17, 41, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public static TheoryData<KlineInterval> Intervals => [.. KlineIntervals.All];

    [Theory]
    [MemberData(nameof(Intervals))]
    public void Candles_are_what_a_naive_look_at_every_trade_says(KlineInterval interval)
    {
        var store = new MarketDataStore();
        var isShort = interval <= KlineInterval.TwoHours;
        var trades = new RandomTrades(7, Start, longestGap: isShort ? 200_000 : 9_000_000);
        for (var i = 1; i <= 1_200; i++)
        {
            trades.Next(store);
            if (i % 300 == 0)
            {
                store.Klines(0, interval, 0, null, int.MaxValue).ShouldBe(Kept(trades.Naive(interval), interval));
            }
        }

        trades.All.Count.ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public void A_request_gets_the_first_candles_from_a_time_on_or_the_last_ones()
    {
        var store = new MarketDataStore();
        var trades = new RandomTrades(8, Start, longestGap: 90_000);
        for (var i = 0; i < 400; i++)
        {
            trades.Next(store);
        }

        var all = trades.Naive(KlineInterval.FiveMinutes);
        var random = new DeterministicRandom(9);
        for (var round = 0; round < 500; round++)
        {
            var from = Pick();
            var to = Pick();
            var limit = 1 + (int)(random.NextBits() % 50);
            var within = all.Where(kline => (from is null || kline.OpenTime >= from) && (to is null || kline.OpenTime <= to)).ToList();
            store.Klines(0, KlineInterval.FiveMinutes, from, to, limit).ShouldBe(from is null ? within.TakeLast(limit) : within.Take(limit));
        }

        long? Pick() => (random.NextBits() % 4) switch
        {
            0 => null,
            1 => all[(int)(random.NextBits() % (ulong)all.Count)].OpenTime,
            _ => all[0].OpenTime - 1_000_000 + (long)(random.NextBits() % (ulong)(trades.Now - all[0].OpenTime + 2_000_000)),
        };
    }

    [Fact]
    public void A_candle_without_a_trade_stands_at_the_close_before_it()
    {
        var store = new MarketDataStore();
        var trades = new RandomTrades(10, Start, longestGap: 10);
        while (trades.All.Count == 0)
        {
            trades.Next(store);
        }

        var last = trades.All[^1];
        trades.Pass(5 * 60_000);
        store.Observe(new(trades.Now, [], []));

        var klines = store.Klines(0, KlineInterval.OneMinute, null, null, 10);
        klines.Count.ShouldBe(6);
        klines[3].ShouldBe(klines[3] with { Open = last.Price, High = last.Price, Low = last.Price, Close = last.Price, Volume = 0, Trades = 0, FirstTradeId = -1, LastTradeId = -1, IsClosed = true });
        klines[^1].IsClosed.ShouldBeFalse();
    }

    [Fact]
    public void A_past_that_is_handed_in_goes_on_where_it_ends()
    {
        var store = new MarketDataStore();
        var open = KlineIntervals.OpenOf(KlineInterval.OneHour, Start);
        store.Seed(0, [.. Enumerable.Range(0, 90).Select(minute => Minute(open + (minute * 60_000L), 100m + minute))]);

        store.Observe(new(open + (92 * 60_000), [new Core.Matching.Events.Traded(open + (92 * 60_000), 0, 1, 500m, 2m, Core.Orders.Side.Buy)], []));

        var hours = store.Klines(0, KlineInterval.OneHour, null, null, 10);
        hours.Count.ShouldBe(2);
        (hours[0].Open, hours[0].Close, hours[0].High, hours[0].Volume, hours[0].IsClosed).ShouldBe((100m, 159.5m, 160m, 60m, true));
        (hours[1].Open, hours[1].Close, hours[1].High, hours[1].Volume, hours[1].IsClosed).ShouldBe((160m, 500m, 500m, 32m, false));
        store.Klines(0, KlineInterval.OneMinute, null, null, 3).Select(kline => (kline.Open, kline.Volume)).ShouldBe([(189.5m, 0m), (189.5m, 0m), (500m, 2m)]);
        store.Ticker(0).Volume.ShouldBe(92m);
    }

    [Fact]
    public void Memory_is_bounded_to_a_week_of_minutes_and_1500_of_the_rest()
    {
        var store = new MarketDataStore();
        store.Seed(0, [.. Enumerable.Range(0, 12_000).Select(minute => Minute(minute * 60_000L, 1m))]);

        store.Klines(0, KlineInterval.OneMinute, null, null, int.MaxValue).Count.ShouldBe(10_080 + 2);
        store.Klines(0, KlineInterval.ThreeMinutes, null, null, int.MaxValue).Count.ShouldBe(1_500 + 2);
    }

    private static Kline Minute(long open, decimal price) =>
        new(open, open + 59_999, price, price + 1m, price - 1m, price + 0.5m, 1m, price, 3, 0.5m, price / 2, -1, -1, true);

    private static IEnumerable<Kline> Kept(List<Kline> klines, KlineInterval interval) => klines.TakeLast((interval == KlineInterval.OneMinute ? 10_080 : 1_500) + 2);
}
