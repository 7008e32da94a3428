using Trellis.Simulator.Faults;

namespace Trellis.Simulator.Tests.Venues.Binance;

public sealed class FaultTests
{
    [Theory]
    [InlineData(RequestFault.Disconnect)]
    [InlineData(RequestFault.Overloaded)]
    [InlineData(RequestFault.UnknownNotExecuted)]
    public async Task A_request_that_met_a_fault_before_it_was_carried_out_changes_nothing(RequestFault fault)
    {
        var faults = new SomeFaults { Before = fault };
        await using var host = await BinanceHost.StartAsync(faults: faults);
        await TryAsync(host);
        faults.Before = RequestFault.None;
        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/openOrders", "symbol=BTCUSDT")).Done().Json.GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData(AnswerFault.Lost)]
    [InlineData(AnswerFault.UnknownExecuted)]
    [InlineData(AnswerFault.Garbled)]
    public async Task An_answer_that_met_a_fault_was_carried_out_all_the_same(AnswerFault fault)
    {
        var faults = new SomeFaults { After = fault };
        await using var host = await BinanceHost.StartAsync(faults: faults);
        var answer = await TryAsync(host);
        faults.After = AnswerFault.None;

        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/openOrders", "symbol=BTCUSDT")).Done().Json.GetArrayLength().ShouldBe(1);
        switch (fault)
        {
            case AnswerFault.Lost:
                answer.ShouldBeNull();
                break;
            case AnswerFault.UnknownExecuted:
                answer!.ShouldBeRefused(503, -1007);
                break;
            case AnswerFault.Garbled:
                answer!.Http.ShouldBe(200);
                Should.Throw<System.Text.Json.JsonException>(() => answer.Json);
                break;
        }
    }

    [Fact]
    public async Task In_maintenance_nothing_is_answered()
    {
        await using var host = await BinanceHost.StartAsync(faults: new SomeFaults { InMaintenance = true });
        (await host.Trader.GetAsync("/fapi/v1/ping")).ShouldBeRefused(503, -1016);
        (await host.Trader.OrderAsync()).ShouldBeRefused(503, -1016);
    }

    [Fact]
    public async Task A_fault_knows_what_it_meets()
    {
        var faults = new SomeFaults();
        await using var host = await BinanceHost.StartAsync(faults: faults);
        await host.Trader.OrderAsync();
        await host.Trader.MarketOrderAsync("reduceOnly=true");
        await host.Trader.AlgoAsync("quantity=", "closePosition=true");
        await host.Trader.SignedAsync(HttpMethod.Delete, "/fapi/v1/allOpenOrders", "symbol=BTCUSDT");
        await host.Trader.GetAsync("/fapi/v1/time");

        faults.Asked.ShouldBe([
            new RequestFacts("POST", "/fapi/v1/order", true, false),
            new RequestFacts("POST", "/fapi/v1/order", true, true),
            new RequestFacts("POST", "/fapi/v1/algoOrder", true, true),
            new RequestFacts("DELETE", "/fapi/v1/allOpenOrders", true, true),
            new RequestFacts("GET", "/fapi/v1/time", false, false),
        ]);
    }

    /// <summary>Null where the connection broke.</summary>
    private static async Task<Answer?> TryAsync(BinanceHost host)
    {
        try
        {
            return await host.Trader.OrderAsync();
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
