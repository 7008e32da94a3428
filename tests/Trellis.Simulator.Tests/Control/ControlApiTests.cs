using Trellis.Simulator.Faults;

namespace Trellis.Simulator.Tests.Control;

public sealed class ControlApiTests
{
    [Theory]
    [InlineData(null, false, 401)]
    [InlineData("", false, 401)]
    [InlineData("let-me-i", false, 401)]
    [InlineData("let-me-in ", true, 200)]
    [InlineData("LET-ME-IN", true, 401)]
    [InlineData("let-me-in", false, 200)]
    [InlineData("let-me-in", true, 200)]
    public async Task Only_the_token_opens_it(string? token, bool ownHeader, int status)
    {
        await using var bench = await ControlBench.StartAsync();

        var (answered, body) = await bench.SendAsync("GET", "/sim/state", token: token, ownHeader: ownHeader);

        answered.ShouldBe(status);
        body.TryGetProperty("error", out _).ShouldBe(status != 200);
        body.ToString().ShouldNotContain(ControlBench.Token);
    }

    [Fact]
    public async Task Paths_elsewhere_are_not_its_own()
    {
        await using var bench = await ControlBench.StartAsync();

        (await bench.SendAsync("GET", "/fapi/v1/time")).Status.ShouldBe(418);
        (await bench.SendAsync("GET", "/simulation")).Status.ShouldBe(418);
    }

    [Fact]
    public async Task The_state_shows_time_prices_accounts_faults_and_connections()
    {
        await using var bench = await ControlBench.StartAsync();
        await bench.SendAsync("POST", "/sim/step", """{ "candles": 2 }""");
        bench.Faults.Add("""{ "faults": [ { "id": "skewed", "kind": "clock-skew", "milliseconds": 250 } ] }"""u8.ToArray());

        var (_, state) = await bench.SendAsync("GET", "/sim/state");

        state.GetProperty("market_time").GetInt64().ShouldBe(bench.Market.Plan.StartTime + 120_000);
        state.GetProperty("speed").GetString().ShouldBe("max");
        state.GetProperty("paused").GetBoolean().ShouldBeTrue();
        state.GetProperty("candles_passed").GetInt64().ShouldBe(2);
        state.GetProperty("end_of_data").GetBoolean().ShouldBeFalse();
        state.GetProperty("instruments")[1].GetProperty("symbol").GetString().ShouldBe("ETHUSDT");
        state.GetProperty("instruments")[1].GetProperty("last_price").GetDecimal().ShouldBe(bench.Market.Engine.LastPrice(1));
        state.GetProperty("accounts")[0].GetString().ShouldBe("main");
        state.GetProperty("faults")[0].GetProperty("id").GetString().ShouldBe("skewed");
        state.GetProperty("clock_skew_milliseconds").GetInt64().ShouldBe(250);
        state.GetProperty("connections").GetProperty("user_streams").GetInt32().ShouldBe(2);
        state.GetProperty("connections").GetProperty("queued_messages").GetInt32().ShouldBe(7);
    }

