using Trellis.Core.Matching.Commands;

namespace Trellis.Simulator.Tests.Venues.Binance;

public sealed class SettingTests
{
    [Fact]
    public async Task Hedge_mode_keeps_long_and_short_apart()
    {
        await using var host = await BinanceHost.StartAsync();
        (await HedgeAsync(host, true)).Done();
        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/positionSide/dual")).Done()["dualSidePosition"].ShouldBe("true");
        (await host.Trader.MarketOrderAsync()).ShouldBeRefused(400, -4061);
        (await host.Trader.MarketOrderAsync("positionSide=LONG", "reduceOnly=true")).ShouldBeRefused(400, -1106);
        (await host.Trader.MarketOrderAsync("positionSide=LONG", "reduceOnly=false")).ShouldBeRefused(400, -1106);
        (await host.Trader.MarketOrderAsync("positionSide=LONG")).Done()["positionSide"].ShouldBe("LONG");
        (await host.Trader.MarketOrderAsync("side=SELL", "positionSide=SHORT")).Done()["positionSide"].ShouldBe("SHORT");

        (await SidesAsync(host, "/fapi/v3/positionRisk")).ShouldBe([("LONG", "0.100"), ("SHORT", "-0.100")], ignoreOrder: true);
        (await SidesAsync(host, "/fapi/v2/positionRisk")).ShouldBe([("BOTH", "0.000"), ("LONG", "0.100"), ("SHORT", "-0.100")], ignoreOrder: true);
    }

    [Fact]
    public async Task The_position_mode_stays_while_there_are_orders_or_positions()
    {
        await using var host = await BinanceHost.StartAsync();
        (await host.Trader.OrderAsync()).Done();
        (await HedgeAsync(host, true)).ShouldBeRefused(400, -4067);
        (await host.Trader.SignedAsync(HttpMethod.Delete, "/fapi/v1/allOpenOrders", "symbol=BTCUSDT")).Done();
        (await host.Trader.MarketOrderAsync()).Done();
        (await HedgeAsync(host, true)).ShouldBeRefused(400, -4068);
        (await host.Trader.MarketOrderAsync("side=SELL", "reduceOnly=true")).Done();
        (await HedgeAsync(host, true)).Done().Code.ShouldBe(200);
        (await HedgeAsync(host, true)).ShouldBeRefused(400, -4059);
    }

