using Trellis.Core.Matching.Commands;
using Trellis.Simulator.Faults;

namespace Trellis.Simulator.Tests.Venues.Binance;

/// <summary>Each refusal of the real exchange, brought about over the wire.</summary>
public sealed class ErrorCaseTests
{
    private static readonly Dictionary<string, (int Http, int Code, Func<Task<Answer>> Provoke)> Cases = new(StringComparer.Ordinal)
    {
        ["order count limit"] = (429, -1015, () => Trader(async trader =>
        {
            for (var i = 0; i < 300; i++)
            {
                await trader.OrderAsync("quantity=0.0001");
            }

            return await trader.OrderAsync();
        })),
        ["rate limit (IP weight)"] = (429, -1003, () => Trader(async trader => await HammerAsync(trader, 61))),
        ["IP ban"] = (418, -1003, () => Trader(async trader => await HammerAsync(trader, 61 + 30))),
        ["timestamp outside recvWindow"] = (400, -1021, () => Trader(trader => Skewed(trader, -5001))),
        ["timestamp ahead of server"] = (400, -1021, () => Trader(trader => Skewed(trader, 1000))),
        ["bad signature"] = (400, -1022, () => Trader(trader => trader.SendAsync(HttpMethod.Get, "/fapi/v3/account", trader.Signed()[..^1] + "x", null))),
        ["bad api key format"] = (401, -2014, () => Trader(trader => trader.SendAsync(HttpMethod.Get, "/fapi/v3/account", trader.Signed(), null, withKey: "short"))),
        ["unknown key / ip / permission"] = (401, -2015, () => Trader(trader => trader.SendAsync(HttpMethod.Get, "/fapi/v3/account", trader.Signed(), null, withKey: new string('a', 64)))),
        ["missing parameter"] = (400, -1102, () => Trader(trader => trader.OrderAsync("symbol="))),
        ["too many decimals"] = (400, -1111, () => Trader(trader => trader.OrderAsync("quantity=0.10001"))),
        ["invalid order type"] = (400, -1116, () => Trader(trader => trader.OrderAsync("type=LIMITED"))),
        ["invalid symbol"] = (400, -1121, () => Trader(trader => trader.OrderAsync("symbol=NOPEUSDT"))),
        ["cancel unknown order"] = (400, -2011, () => Trader(trader => trader.SignedAsync(HttpMethod.Delete, "/fapi/v1/order", "symbol=BTCUSDT", "orderId=77"))),
        ["query unknown order"] = (400, -2013, () => Trader(trader => trader.SignedAsync(HttpMethod.Get, "/fapi/v1/order", "symbol=BTCUSDT", "orderId=77"))),
        ["insufficient margin"] = (400, -2019, () => Trader(trader => trader.OrderAsync("quantity=100"))),
        ["stop would trigger at once"] = (400, -2021, () => Trader(trader => trader.AlgoAsync("triggerPrice=51000"))),
        ["reduce only refused"] = (400, -2022, () => Trader(trader => trader.MarketOrderAsync("side=SELL", "reduceOnly=true"))),
        ["price not on tick"] = (400, -4014, () => Trader(trader => trader.OrderAsync("price=49000.05"))),
        ["quantity too small"] = (400, -4003, () => Trader(trader => trader.OrderAsync("quantity=0"))),
        ["quantity above maximum"] = (400, -4005, () => Trader(trader => trader.OrderAsync("quantity=1001"))),
        ["margin type unchanged"] = (400, -4046, () => Trader(trader => trader.SignedAsync(HttpMethod.Post, "/fapi/v1/marginType", "symbol=BTCUSDT", "marginType=CROSSED"))),
        ["position mode unchanged"] = (400, -4059, () => Trader(trader => trader.SignedAsync(HttpMethod.Post, "/fapi/v1/positionSide/dual", "dualSidePosition=false"))),
        ["wrong positionSide"] = (400, -4061, () => Trader(trader => trader.OrderAsync("positionSide=LONG"))),
        ["duplicate client id (USD-M)"] = (400, -4116, () => Trader(async trader =>
        {
            (await trader.OrderAsync("newClientOrderId=twice")).Done();
            return await trader.OrderAsync("newClientOrderId=twice");
        })),
        ["stop type on the old endpoint"] = (400, -4120, () => Trader(trader => trader.OrderAsync("type=STOP_MARKET", "stopPrice=48000"))),
        ["percent price (market order)"] = (400, -4131, OutsideOfBand),
        ["minimum notional"] = (400, -4164, () => Trader(trader => trader.OrderAsync("quantity=0.001"))),
        ["FOK not filled"] = (400, -5021, () => Trader(trader => trader.OrderAsync("timeInForce=FOK"))),
        ["post only would take (USD-M)"] = (400, -5022, () => Trader(trader => trader.OrderAsync("timeInForce=GTX", "price=51000"))),
        ["modify without a change"] = (400, -5027, () => Trader(async trader =>
        {
            var placed = (await trader.OrderAsync()).Done();
            return await trader.SignedAsync(HttpMethod.Put, "/fapi/v1/order", "symbol=BTCUSDT", $"orderId={placed.OrderId}", "side=BUY", "quantity=0.1", "price=49000");
        })),
        ["overload"] = (503, -1008, () => Faulty(RequestFault.Overloaded)),
        ["execution unknown"] = (503, -1007, () => Faulty(RequestFault.UnknownNotExecuted)),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_refusal_has_the_real_status_and_code(string name)
    {
        var (http, code, provoke) = Cases[name];
        var answer = await provoke();
        answer.ShouldBeRefused(http, code);
        answer.Message.ShouldNotBeEmpty();
        answer.Headers["Content-Type"].ShouldBe("application/json");
    }

    [Fact]
    public void Every_case_that_was_recorded_is_brought_about()
    {
        foreach (var recorded in Fixtures.Read("binance/errors.json").EnumerateArray())
        {
            var name = recorded.GetProperty("case").GetString()!;
            if (name.StartsWith("spot ", StringComparison.Ordinal))
            {
                continue;
            }

            Cases.ShouldContainKey(name);
            (Cases[name].Http, Cases[name].Code).ShouldBe((recorded.GetProperty("http").GetInt32(), recorded.GetProperty("body").GetProperty("code").GetInt32()), name);
        }
    }

    private static async Task<Answer> Trader(Func<BinanceClient, Task<Answer>> act)
    {
        await using var host = await BinanceHost.StartAsync();
        return await act(host.Trader);
    }

    private static async Task<Answer> OutsideOfBand()
    {
        await using var host = await BinanceHost.StartAsync();
        await host.ApplyAsync(time => new SetMarkPrice(time, 0, 40_000m, 40_000m));
        return await host.Trader.MarketOrderAsync();
    }

    private static async Task<Answer> Faulty(RequestFault fault)
    {
        await using var host = await BinanceHost.StartAsync(faults: new SomeFaults { Before = fault });
        return await host.Trader.OrderAsync();
    }

    private static Task<Answer> Skewed(BinanceClient trader, long skew)
    {
        trader.Skew = skew;
        return trader.SignedAsync(HttpMethod.Get, "/fapi/v3/account");
    }

    /// <summary>Each request weighs 40.</summary>
    private static async Task<Answer> HammerAsync(BinanceClient trader, int times)
    {
        Answer? last = null;
        for (var i = 0; i < times; i++)
        {
            last = await trader.GetAsync("/fapi/v1/ticker/24hr");
        }

        return last!;
    }
}
