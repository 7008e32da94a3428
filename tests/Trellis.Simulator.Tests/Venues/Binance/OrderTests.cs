using System.Text.Json;

namespace Trellis.Simulator.Tests.Venues.Binance;

public sealed class OrderTests
{
    [Fact]
    public async Task A_limit_order_rests_and_is_found_by_either_id()
    {
        await using var host = await BinanceHost.StartAsync();
        var placed = (await host.Trader.OrderAsync("newClientOrderId=my-order_1")).Done();

        placed["status"].ShouldBe("NEW");
        placed["price"].ShouldBe("49000.00");
        placed["origQty"].ShouldBe("0.100");
        placed["executedQty"].ShouldBe("0.000");
        placed["avgPrice"].ShouldBe("0.00");
        placed["clientOrderId"].ShouldBe("my-order_1");
        foreach (var name in new[] { $"orderId={placed.OrderId}", "origClientOrderId=my-order_1" })
        {
            foreach (var path in new[] { "/fapi/v1/order", "/fapi/v1/openOrder" })
            {
                (await host.Trader.SignedAsync(HttpMethod.Get, path, "symbol=BTCUSDT", name)).Done().OrderId.ShouldBe(placed.OrderId);
            }
        }

        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/openOrders")).Done().Json.GetArrayLength().ShouldBe(1);
        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/openOrders", "symbol=ETHUSDT")).Done().Json.GetArrayLength().ShouldBe(0);
        (await host.Client("other").SignedAsync(HttpMethod.Get, "/fapi/v1/order", "symbol=BTCUSDT", $"orderId={placed.OrderId}")).ShouldBeRefused(400, -2013);
    }

    [Fact]
    public async Task An_acknowledgement_tells_the_order_before_it_met_the_book()
    {
        await using var host = await BinanceHost.StartAsync();
        var acknowledged = (await host.Trader.MarketOrderAsync("newOrderRespType=ACK")).Done();
        var result = (await host.Trader.MarketOrderAsync("newOrderRespType=RESULT")).Done();

        (acknowledged["status"], acknowledged["executedQty"]).ShouldBe(("NEW", "0.000"));
        (result["status"], result["executedQty"], result["price"]).ShouldBe(("FILLED", "0.100", "0.00"));
        result.Number("avgPrice").ShouldBeGreaterThanOrEqualTo(BinanceHost.BitcoinPrice);
        result.Number("cumQuote").ShouldBe(result.Number("avgPrice") * 0.1m, 0.01m);
        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/order", "symbol=BTCUSDT", $"orderId={acknowledged.OrderId}")).Done()["status"].ShouldBe("FILLED");
    }

    [Fact]
    public async Task The_exchange_makes_a_client_order_id_where_there_is_none()
    {
        await using var host = await BinanceHost.StartAsync();
        var first = (await host.Trader.OrderAsync()).Done()["clientOrderId"];
        var second = (await host.Trader.OrderAsync()).Done()["clientOrderId"];

        first.Length.ShouldBe(22);
        first.All(char.IsAsciiLetterOrDigit).ShouldBeTrue();
        second.ShouldNotBe(first, StringComparer.Ordinal);
    }

