using Trellis.Core.Markets;
using static Trellis.Exchanges.Tests.Binance.SimulatedBinance;

namespace Trellis.Exchanges.Tests.Binance;

/// <summary>Quotes and closed candles, and what happens when they stop.</summary>
public sealed class MarketStreamTests
{
    private static readonly TimeSpan ShortSilence = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Quotes_and_closed_candles_flow()
    {
        await using var binance = await StartAsync();
        var market = await WatchAsync(binance);

        await binance.MoveAsync(binance.Above(0.5m));
        await Wait.UntilAsync(() => market.Quotes.Any(quote => quote.Instrument == Bitcoin && Math.Abs(quote.Bid - binance.Above(0.5m)) < 1m), "the new price is told");
        await binance.ControlAsync(HttpMethod.Post, "/sim/step", new { candles = 3 });
        await Wait.UntilAsync(() => CandlesOf(market, Bitcoin).Count == 3 && CandlesOf(market, Ether).Count == 3, "three candles are told");

        market.Quotes.ShouldAllBe(quote => quote.Bid < quote.Ask);
        ShouldFollowOneAnother(CandlesOf(market, Bitcoin));
        CandlesOf(market, Bitcoin).ShouldBe(await LastAsync(binance, 3));
        binance.Adapter.Health.MarketStreamUp.ShouldBeTrue();
    }

    [Fact]
    public async Task Candles_that_closed_while_the_stream_was_down_are_told_once_and_in_order()
    {
        await using var binance = await StartAsync();
        var market = await WatchAsync(binance);
        await binance.ControlAsync(HttpMethod.Post, "/sim/step", new { candles = 2 });
        await Wait.UntilAsync(() => CandlesOf(market, Bitcoin).Count == 2, "two candles are told");

        await binance.FaultAsync(new { kind = "drop-message", match = new { stream = "*@kline_1m" } });
        await binance.ControlAsync(HttpMethod.Post, "/sim/step", new { candles = 4 });
        await binance.MendAsync();
        await binance.ControlAsync(HttpMethod.Post, "/sim/streams/close", new { streams = "all" });
        await NudgeUntilAsync(binance, () => market.Restorations == 2, "the streams are back");
        await binance.ControlAsync(HttpMethod.Post, "/sim/step", new { candles = 2 });
        await Wait.UntilAsync(() => CandlesOf(market, Bitcoin).Count >= 8, "all candles are told");

        ShouldFollowOneAnother(CandlesOf(market, Bitcoin));
        CandlesOf(market, Bitcoin).ShouldBe(await LastAsync(binance, 8));
        market.Losses.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_candle_that_the_stream_left_out_is_fetched_before_later_ones_are_told()
    {
        await using var binance = await StartAsync();
        var market = await WatchAsync(binance);
        await binance.ControlAsync(HttpMethod.Post, "/sim/step", new { candles = 1 });
        await Wait.UntilAsync(() => CandlesOf(market, Bitcoin).Count == 1, "a candle is told");

        await binance.FaultAsync(new { kind = "drop-message", match = new { stream = "*@kline_1m" } });
        await binance.ControlAsync(HttpMethod.Post, "/sim/step", new { candles = 2 });
        await binance.MendAsync();
        await binance.ControlAsync(HttpMethod.Post, "/sim/step", new { candles = 1 });
        await Wait.UntilAsync(() => CandlesOf(market, Bitcoin).Count == 4, "all candles are told");

        CandlesOf(market, Bitcoin).ShouldBe(await LastAsync(binance, 4));
        market.Losses.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_silent_stream_is_lost_and_polling_tells_prices_until_it_is_back()
    {
        await using var binance = await StartAsync(change: options => options with { SilenceLimit = ShortSilence });
        var market = await WatchAsync(binance);

        await binance.FaultAsync(new { kind = "silent-streams", streams = "market" });
        await Wait.UntilAsync(() => !market.Losses.IsEmpty, "the silence is told");
        await binance.MoveAsync(binance.Above(1));
        await Wait.UntilAsync(() => market.Quotes.Any(quote => Math.Abs(quote.Bid - binance.Above(1)) < 1m), "polling tells the price");
        market.Losses.First().ShouldContain("nothing came for");
        var restored = market.Restorations;
        await binance.MendAsync();

        await NudgeUntilAsync(binance, () => market.Restorations > restored, "the streams are back");
    }

    [Fact]
    public async Task Where_polling_was_asked_for_there_are_no_connections()
    {
        await using var binance = await StartAsync();
        var adapter = binance.Create(options => options with { PollOnly = true });
        await adapter.ConnectAsync(Cancelled);
        var market = binance.Watch(adapter);
        await Wait.UntilAsync(() => market.Restorations == 1 && !market.Quotes.IsEmpty, "polling flows");
        await binance.ControlAsync(HttpMethod.Post, "/sim/step", new { candles = 1 });
        await binance.MoveAsync(binance.Above(1));

        await Wait.UntilAsync(() => market.Quotes.Any(quote => Math.Abs(quote.Bid - binance.Above(1)) < 1m), "polling tells the price");
        await Wait.UntilAsync(() => CandlesOf(market, Bitcoin).Count == 1, "polling tells the candle");
    }

    /// <summary>The streams flow once each connection has told something, and the market stands still unless it is nudged.</summary>
    private static async Task<MarketRecord> WatchAsync(SimulatedBinance binance)
    {
        var market = binance.Watch();
        await NudgeUntilAsync(binance, () => market.Restorations > 0, "the streams flow");
        return market;
    }

    private static async Task NudgeUntilAsync(SimulatedBinance binance, Func<bool> condition, string what)
    {
        var nudge = 0;
        var nudging = Task.Run(async () =>
        {
            while (!condition())
            {
                await binance.MoveAsync(binance.Above(0.01m * (++nudge % 5)));
                await Task.Delay(50, Cancelled);
            }
        });
        await Wait.UntilAsync(condition, what);
        await nudging;
    }

    private static List<Candle> CandlesOf(MarketRecord market, InstrumentId instrument) =>
        [.. market.Candles.Where(told => told.Instrument == instrument).Select(told => told.Candle)];

    private static void ShouldFollowOneAnother(List<Candle> candles)
    {
        for (var i = 1; i < candles.Count; i++)
        {
            candles[i].OpenTime.ShouldBe(candles[i - 1].OpenTime + 60_000);
        }
    }

    private static async Task<List<Candle>> LastAsync(SimulatedBinance binance, int count)
    {
        var from = TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeMilliseconds();
        var all = await binance.Adapter.MarketData.GetCandlesAsync(Bitcoin, Interval.OneMinute, from, 200, Cancelled);
        return [.. all.TakeLast(count)];
    }
}
