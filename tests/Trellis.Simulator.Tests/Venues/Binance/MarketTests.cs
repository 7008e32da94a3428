using System.Globalization;
using System.Text.Json;

namespace Trellis.Simulator.Tests.Venues.Binance;

public sealed class MarketTests
{
    [Fact]
    public async Task The_book_is_sorted_and_its_best_quote_is_the_tickers()
    {
        await using var host = await BinanceHost.StartAsync();
        var depth = (await host.Trader.GetAsync("/fapi/v1/depth", "symbol=BTCUSDT", "limit=20")).Done().Json;
        var bids = Prices(depth.GetProperty("bids"));
        var asks = Prices(depth.GetProperty("asks"));

        bids.ShouldBe(bids.OrderDescending());
        asks.ShouldBe(asks.Order());
        bids[0].ShouldBeLessThan(asks[0]);
        (bids.Count, asks.Count).ShouldBe((20, 20));
        var quote = (await host.Trader.GetAsync("/fapi/v1/ticker/bookTicker", "symbol=BTCUSDT")).Done();
        (quote.Number("bidPrice"), quote.Number("askPrice"), quote["lastUpdateId"]).ShouldBe((bids[0], asks[0], depth.GetProperty("lastUpdateId").GetRawText()));
        depth.GetProperty("bids")[0][0].GetString()!.Split('.')[1].Length.ShouldBe(2);
        depth.GetProperty("bids")[0][1].GetString()!.Split('.')[1].Length.ShouldBe(3);
    }

    [Fact]
    public async Task The_day_is_reckoned_from_its_open()
    {
        await using var host = await BinanceHost.StartAsync();
        await host.MoveAsync(0, 51_000m);
        var day = (await host.Trader.GetAsync("/fapi/v1/ticker/24hr", "symbol=BTCUSDT")).Done();

        day.Number("openPrice").ShouldBe(BinanceHost.BitcoinPrice);
        day.Number("highPrice").ShouldBeGreaterThanOrEqualTo(day.Number("lastPrice"));
        day.Number("priceChange").ShouldBe(day.Number("lastPrice") - day.Number("openPrice"));
        day.Number("priceChangePercent").ShouldBe(2m, 0.05m);
        day.Number("weightedAvgPrice").ShouldBeInRange(BinanceHost.BitcoinPrice, day.Number("highPrice"));
        (await host.Trader.GetAsync("/fapi/v2/ticker/price", "symbol=BTCUSDT")).Done().Number("price").ShouldBe(day.Number("lastPrice"));
    }

    [Fact]
    public async Task Mark_and_index_price_have_candles_of_their_own()
    {
        await using var host = await BinanceHost.StartAsync();
        await host.MoveAsync(0, 50_500m);
        await host.ApplyAsync(time => new Trellis.Core.Matching.Commands.SetMarkPrice(time, 0, 50_400m, 50_300m));
        await host.QuietAsync();

        (await host.Trader.GetAsync("/fapi/v1/premiumIndex", "symbol=BTCUSDT")).Done()["markPrice"].ShouldBe("50400.00000000");
        (await LastAsync(host, "/fapi/v1/markPriceKlines", "symbol=BTCUSDT")).ShouldBe(("50500.00000000", "50400.00000000", "0"));
        (await LastAsync(host, "/fapi/v1/indexPriceKlines", "pair=BTCUSDT")).ShouldBe(("50500.00000000", "50300.00000000", "0"));
        (await LastAsync(host, "/fapi/v1/klines", "symbol=BTCUSDT")).Volume.ShouldNotBe("0", StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("interval=2m", -1120)]
    [InlineData("", -1102)]
    [InlineData("interval=1m&limit=1501", -1130)]
    [InlineData("interval=1m&limit=0", -1130)]
    [InlineData("interval=1m&startTime=5&endTime=4", -1023)]
    public async Task Candles_that_nobody_has_are_refused(string parameters, int code)
    {
        await using var host = await BinanceHost.StartAsync();
        (await host.Trader.GetAsync("/fapi/v1/klines", "symbol=BTCUSDT", parameters)).ShouldBeRefused(400, code);
    }

    [Theory]
    [InlineData("pair=BTCUSDT&contractType=CURRENT_QUARTER", -1020)]
    [InlineData("pair=BTCUSDT&contractType=FOREVER", -4104)]
    [InlineData("pair=NOPE&contractType=PERPETUAL", -4144)]
    public async Task Only_perpetuals_are_listed(string parameters, int code)
    {
        await using var host = await BinanceHost.StartAsync();
        (await host.Trader.GetAsync("/fapi/v1/continuousKlines", "interval=1m", parameters)).ShouldBeRefused(400, code);
    }

    [Fact]
    public async Task Candles_begin_where_they_are_asked_to()
    {
        await using var host = await BinanceHost.StartAsync();
        const long Minute = 60_000;
        var from = (host.Time.Milliseconds / Minute * Minute) - (10 * Minute);
        var klines = (await host.Trader.GetAsync("/fapi/v1/klines", "symbol=BTCUSDT", "interval=1m", $"startTime={from}", "limit=3")).Done().Json;
        klines.EnumerateArray().Select(kline => kline[0].GetInt64()).ShouldBe([from, from + Minute, from + (2 * Minute)]);
    }

    [Fact]
    public async Task Open_interest_is_what_is_held_long()
    {
        await using var host = await BinanceHost.StartAsync();
        (await InterestAsync(host)).ShouldBe(0m);
        (await host.Trader.MarketOrderAsync("side=SELL")).Done();
        (await host.Client("other").MarketOrderAsync("quantity=0.3")).Done();
        (await InterestAsync(host)).ShouldBeGreaterThanOrEqualTo(0.3m);
    }

    [Fact]
    public async Task An_account_tells_what_its_orders_may_become()
    {
        await using var host = await BinanceHost.StartAsync();
        (await host.Trader.OrderAsync()).Done();
        (await host.Trader.OrderAsync("side=SELL", "price=51000", "quantity=0.2")).Done();
        var position = (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v3/positionRisk", "symbol=BTCUSDT")).Done().Json[0];

        position.GetProperty("bidNotional").GetString().ShouldBe("4900.00000000");
        position.GetProperty("askNotional").GetString().ShouldBe("10200.00000000");
        var account = (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v3/account")).Done();
        account.Number("totalOpenOrderInitialMargin").ShouldBeGreaterThan(0m);
        account.Number("availableBalance").ShouldBe(account.Number("totalMarginBalance") - account.Number("totalInitialMargin"));
        var balance = (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v3/balance")).Done().Json[0];
        (balance.GetProperty("asset").GetString(), balance.GetProperty("balance").GetString()).ShouldBe(("USDT", "100000.00000000"));
    }

    private static List<decimal> Prices(JsonElement levels) =>
        [.. levels.EnumerateArray().Select(level => decimal.Parse(level[0].GetString()!, CultureInfo.InvariantCulture))];

    private static async Task<decimal> InterestAsync(BinanceHost host) => (await host.Trader.GetAsync("/fapi/v1/openInterest", "symbol=BTCUSDT")).Done().Number("openInterest");

    private static async Task<(string? High, string? Close, string? Volume)> LastAsync(BinanceHost host, string path, string symbol)
    {
        var klines = (await host.Trader.GetAsync(path, symbol, "interval=1m", "limit=5")).Done().Json;
        var last = klines[klines.GetArrayLength() - 1];
        return (last[2].GetString(), last[4].GetString(), last[5].GetString());
    }
}
