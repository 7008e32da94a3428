namespace Trellis.Simulator.Tests.Venues.Binance;

public sealed class LimitTests
{
    private const string Used = "X-MBX-USED-WEIGHT-1M";

    [Fact]
    public async Task Every_answer_says_what_the_minute_has_used()
    {
        await using var host = await BinanceHost.StartAsync();
        (await host.Trader.GetAsync("/fapi/v1/time")).Headers[Used].ShouldBe("1");
        (await host.Trader.GetAsync("/fapi/v1/depth", "symbol=BTCUSDT", "limit=1000")).Headers[Used].ShouldBe("21");
        (await host.Trader.GetAsync("/fapi/v1/nowhere")).Headers[Used].ShouldBe("22");
        host.Time.Advance(TimeSpan.FromMinutes(1));
        (await host.Trader.GetAsync("/fapi/v1/time")).Headers[Used].ShouldBe("1");
    }

    [Theory]
    [InlineData("/fapi/v1/depth", "symbol=BTCUSDT&limit=50", 2)]
    [InlineData("/fapi/v1/depth", "symbol=BTCUSDT&limit=100", 5)]
    [InlineData("/fapi/v1/depth", "symbol=BTCUSDT", 10)]
    [InlineData("/fapi/v1/klines", "symbol=BTCUSDT&interval=1m&limit=99", 1)]
    [InlineData("/fapi/v1/klines", "symbol=BTCUSDT&interval=1m&limit=499", 2)]
    [InlineData("/fapi/v1/klines", "symbol=BTCUSDT&interval=1m&limit=1000", 5)]
    [InlineData("/fapi/v1/klines", "symbol=BTCUSDT&interval=1m&limit=1500", 10)]
    [InlineData("/fapi/v1/ticker/24hr", "symbol=BTCUSDT", 1)]
    [InlineData("/fapi/v1/ticker/24hr", "", 40)]
    [InlineData("/fapi/v1/aggTrades", "symbol=BTCUSDT", 20)]
    [InlineData("/fapi/v1/premiumIndex", "symbol=BTCUSDT", 1)]
    public async Task A_request_weighs_what_it_asks_for(string path, string parameters, int weight)
    {
        await using var host = await BinanceHost.StartAsync();
        (await host.Trader.GetAsync(path, parameters)).Done().Headers[Used].ShouldBe($"{weight}");
    }

    [Fact]
    public async Task Too_much_is_refused_until_the_minute_is_over_and_bans_grow()
    {
        await using var host = await BinanceHost.StartAsync(faults: new SomeFaults { LimitFactor = 10.0 / 2400 });
        host.Time.Advance(TimeSpan.FromSeconds(60 - host.Time.GetUtcNow().Second));
        for (var i = 0; i < 10; i++)
        {
            (await host.Trader.GetAsync("/fapi/v1/time")).Done();
        }

        var refused = await host.Trader.GetAsync("/fapi/v1/time");
        refused.ShouldBeRefused(429, -1003);
        refused.Headers["Retry-After"].ShouldBe("60");
        host.Time.Advance(TimeSpan.FromMinutes(1));
        (await host.Trader.GetAsync("/fapi/v1/time")).Done();

        await BanAsync(host, 120);
        host.Time.Advance(TimeSpan.FromSeconds(119));
        (await host.Trader.GetAsync("/fapi/v1/time")).ShouldBeRefused(418, -1003);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        (await host.Trader.GetAsync("/fapi/v1/time")).Done();
        await BanAsync(host, 240);
    }