    [Fact]
    public async Task An_order_is_amended_in_place_and_its_history_is_told()
    {
        await using var host = await BinanceHost.StartAsync();
        var placed = (await host.Trader.OrderAsync()).Done();
        string[] amendment = ["symbol=BTCUSDT", $"orderId={placed.OrderId}", "side=BUY", "quantity=0.2", "price=48500.5"];
        host.Time.Advance(TimeSpan.FromSeconds(1));

        var amended = (await host.Trader.SignedAsync(HttpMethod.Put, "/fapi/v1/order", amendment)).Done();

        (amended.OrderId, amended["price"], amended["origQty"]).ShouldBe((placed.OrderId, "48500.50", "0.200"));
        (await host.Trader.SignedAsync(HttpMethod.Put, "/fapi/v1/order", amendment)).ShouldBeRefused(400, -5027);
        var history = (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/orderAmendment", "symbol=BTCUSDT")).Done().Json[0].GetProperty("amendment");
        history.GetProperty("price").GetProperty("before").GetString().ShouldBe("49000.00");
        history.GetProperty("price").GetProperty("after").GetString().ShouldBe("48500.50");
        history.GetProperty("count").GetInt32().ShouldBe(1);
        (await host.Trader.SignedAsync(HttpMethod.Put, "/fapi/v1/order", "symbol=BTCUSDT", $"orderId={placed.OrderId}", "side=BUY", "quantity=0.2", "price=48400")).Done();
        var newest = (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/orderAmendment", "symbol=BTCUSDT", $"orderId={placed.OrderId}", "limit=1")).Done().Json[0].GetProperty("amendment");
        newest.GetProperty("price").GetProperty("after").GetString().ShouldBe("48400.00");
        newest.GetProperty("count").GetInt32().ShouldBe(2);
    }

    [Theory]
    [InlineData("DELETE", "/fapi/v1/order", -2011)]
    [InlineData("PUT", "/fapi/v1/order", -2013)]
    [InlineData("GET", "/fapi/v1/order", -2013)]
    [InlineData("GET", "/fapi/v1/openOrder", -2013)]
    [InlineData("GET", "/fapi/v1/algoOrder", -2013)]
    [InlineData("DELETE", "/fapi/v1/algoOrder", -2011)]
    public async Task An_order_that_nobody_knows_is_refused(string method, string path, int code)
    {
        await using var host = await BinanceHost.StartAsync();
        foreach (var id in new[] { "999999", "0", "-5" })
        {
            string[] parameters = ["symbol=BTCUSDT", $"orderId={id}", $"algoId={id}", "side=BUY", "quantity=0.1", "price=49000"];
            (await host.Trader.SignedAsync(new HttpMethod(method), path, parameters)).ShouldBeRefused(400, code);
        }

        (await host.Trader.SignedAsync(new HttpMethod(method), path, "symbol=BTCUSDT", "side=BUY", "quantity=0.1", "price=49000")).ShouldBeRefused(400, -1102);
    }

    [Fact]
    public async Task A_cancelled_order_is_gone_for_good()
    {
        await using var host = await BinanceHost.StartAsync();
        var placed = (await host.Trader.OrderAsync("newClientOrderId=gone")).Done();
        (await host.Trader.SignedAsync(HttpMethod.Delete, "/fapi/v1/order", "symbol=BTCUSDT", "origClientOrderId=gone")).Done()["status"].ShouldBe("CANCELED");
        (await host.Trader.SignedAsync(HttpMethod.Delete, "/fapi/v1/order", "symbol=BTCUSDT", $"orderId={placed.OrderId}")).ShouldBeRefused(400, -2011);
        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/openOrder", "symbol=BTCUSDT", $"orderId={placed.OrderId}")).ShouldBeRefused(400, -2013);
        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/order", "symbol=BTCUSDT", $"orderId={placed.OrderId}")).Done()["status"].ShouldBe("CANCELED");
        (await host.Trader.OrderAsync("newClientOrderId=gone")).Done();
    }

    [Fact]
    public async Task All_open_orders_of_a_symbol_are_cancelled_together()
    {
        await using var host = await BinanceHost.StartAsync();
        (await host.Trader.OrderAsync()).Done();
        (await host.Trader.OrderAsync("price=48900")).Done();
        (await host.Trader.OrderAsync("symbol=ETHUSDT", "price=2400")).Done();

        (await host.Trader.SignedAsync(HttpMethod.Delete, "/fapi/v1/allOpenOrders", "symbol=BTCUSDT")).Done().Code.ShouldBe(200);

        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/openOrders")).Done().Json.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_countdown_cancels_what_its_owner_no_longer_renews()
    {
        await using var host = await BinanceHost.StartAsync();
        (await host.Trader.OrderAsync()).Done();
        (await host.Trader.SignedAsync(HttpMethod.Post, "/fapi/v1/countdownCancelAll", "symbol=BTCUSDT", "countdownTime=5000")).Done()["countdownTime"].ShouldBe("5000");
        host.Time.Advance(TimeSpan.FromSeconds(6));
        await host.MoveAsync(0, BinanceHost.BitcoinPrice);

        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/openOrders")).Done().Json.GetArrayLength().ShouldBe(0);
        (await host.Trader.SignedAsync(HttpMethod.Post, "/fapi/v1/countdownCancelAll", "symbol=BTCUSDT", "countdownTime=-1")).ShouldBeRefused(400, -1130);
    }

    [Fact]
    public async Task A_batch_answers_for_each_of_its_orders()
    {
        await using var host = await BinanceHost.StartAsync();
        var orders = """[{"symbol":"BTCUSDT","side":"BUY","type":"LIMIT","timeInForce":"GTC","quantity":"0.1","price":"49000","newClientOrderId":"a"},{"symbol":"BTCUSDT","side":"BUY","type":"LIMIT","timeInForce":"GTC","quantity":0.1,"price":49000.05},{"symbol":"NOPE"}]""";
        var placed = (await host.Trader.SignedAsync(HttpMethod.Post, "/fapi/v1/batchOrders", "batchOrders=" + Uri.EscapeDataString(orders))).Done().Json;
        placed.EnumerateArray().Select(Code).ShouldBe([0, -4014, -1121]);

        var amended = """[{"symbol":"BTCUSDT","side":"BUY","quantity":"0.2","price":"48000","origClientOrderId":"a"},{"symbol":"BTCUSDT","side":"BUY","quantity":"0.2","price":"48000","origClientOrderId":"b"}]""";
        (await host.Trader.FormAsync(HttpMethod.Put, "/fapi/v1/batchOrders", "batchOrders=" + Uri.EscapeDataString(amended))).Done().Json.EnumerateArray().Select(Code).ShouldBe([0, -2013]);

        var canceled = (await host.Trader.SignedAsync(HttpMethod.Delete, "/fapi/v1/batchOrders", "symbol=BTCUSDT", "origClientOrderIdList=" + Uri.EscapeDataString("""["a","b"]"""))).Done().Json;
        canceled.EnumerateArray().Select(Code).ShouldBe([0, -2011]);
        canceled[0].GetProperty("status").GetString().ShouldBe("CANCELED");

        static int Code(JsonElement answer) => answer.TryGetProperty("code", out var code) ? code.GetInt32() : 0;
    }

    [Theory]
    [InlineData("POST", "batchOrders=[]", -4082)]
    [InlineData("POST", "batchOrders=[{},{},{},{},{},{}]", -4082)]
    [InlineData("POST", "batchOrders={}", -1130)]
    [InlineData("POST", "batchOrders=[1]", -1130)]
    [InlineData("POST", "batchOrders=[{\"a\":[]}]", -1130)]
    [InlineData("POST", "batchOrders=[[[[[[[[[[", -1130)]
    [InlineData("POST", "x=1", -1102)]
    [InlineData("DELETE", "symbol=BTCUSDT", -1102)]
    [InlineData("DELETE", "symbol=BTCUSDT&orderIdList=[1,2,3,4,5,6,7,8,9,10,11]", -4032)]
    [InlineData("DELETE", "symbol=BTCUSDT&orderIdList=[-1]", -1130)]
    [InlineData("DELETE", "symbol=BTCUSDT&orderIdList=[{}]", -1130)]
    [InlineData("DELETE", "symbol=BTCUSDT&origClientOrderIdList=[1]", -1130)]
    public async Task A_batch_that_is_none_is_refused_as_a_whole(string method, string parameters, int code)
    {
        await using var host = await BinanceHost.StartAsync();
        (await host.Trader.FormAsync(new HttpMethod(method), "/fapi/v1/batchOrders", parameters)).ShouldBeRefused(400, code);
    }

    [Fact]
    public async Task A_test_order_is_judged_and_not_placed()
    {
        await using var host = await BinanceHost.StartAsync();
        string[] order = ["symbol=BTCUSDT", "side=BUY", "type=LIMIT", "timeInForce=GTC", "quantity=0.1", "price=49000"];
        (await host.Trader.SignedAsync(HttpMethod.Post, "/fapi/v1/order/test", order)).Done()["status"].ShouldBe("NEW");
        (await host.Trader.SignedAsync(HttpMethod.Post, "/fapi/v1/order/test", [.. order[..4], "quantity=100", "price=49000"])).ShouldBeRefused(400, -2019);
        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/allOrders", "symbol=BTCUSDT")).Done().Json.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_conditional_order_waits_triggers_and_tells_what_became_of_it()
    {
        await using var host = await BinanceHost.StartAsync();
        (await host.Trader.MarketOrderAsync()).Done();
        var placed = (await host.Trader.AlgoAsync("clientAlgoId=stop-1", "reduceOnly=true")).Done();
        (placed["algoStatus"], placed["orderType"], placed["triggerPrice"], placed["workingType"]).ShouldBe(("NEW", "STOP_MARKET", "48000.00", "CONTRACT_PRICE"));
        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/openAlgoOrders", "symbol=BTCUSDT")).Done().Json.GetArrayLength().ShouldBe(1);

        await host.MoveAsync(0, 47_900m);

        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/openAlgoOrders")).Done().Json.GetArrayLength().ShouldBe(0);
        var ended = (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/algoOrder", "clientAlgoId=stop-1")).Done();
        ended["algoStatus"].ShouldBe("FINISHED");
        var order = (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/order", "symbol=BTCUSDT", $"orderId={ended["actualOrderId"]}")).Done();
        (order["status"], order["type"], order["side"]).ShouldBe(("FILLED", "MARKET", "SELL"));
        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/allAlgoOrders", "symbol=BTCUSDT")).Done().Json.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Conditional_orders_are_cancelled_one_by_one_or_together()
    {
        await using var host = await BinanceHost.StartAsync();
        var first = (await host.Trader.AlgoAsync("side=BUY", "triggerPrice=52000")).Done();
        (await host.Trader.AlgoAsync("side=BUY", "type=STOP", "price=52100", "triggerPrice=52000")).Done()["orderType"].ShouldBe("STOP");
        var canceled = (await host.Trader.SignedAsync(HttpMethod.Delete, "/fapi/v1/algoOrder", $"algoId={first["algoId"]}")).Done();
        (canceled["algoId"], canceled["code"], canceled["msg"], canceled["algoStatus"]).ShouldBe((first["algoId"], "200", "success", "CANCELED"));

        (await host.Trader.SignedAsync(HttpMethod.Delete, "/fapi/v1/algoOpenOrders", "symbol=BTCUSDT")).Done();

        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/openAlgoOrders")).Done().Json.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Fills_orders_and_income_are_told_in_pages()
    {
        await using var host = await BinanceHost.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            (await host.Trader.MarketOrderAsync()).Done();
            host.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var fills = (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/userTrades", "symbol=BTCUSDT")).Done().Json;
        var second = fills.EnumerateArray().Select(fill => fill.GetProperty("orderId").GetInt64()).Distinct().ElementAt(1);
        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/userTrades", "symbol=BTCUSDT", $"orderId={second}")).Done().Json.EnumerateArray()
            .ShouldAllBe(fill => fill.GetProperty("orderId").GetInt64() == second && !fill.GetProperty("maker").GetBoolean());
        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/allOrders", "symbol=BTCUSDT", "limit=2")).Done().Json.EnumerateArray().First().GetProperty("orderId").GetInt64().ShouldBe(second);
        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/allOrders", "symbol=BTCUSDT", $"orderId={second}", "limit=1")).Done().Json[0].GetProperty("orderId").GetInt64().ShouldBe(second);
        var income = (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/income", "incomeType=COMMISSION")).Done().Json;
        income.EnumerateArray().ShouldAllBe(entry => entry.GetProperty("incomeType").GetString() == "COMMISSION" && entry.GetProperty("symbol").GetString() == "BTCUSDT");
        income.EnumerateArray().ShouldNotBeEmpty();
        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/income", "incomeType=COMMISSION", "page=2", "limit=1")).Done().Json[0].GetProperty("tranId").GetInt64()
            .ShouldBe(income[1].GetProperty("tranId").GetInt64());
    }

    [Theory]
    [InlineData("startTime=2&endTime=1", -1023)]
    [InlineData("startTime=0&endTime=604800001", -4165)]
    [InlineData("limit=0", -1130)]
    [InlineData("limit=1001", -1130)]
    [InlineData("startTime=-1", -1130)]
    [InlineData("fromId=1&startTime=1", -1128)]
    public async Task A_page_that_makes_no_sense_is_refused(string parameters, int code)
    {
        await using var host = await BinanceHost.StartAsync();
        (await host.Trader.SignedAsync(HttpMethod.Get, "/fapi/v1/userTrades", "symbol=BTCUSDT", parameters)).ShouldBeRefused(400, code);
    }
}