    [Theory]
    [InlineData("125", 200, "50000")]
    [InlineData("100", 200, "600000")]
    [InlineData("1", 200, "9223372036854775807")]
    [InlineData("0", -4028, "")]
    [InlineData("126", -4028, "")]
    [InlineData("-3", -4028, "")]
    [InlineData("99999999999", -4028, "")]
    [InlineData("5.5", -1102, "")]
    [InlineData("", -1102, "")]
    public async Task Leverage_lies_within_the_table(string leverage, int expected, string most)
    {
        await using var host = await BinanceHost.StartAsync();
        var answer = await host.Trader.SignedAsync(HttpMethod.Post, "/fapi/v1/leverage", "symbol=BTCUSDT", $"leverage={leverage}");
        if (expected == 200)
        {
            (answer.Done()["leverage"], answer["maxNotionalValue"]).ShouldBe((leverage, most));
            (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/symbolConfig", "symbol=BTCUSDT")).Done().Json[0].GetProperty("leverage").GetRawText().ShouldBe(leverage);
            return;
        }

        answer.ShouldBeRefused(400, expected);
    }

    [Theory]
    [InlineData("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=ISOLATED", -1020)]
    [InlineData("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=CROSS", -1130)]
    [InlineData("POST", "/fapi/v1/positionMargin", "symbol=BTCUSDT&amount=5&type=1", -4049)]
    [InlineData("POST", "/fapi/v1/positionMargin", "symbol=BTCUSDT&amount=0&type=1", -4055)]
    [InlineData("POST", "/fapi/v1/multiAssetsMargin", "multiAssetsMargin=true", -1020)]
    [InlineData("POST", "/fapi/v1/multiAssetsMargin", "multiAssetsMargin=false", -4171)]
    [InlineData("POST", "/fapi/v1/feeBurn", "feeBurn=true", -1020)]
    [InlineData("POST", "/fapi/v1/positionSide/dual", "dualSidePosition=maybe", -1130)]
    [InlineData("GET", "/fapi/v1/commissionRate", "", -1102)]
    public async Task What_the_simulator_does_not_do_is_refused_in_words(string method, string path, string parameters, int code)
    {
        await using var host = await BinanceHost.StartAsync();
        (await host.Trader.SignedAsync(new HttpMethod(method), path, parameters)).ShouldBeRefused(400, code);
    }

    [Theory]
    [InlineData("timeInForce=GTD&goodTillDate=+599", -5040)]
    [InlineData("timeInForce=GTD&goodTillDate=253402300799000", -5040)]
    [InlineData("timeInForce=GTD", -1102)]
    [InlineData("timeInForce=GTD&goodTillDate=+601", 0)]
    [InlineData("timeInForce=", -1102)]
    [InlineData("timeInForce=GTT", -1115)]
    [InlineData("timeInForce=RPI", -1020)]
    [InlineData("side=buy", -1117)]
    [InlineData("price=", -1102)]
    [InlineData("price=abc", -1102)]
    [InlineData("price=1e3", -1102)]
    [InlineData("price=--1", -1102)]
    [InlineData("price=0", -4001)]
    [InlineData("price=-1", -4001)]
    [InlineData("price=0.01", -4013)]
    [InlineData("price=1000000.1", -4002)]
    [InlineData("price=99999999999999999999999999999999999999999999", -4002)]
    [InlineData("price=52600", -4016)]
    [InlineData("price=47000", 0)]
    [InlineData("side=SELL&price=47000", -4024)]
    [InlineData("side=SELL&price=52600", 0)]
    [InlineData("quantity=", -1102)]
    [InlineData("quantity=-1", -4003)]
    [InlineData("quantity=0.0000000000000000000000000000000001", -4003)]
    [InlineData("quantity=1000000000000000000000000000000", -4005)]
    [InlineData("reduceOnly=yes", -1130)]
    [InlineData("positionSide=UP", -4060)]
    [InlineData("newOrderRespType=FULL", -1136)]
    [InlineData("selfTradePreventionMode=SOME", -5039)]
    [InlineData("priceMatch=QUEUE", -1020)]
    [InlineData("priceMatch=NONE", 0)]
    [InlineData("stopPrice=1", -1106)]
    [InlineData("closePosition=true", -1106)]
    [InlineData("newClientOrderId=a b", -1100)]
    [InlineData("newClientOrderId=1234567890123456789012345678901234567", -4015)]
    [InlineData("newClientOrderId=123456789012345678901234567890123456", 0)]
    [InlineData("recvWindow=60000&leverage=5", 0)]
    public async Task An_order_with_a_wrong_word_is_refused(string changes, int code)
    {
        await using var host = await BinanceHost.StartAsync();
        var parameters = changes.Split('&').Select(change => change.Replace("+599", $"{host.Time.Milliseconds + 599_000}", StringComparison.Ordinal)
            .Replace("+601", $"{host.Time.Milliseconds + 601_000}", StringComparison.Ordinal)).ToArray();
        var answer = await host.Trader.OrderAsync(parameters);
        (answer.Http, answer.Code).ShouldBe((code == 0 ? 200 : 400, code), answer.Text);
    }

    [Theory]
    [InlineData("timeInForce=GTC", -1106)]
    [InlineData("price=49000", -1106)]
    public async Task A_market_order_takes_no_price(string change, int code)
    {
        await using var host = await BinanceHost.StartAsync();
        (await host.Trader.MarketOrderAsync(change)).ShouldBeRefused(400, code);
    }

    [Theory]
    [InlineData("algoType=VP", -1130)]
    [InlineData("type=TRAILING_STOP_MARKET", -1020)]
    [InlineData("type=LIMIT", -1116)]
    [InlineData("priceProtect=TRUE", -1020)]
    [InlineData("priceProtect=FALSE", 0)]
    [InlineData("workingType=LAST", -4031)]
    [InlineData("workingType=MARK_PRICE", 0)]
    [InlineData("closePosition=true", -4137)]
    [InlineData("closePosition=true&quantity=&reduceOnly=true", -1106)]
    [InlineData("closePosition=true&quantity=&type=STOP&price=48000", -1106)]
    [InlineData("closePosition=true&quantity=", 0)]
    [InlineData("triggerPrice=", -1102)]
    [InlineData("triggerPrice=0", -4001)]
    [InlineData("triggerPrice=48000.05", -4014)]
    [InlineData("triggerPrice=48000.005", -1111)]
    [InlineData("type=STOP", -1102)]
    [InlineData("type=TAKE_PROFIT&price=52000&triggerPrice=52000", 0)]
    [InlineData("clientAlgoId=a/b:c", 0)]
    [InlineData("clientAlgoId=a+b", -1100)]
    public async Task A_conditional_order_with_a_wrong_word_is_refused(string changes, int code)
    {
        await using var host = await BinanceHost.StartAsync();
        (await host.Trader.MarketOrderAsync()).Done();
        var answer = await host.Trader.AlgoAsync(changes.Split('&'));
        (answer.Http, answer.Code).ShouldBe((code == 0 ? 200 : 400, code), answer.Text);
    }

    [Fact]
    public async Task A_halted_market_takes_no_orders_and_says_so()
    {
        await using var host = await BinanceHost.StartAsync();
        await host.ApplyAsync(time => new HaltTrading(time, 0, true));
        (await host.Trader.OrderAsync()).ShouldBeRefused(400, -4140);
        (await host.Trader.GetAsync("/fapi/v1/exchangeInfo")).Done().Json.GetProperty("symbols")[0].GetProperty("status").GetString().ShouldBe("PENDING_TRADING");
    }

    [Fact]
    public async Task Open_orders_have_a_limit()
    {
        await using var host = await BinanceHost.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            (await host.Trader.OrderAsync("quantity=0.01")).Done();
        }

        (await host.Trader.OrderAsync("quantity=0.01")).ShouldBeRefused(400, -2025);
        for (var i = 0; i < 10; i++)
        {
            (await host.Trader.AlgoAsync("quantity=0.01")).Done();
        }

        (await host.Trader.AlgoAsync("quantity=0.01")).ShouldBeRefused(400, -4045);
    }

    private static Task<Answer> HedgeAsync(BinanceHost host, bool hedge) =>
        host.Trader.SignedAsync(HttpMethod.Post, "/fapi/v1/positionSide/dual", $"dualSidePosition={(hedge ? "true" : "false")}");

    private static async Task<IEnumerable<(string?, string?)>> SidesAsync(BinanceHost host, string path) =>
        (await host.Trader.SignedAsync(HttpMethod.Get, path, "symbol=BTCUSDT")).Done().Json.EnumerateArray()
            .Select(position => (position.GetProperty("positionSide").GetString(), position.GetProperty("positionAmt").GetString()));
}