    [Fact]
    public async Task Orders_are_counted_per_account()
    {
        await using var host = await BinanceHost.StartAsync();
        var first = (await host.Trader.OrderAsync()).Done();
        (first.Headers["X-MBX-ORDER-COUNT-10S"], first.Headers["X-MBX-ORDER-COUNT-1M"]).ShouldBe(("1", "1"));
        (await host.Client("other").OrderAsync()).Done().Headers["X-MBX-ORDER-COUNT-1M"].ShouldBe("1");
        var orders = Uri.EscapeDataString("""[{"symbol":"NOPE"}]""");
        var batch = (await host.Trader.SignedAsync(HttpMethod.Post, "/fapi/v1/batchOrders", "batchOrders=" + orders)).Done();
        (batch.Headers["X-MBX-ORDER-COUNT-10S"], batch.Headers["X-MBX-ORDER-COUNT-1M"]).ShouldBe(("6", "2"));
        host.Time.Advance(TimeSpan.FromSeconds(10));
        (await host.Trader.SignedAsync(HttpMethod.Delete, "/fapi/v1/order", "symbol=BTCUSDT", $"orderId={first.OrderId}")).Done().Headers.ContainsKey("X-MBX-ORDER-COUNT-10S").ShouldBeFalse();
        var next = (await host.Trader.OrderAsync()).Done();
        (next.Headers["X-MBX-ORDER-COUNT-10S"], next.Headers["X-MBX-ORDER-COUNT-1M"]).ShouldBe(("1", "3"));
    }

    [Fact]
    public async Task An_order_that_is_too_many_is_not_placed()
    {
        await using var host = await BinanceHost.StartAsync(faults: new SomeFaults { LimitFactor = 1.0 / 300 });
        (await host.Trader.OrderAsync()).Done();
        var refused = await host.Trader.OrderAsync();
        refused.ShouldBeRefused(429, -1015);
        refused.Message.ShouldBe("Too many new orders; current limit is 1 orders per 10 SECOND.");
        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/openOrders", "symbol=BTCUSDT")).Done().Json.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task The_exchange_tells_the_limits_that_it_keeps()
    {
        var faults = new SomeFaults();
        await using var host = await BinanceHost.StartAsync(faults: faults);
        (await LimitsAsync(host)).ShouldBe([("REQUEST_WEIGHT", "MINUTE", 2400), ("ORDERS", "MINUTE", 1200), ("ORDERS", "SECOND", 300)]);
        faults.LimitFactor = 0.5;
        (await LimitsAsync(host)).ShouldBe([("REQUEST_WEIGHT", "MINUTE", 1200), ("ORDERS", "MINUTE", 600), ("ORDERS", "SECOND", 150)]);
        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/rateLimit/order")).Done().Json[0].GetProperty("limit").GetInt32().ShouldBe(150);
    }

    [Fact]
    public async Task Funding_has_a_limit_of_its_own()
    {
        await using var host = await BinanceHost.StartAsync();
        for (var i = 0; i < 250; i++)
        {
            (await host.Trader.GetAsync("/fapi/v1/fundingRate", "symbol=BTCUSDT")).Done().Headers[Used].ShouldBe("0");
            (await host.Trader.GetAsync("/fapi/v1/fundingInfo")).Done();
        }

        (await host.Trader.GetAsync("/fapi/v1/fundingInfo")).ShouldBeRefused(429, -1003);
        host.Time.Advance(TimeSpan.FromMinutes(5));
        (await host.Trader.GetAsync("/fapi/v1/fundingInfo")).Done();
    }

    private static async Task BanAsync(BinanceHost host, int seconds)
    {
        Answer? last = null;
        for (var i = 0; i < 100 && last?.Http != 418; i++)
        {
            last = await host.Trader.GetAsync("/fapi/v1/time");
        }

        last!.ShouldBeRefused(418, -1003);
        last.Headers["Retry-After"].ShouldBe($"{seconds}");
        last.Message.ShouldStartWith($"Way too many requests; IP(127.0.0.1) banned until {host.Time.Milliseconds + (seconds * 1000L)}.");
    }

    private static async Task<IEnumerable<(string?, string?, int)>> LimitsAsync(BinanceHost host) =>
        (await host.Trader.GetAsync("/fapi/v1/exchangeInfo")).Done().Json.GetProperty("rateLimits").EnumerateArray()
            .Select(limit => (limit.GetProperty("rateLimitType").GetString(), limit.GetProperty("interval").GetString(), limit.GetProperty("limit").GetInt32()));
}