    [Fact]
    public async Task Candles_are_stepped_only_while_the_market_is_paused()
    {
        await using var bench = await ControlBench.StartAsync();

        var (_, stepped) = await bench.SendAsync("POST", "/sim/step", """{ "candles": 3 }""");
        stepped.GetProperty("passed").GetInt32().ShouldBe(3);
        (await bench.SendAsync("POST", "/sim/speed", """{ "speed": "0.5x" }""")).Body.GetProperty("speed").GetString().ShouldBe("0.5x");
        (await bench.SendAsync("POST", "/sim/resume")).Body.GetProperty("paused").GetBoolean().ShouldBeFalse();
        var (status, refused) = await bench.SendAsync("POST", "/sim/step");

        status.ShouldBe(409);
        refused.GetProperty("error").GetString()!.ShouldContain("not paused");
        (await bench.SendAsync("POST", "/sim/pause")).Body.GetProperty("paused").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task The_market_goes_to_a_price()
    {
        await using var bench = await ControlBench.StartAsync();

        var (_, moved) = await bench.SendAsync("POST", "/sim/price", """{ "instrument": "BTCUSDT", "price": 51234.56 }""");

        moved.GetProperty("price").GetDecimal().ShouldBe(51_234.6m);
        bench.Market.Engine.LastPrice(0).ShouldBe(51_234.6m);
        bench.Market.Engine.IndexPrice(0).ShouldBe(51_234.6m);
    }

    [Fact]
    public async Task Accounts_are_shown_and_paid_in_and_out()
    {
        await using var bench = await ControlBench.StartAsync();

        (await bench.SendAsync("GET", "/sim/accounts/main")).Body.GetProperty("wallet_balance").GetDecimal().ShouldBe(1_000m);
        (await bench.SendAsync("POST", "/sim/accounts/main/transfer", """{ "amount": "-250.12345678" }""")).Body.GetProperty("wallet_balance").GetDecimal().ShouldBe(749.87654322m);
        var (status, refused) = await bench.SendAsync("POST", "/sim/accounts/main/transfer", """{ "amount": -5000 }""");
        status.ShouldBe(409);
        refused.GetProperty("field").GetString().ShouldBe("amount");
        var (missing, unknown) = await bench.SendAsync("GET", "/sim/accounts/mian");
        missing.ShouldBe(404);
        unknown.GetProperty("allowed").GetString().ShouldBe("main");
    }

    [Fact]
    public async Task Faults_are_added_counted_and_taken_out()
    {
        await using var bench = await ControlBench.StartAsync();

        var (_, added) = await bench.SendAsync("POST", "/sim/faults", """{ "faults": [ { "kind": "lost-answer", "count": 1 }, { "id": "x", "kind": "disconnect", "every": 2 } ] }""");
        added.GetProperty("ids").EnumerateArray().Select(id => id.GetString()).ShouldBe(["lost-answer-1", "x"]);
        bench.Faults.AfterRequest(Faults.SomePlan.Place, out _).ShouldBe(AnswerFault.Lost);
        var (_, listed) = await bench.SendAsync("GET", "/sim/faults");
        listed.GetProperty("faults")[0].GetProperty("fired").GetInt64().ShouldBe(1);
        listed.GetProperty("faults")[0].GetProperty("kind").GetString().ShouldBe("lost-answer");

        (await bench.SendAsync("DELETE", "/sim/faults/x")).Body.GetProperty("removed").GetInt32().ShouldBe(1);
        (await bench.SendAsync("DELETE", "/sim/faults/x")).Status.ShouldBe(404);
        (await bench.SendAsync("DELETE", "/sim/faults")).Body.GetProperty("removed").GetInt32().ShouldBe(1);
        bench.Faults.Status.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/sim/streams/close", null, FaultSignal.CloseAllStreams)]
    [InlineData("/sim/streams/close", """{ "streams": "user" }""", FaultSignal.CloseUserStreams)]
    [InlineData("/sim/user-streams/expire", null, FaultSignal.ExpireUserStreams)]
    [InlineData("/sim/maintenance", """{ "on": true }""", FaultSignal.CloseAllStreams)]
    public async Task Signals_are_raised_at_once(string path, string? body, FaultSignal signal)
    {
        await using var bench = await ControlBench.StartAsync();
        var raised = new List<FaultSignal>();
        bench.Faults.OnSignal(raised.Add);

        (await bench.SendAsync("POST", path, body)).Status.ShouldBe(200);

        raised.ShouldBe([signal]);
    }

    [Fact]
    public async Task Clock_maintenance_trading_rules_and_fills_are_changed_at_once()
    {
        await using var bench = await ControlBench.StartAsync();

        await bench.SendAsync("POST", "/sim/skew", """{ "milliseconds": -3000 }""");
        bench.Faults.ClockSkew.ShouldBe(-3_000);
        await bench.SendAsync("POST", "/sim/maintenance", """{ "on": true }""");
        bench.Faults.InMaintenance.ShouldBeTrue();
        await bench.SendAsync("POST", "/sim/maintenance", """{ "on": false }""");
        bench.Faults.InMaintenance.ShouldBeFalse();
        await bench.SendAsync("POST", "/sim/halt", """{ "instrument": "ETHUSDT", "halted": true }""");
        (bench.Market.Engine.IsHalted(0), bench.Market.Engine.IsHalted(1)).ShouldBe((false, true));
        await bench.SendAsync("POST", "/sim/halt", """{ "halted": false }""");
        bench.Market.Engine.IsHalted(1).ShouldBeFalse();
        var (_, rules) = await bench.SendAsync("POST", "/sim/rules", """{ "instrument": "BTCUSDT", "min_notional": 7.5 }""");
        rules.GetProperty("min_notional").GetDecimal().ShouldBe(7.5m);
        rules.GetProperty("tick_size").GetDecimal().ShouldBe(0.1m);
        (await bench.SendAsync("POST", "/sim/partial-fills", """{ "parts": 4 }""")).Body.GetProperty("parts").GetInt32().ShouldBe(4);
    }

    [Theory]
    [InlineData("POST", "/sim/speed", """{ "speed": "fast" }""", 400, "speed", "fast", "max, step")]
    [InlineData("POST", "/sim/speed", "{ }", 400, "speed", null, null)]
    [InlineData("POST", "/sim/step", """{ "candles": 0 }""", 400, "candles", "0", "from 1 to 100000")]
    [InlineData("POST", "/sim/step", """{ "candels": 2 }""", 400, "candels", null, "candles")]
    [InlineData("POST", "/sim/pause", """{ "now": true }""", 400, "now", null, "nothing")]
    [InlineData("POST", "/sim/price", """{ "instrument": "BTCUSDTT", "price": 5 }""", 400, "instrument", "\"BTCUSDTT\"", "BTCUSDT, ETHUSDT")]
    [InlineData("POST", "/sim/price", """{ "instrument": "BTCUSDT", "price": 5 }""", 400, "price", "5", "from 261.10")]
    [InlineData("POST", "/sim/rules", """{ "instrument": "BTCUSDT" }""", 400, "tick_size", null, "at least one of")]
    [InlineData("POST", "/sim/rules", """{ "instrument": "BTCUSDT", "tick_size": 0.000001 }""", 400, "tick_size", "0.000001", "a multiple of")]
    [InlineData("POST", "/sim/faults", """{ "faults": [ { "kind": "nothing" } ] }""", 400, "faults[0].kind", "\"nothing\"", "drop-message")]
    [InlineData("POST", "/sim/skew", "not json", 400, "", null, "a JSON object")]
    [InlineData("GET", "/sim/stat", null, 404, "path", "/sim/stat", "/sim/state")]
    [InlineData("GET", "/sim/pause", null, 405, "method", "GET", "POST")]
    public async Task A_wrong_request_is_answered_with_field_value_and_what_is_allowed(string method, string path, string? body, int status, string field, string? value, string? allowed)
    {
        await using var bench = await ControlBench.StartAsync();

        var (answered, error) = await bench.SendAsync(method, path, body);

        answered.ShouldBe(status);
        error.GetProperty("error").GetString().ShouldNotBeNullOrEmpty();
        error.GetProperty("field").GetString().ShouldBe(field);
        error.GetProperty("value").GetString().ShouldBe(value);
        (error.GetProperty("allowed").GetString() ?? "").ShouldContain(allowed ?? "");
    }
}
