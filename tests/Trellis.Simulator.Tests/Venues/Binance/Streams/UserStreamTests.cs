using System.Text.Json;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;
using Trellis.Simulator.Faults;

namespace Trellis.Simulator.Tests.Venues.Binance.Streams;

public sealed class UserStreamTests : IAsyncDisposable
{
    private readonly StreamFloor _floor = new(StreamFloor.Patient);

    public ValueTask DisposeAsync() => _floor.DisposeAsync();

    [Fact]
    public async Task The_life_of_an_order_is_told_from_its_birth_to_its_end()
    {
        var (account, other) = (await _floor.AccountAsync(), await _floor.AccountAsync());
        var client = _floor.Listen(account);
        var order = await _floor.LimitAsync(account, Side.Buy, 50_000m, 1m, request => request with { ClientOrderId = "mine" });
        await _floor.MarketAsync(other, Side.Sell, 0.4m);
        await _floor.DoAsync(now => new AmendOrder(now, account, new OrderReference(0, order.Id, ""), null, 49_990m, 0.9m));
        await _floor.DoAsync(now => new CancelOrder(now, account, new OrderReference(0, order.Id, "")));

        var messages = await client.DrainAsync();

        messages.Select(message => Text(message, "e")).ShouldBe(["ORDER_TRADE_UPDATE", "TRADE_LITE", "ORDER_TRADE_UPDATE", "ACCOUNT_UPDATE", "ORDER_TRADE_UPDATE", "ORDER_TRADE_UPDATE"]);
        Orders(messages).Select(told => (Text(told, "x"), Text(told, "X"), Text(told, "l"), Text(told, "z"), Text(told, "q"), Text(told, "p"), Text(told, "b"))).ShouldBe(
        [
            ("NEW", "NEW", "0", "0", "1.000", "50000.00", "50000.00000"),
            ("TRADE", "PARTIALLY_FILLED", "0.400", "0.400", "1.000", "50000.00", "30000.00000"),
            ("AMENDMENT", "PARTIALLY_FILLED", "0", "0.400", "0.900", "49990.00", "24995.00000"),
            ("CANCELED", "CANCELED", "0", "0.400", "0.900", "49990.00", "0"),
        ]);
        Orders(messages).ShouldAllBe(told => Text(told, "c") == "mine" && told.GetProperty("i").GetInt64() == order.Id && Text(told, "S") == "BUY");
        var fill = Orders(messages)[1];
        (Text(fill, "L"), Text(fill, "n"), Text(fill, "N"), fill.GetProperty("m").GetBoolean(), Text(fill, "rp"), Text(fill, "ap")).ShouldBe(("50000.00", "4.00000000", "USDT", true, "0", "50000.00"));
        var lite = messages[1];
        (Text(lite, "L"), Text(lite, "l"), lite.GetProperty("t").GetInt64(), lite.GetProperty("m").GetBoolean()).ShouldBe(("50000.00", "0.400", fill.GetProperty("t").GetInt64(), true));
    }

    [Fact]
    public async Task A_fill_tells_the_wallet_and_the_position()
    {
        var (account, other) = (await _floor.AccountAsync(10_000m), await _floor.AccountAsync());
        await _floor.LimitAsync(other, Side.Sell, 50_000m, 0.1m);
        await _floor.MarketAsync(account, Side.Buy, 0.1m);
        await _floor.LimitAsync(other, Side.Buy, 50_100m, 0.1m);
        var client = _floor.Listen(account);
        await _floor.MarketAsync(account, Side.Sell, 0.05m);

        var update = (await client.DrainAsync()).Single(message => Text(message, "e") == "ACCOUNT_UPDATE").GetProperty("a");

        Text(update, "m").ShouldBe("ORDER");
        var balance = update.GetProperty("B")[0];
        (Text(balance, "a"), Text(balance, "wb"), Text(balance, "cw"), Text(balance, "bc")).ShouldBe(("USDT", "10001.24750000", "10001.24750000", "0.00000000"));
        var position = update.GetProperty("P").EnumerateArray().ShouldHaveSingleItem();
        (Text(position, "s"), Text(position, "pa"), Text(position, "ep"), Text(position, "cr"), Text(position, "mt"), Text(position, "ps")).ShouldBe(("BTCUSDT", "0.050", "50000", "5.00000000", "cross", "BOTH"));
    }

    [Fact]
    public async Task Every_change_of_an_account_has_its_reason()
    {
        var (account, other) = (await _floor.AccountAsync(), await _floor.AccountAsync());
        await _floor.LimitAsync(other, Side.Sell, 50_000m, 1m);
        await _floor.MarketAsync(account, Side.Buy, 1m);
        var client = _floor.Listen(account);
        await _floor.DoAsync(now => new Transfer(now, account, 5m));
        await _floor.DoAsync(now => new Transfer(now, account, -3m));
        await _floor.DoAsync(now => new SettleFunding(now, 0, 0.0001m, 50_000m));
        _floor.Tell(new AccountChanged(_floor.Time.Milliseconds, account, BalanceReason.Insurance, -1, 7m, 0m, []));

        (await client.DrainAsync()).Select(message => message.GetProperty("a"))
            .Select(update => (Text(update, "m"), Text(update.GetProperty("B")[0], "bc"), update.GetProperty("P").GetArrayLength()))
            .ShouldBe([("DEPOSIT", "5.00000000", 0), ("WITHDRAW", "-3.00000000", 0), ("FUNDING_FEE", "-5.00000000", 0), ("INSURANCE_CLEAR", "7.00000000", 0)]);
    }

    [Fact]
    public async Task An_order_that_the_exchange_ends_expires()
    {
        var account = await _floor.AccountAsync();
        var client = _floor.Listen(account);
        await _floor.LimitAsync(account, Side.Sell, 50_000m, 1m);
        await _floor.LimitAsync(account, Side.Buy, 50_000m, 1m, request => request with { SelfTradePrevention = SelfTradePrevention.ExpireTaker });
        await _floor.LimitAsync(account, Side.Buy, 49_000m, 1m, request => request with { TimeInForce = TimeInForce.ImmediateOrCancel });

        Orders(await client.DrainAsync()).Where(told => Text(told, "x") == "EXPIRED").Select(told => (Text(told, "X"), Text(told, "f"), Text(told, "V")))
            .ShouldBe([("EXPIRED_IN_MATCH", "GTC", "EXPIRE_TAKER"), ("EXPIRED", "IOC", "NONE")]);
    }

    [Fact]
    public async Task A_conditional_order_is_told_from_waiting_to_its_end()
    {
        var (account, other) = (await _floor.AccountAsync(), await _floor.AccountAsync());
        var client = _floor.Listen(account);
        await _floor.LimitAsync(other, Side.Buy, 49_000m, 1m);
        await _floor.LimitAsync(other, Side.Buy, 48_999m, 5m);
        var stop = await _floor.StopAsync(account, Side.Sell, 49_000m, 0.5m, request => request with { ClientOrderId = "stop" });
        await _floor.MarketAsync(other, Side.Sell, 0.1m, request => request with { SelfTradePrevention = SelfTradePrevention.None });

        var messages = await client.DrainAsync();

        var algo = messages.Where(message => Text(message, "e") == "ALGO_UPDATE").Select(message => message.GetProperty("o")).ToList();
        algo.Select(told => Text(told, "X")).ShouldBe(["NEW", "TRIGGERING", "TRIGGERED", "FINISHED"]);
        algo.ShouldAllBe(told => Text(told, "caid") == "stop" && told.GetProperty("aid").GetInt64() == stop.Id && Text(told, "o") == "STOP_MARKET" && Text(told, "tp") == "49000.00");
        (Text(algo[0], "ai"), Text(algo[0], "act"), Text(algo[0], "aq")).ShouldBe(("", "0", "0.00000"));
        (Text(algo[^1], "ai"), Text(algo[^1], "act"), Text(algo[^1], "aq"), Text(algo[^1], "ap")).ShouldBe(($"{Orders(messages)[0].GetProperty("i").GetInt64()}", "MARKET", "0.50000", "49000.00000"));
        Orders(messages).Select(told => Text(told, "x")).ShouldBe(["NEW", "TRADE"]);
    }

    [Fact]
    public async Task A_trigger_that_came_to_nothing_is_told_twice()
    {
        var account = await _floor.AccountAsync();
        var client = _floor.Listen(account);
        var order = new ConditionalOrder
        {
            Id = 9,
            Account = account,
            Request = UserEvents.Order(account, 0, 1m).Request with { Trigger = new Trigger(TriggerKind.TakeProfit, 100m, TriggerSource.MarkPrice) },
            Status = ConditionalStatus.Rejected,
            Refusal = new Refusal(RefusalReason.InsufficientMargin, "margin is insufficient"),
            CreatedAt = 1,
            UpdatedAt = 2,
            TriggeredAt = 2,
        };
        _floor.Tell(new ConditionalChanged(_floor.Time.Milliseconds, order));

        var messages = await client.DrainAsync();

        messages.Select(message => Text(message, "e")).ShouldBe(["ALGO_UPDATE", "ALGO_UPDATE", "CONDITIONAL_ORDER_TRIGGER_REJECT"]);
        Text(messages[1].GetProperty("o"), "rm").ShouldBe("margin is insufficient");
        messages[2].GetProperty("or").GetRawText().ShouldBe("""{"s":"BTCUSDT","i":9,"r":"margin is insufficient"}""");
    }

    [Fact]
    public async Task A_liquidation_is_told_as_calculated_under_its_own_ids()
    {
        var (account, other) = (await _floor.AccountAsync(3_000m), await _floor.AccountAsync());
        await _floor.MarkAsync(50_000m);
        await _floor.LimitAsync(other, Side.Sell, 50_000m, 1m);
        await _floor.MarketAsync(account, Side.Buy, 1m);
        await _floor.LimitAsync(other, Side.Buy, 47_500m, 10m);
        var client = _floor.Listen(account);
        await _floor.MarkAsync(46_900m);

        var messages = await client.DrainAsync();

        var told = Orders(messages);
        told.Select(order => Text(order, "x")).ShouldBe(["NEW", "CALCULATED"]);
        told.ShouldAllBe(order => Text(order, "c").StartsWith("autoclose-", StringComparison.Ordinal));
        messages.ShouldNotContain(message => Text(message, "e") == "TRADE_LITE");
        messages.Last().GetProperty("a").GetProperty("P")[0].GetProperty("pa").GetString().ShouldBe("0");
    }

    [Fact]
    public async Task Leverage_is_told_and_a_position_mode_is_not()
    {
        var account = await _floor.AccountAsync();
        var client = _floor.Listen(account);
        await _floor.DoAsync(now => new SetLeverage(now, account, 1, 7));
        await _floor.DoAsync(now => new SetPositionMode(now, account, true));

        (await client.DrainAsync()).Select(message => message.GetProperty("ac").GetRawText()).ShouldBe(["""{"s":"ETHUSDT","l":7}"""]);
    }

    [Fact]
    public async Task Only_the_owner_hears_and_every_connection_of_the_owner_does()
    {
        var (account, other) = (await _floor.AccountAsync(), await _floor.AccountAsync());
        var (one, two, stranger) = (_floor.Listen(account), _floor.Listen(account), _floor.Listen(other));
        await _floor.LimitAsync(account, Side.Buy, 40_000m, 1m);

        (await one.DrainNamesAsync()).ShouldBe(["ORDER_TRADE_UPDATE"]);
        (await two.DrainNamesAsync()).ShouldBe(["ORDER_TRADE_UPDATE"]);
        (await stranger.DrainNamesAsync()).ShouldBeEmpty();
        (_floor.Activity.UserStreams, _floor.Activity.Connections).ShouldBe((3, 3));
    }

    [Theory]
    [InlineData("ORDER_TRADE_UPDATE", "ORDER_TRADE_UPDATE")]
    [InlineData("ORDER_TRADE_UPDATE/ACCOUNT_UPDATE", "ORDER_TRADE_UPDATE,ACCOUNT_UPDATE")]
    [InlineData("TRADE_LITE,ACCOUNT_UPDATE", "TRADE_LITE,ACCOUNT_UPDATE")]
    [InlineData("", "ORDER_TRADE_UPDATE,TRADE_LITE,ACCOUNT_UPDATE")]
    public async Task Only_the_events_that_were_asked_for_come(string events, string expected)
    {
        var (account, other) = (await _floor.AccountAsync(), await _floor.AccountAsync());
        await _floor.LimitAsync(other, Side.Sell, 50_000m, 1m);
        var client = _floor.Listen(account, events);
        await _floor.MarketAsync(account, Side.Buy, 0.1m);

        (await client.DrainNamesAsync()).Distinct(StringComparer.Ordinal).ShouldBe(expected.Split(','));
    }

    [Fact]
    public async Task A_key_can_be_subscribed_to_and_taken_back()
    {
        var account = await _floor.AccountAsync();
        var key = _floor.ListenKeys.Create(account).Key;
        var client = _floor.Connect("fstream.binance.com/private/stream");
        await client.SubscribeAsync(key);
        await _floor.LimitAsync(account, Side.Buy, 40_000m, 1m);
        var message = (await client.DrainAsync()).ShouldHaveSingleItem();
        await client.AskAsync("UNSUBSCRIBE", key);
        await _floor.LimitAsync(account, Side.Buy, 40_000m, 1m);

        message.GetProperty("stream").GetString().ShouldBe(key);
        message.GetProperty("data").GetProperty("e").GetString().ShouldBe("ORDER_TRADE_UPDATE");
        (await client.DrainAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_expires_is_told_and_then_there_is_silence()
    {
        var account = await _floor.AccountAsync();
        var key = _floor.ListenKeys.Create(account).Key;
        var client = _floor.Listen(account);
        for (var minute = 0; minute < 61; minute++)
        {
            _floor.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var expired = await client.ReadAsync();
        await _floor.LimitAsync(account, Side.Buy, 40_000m, 1m);

        expired.EnumerateObject().Select(property => (property.Name, property.Value.ValueKind)).ShouldBe([("e", JsonValueKind.String), ("E", JsonValueKind.String), ("listenKey", JsonValueKind.String)]);
        (Text(expired, "e"), Text(expired, "listenKey")).ShouldBe(("listenKeyExpired", key));
        (await client.DrainAsync()).ShouldBeEmpty();
        _floor.Hub.UserStreams.ShouldBe(0);
    }

    [Fact]
    public async Task A_key_that_its_owner_closes_ends_the_connection()
    {
        var account = await _floor.AccountAsync();
        var client = _floor.Listen(account);

        _floor.ListenKeys.Close(account).ShouldBeTrue();

        (await client.Raw.ReadAsync()).ShouldNotBeNull().CloseCode.ShouldBe(1000);
    }

    [Fact]
    public async Task Times_of_messages_never_run_backwards_and_never_lie_before_what_they_tell()
    {
        var account = await _floor.AccountAsync();
        var client = _floor.Listen(account);
        _floor.Tell(new AccountSettingChanged(_floor.Time.Milliseconds + 500, account, 0, 5, false));
        _floor.Tell(new AccountSettingChanged(_floor.Time.Milliseconds, account, 0, 6, false));

        (await client.DrainAsync()).Select(message => message.GetProperty("E").GetInt64()).ShouldBe([_floor.Time.Milliseconds + 500, _floor.Time.Milliseconds + 500]);
    }

    [Fact]
    public async Task User_data_is_never_conflated_a_client_that_does_not_read_it_is_dropped()
    {
        await using var floor = new StreamFloor(new() { Connection = StreamFloor.Patient.Connection with { MaxQueuedFrames = 100 } });
        var account = await floor.AccountAsync();
        var key = floor.ListenKeys.Create(account).Key;
        var slow = floor.Connect($"fstream.binance.com/private/ws/{key}", unreadBytes: 2_000);
        var quick = floor.Connect($"fstream.binance.com/private/ws/{key}");
        for (var i = 0; i < 300; i++)
        {
            var order = await floor.LimitAsync(account, Side.Buy, 40_000m, 0.01m);
            await floor.DoAsync(now => new CancelOrder(now, account, new OrderReference(0, order.Id, "")));
            (await quick.DrainAsync()).Count.ShouldBe(2);
        }

        await slow.Ended;
        floor.Hub.UserStreams.ShouldBe(1);
    }

    [Fact]
    public async Task Faults_silence_users_or_markets_drop_and_close_and_expire()
    {
        var account = await _floor.AccountAsync();
        var user = _floor.Listen(account);
        var market = _floor.ConnectTo(Simulator.Venues.Binance.Streams.StreamRoute.Market, "btcusdt@markPrice@1s");
        await _floor.MarkAsync(50_000m);

        _floor.Faults.UsersAreSilent = true;
        await _floor.LimitAsync(account, Side.Buy, 40_000m, 1m);
        _floor.Pass(1_000);
        (await user.DrainAsync()).ShouldBeEmpty();
        (await market.DrainAsync()).Count.ShouldBe(1);

        (_floor.Faults.UsersAreSilent, _floor.Faults.MarketIsSilent) = (false, true);
        await _floor.LimitAsync(account, Side.Buy, 40_000m, 1m);
        _floor.Pass(1_000);
        (await user.DrainAsync()).Count.ShouldBe(1);
        (await market.DrainAsync()).ShouldBeEmpty();

        _floor.Faults.MarketIsSilent = false;
        var seen = new List<FrameFacts>();
        _floor.Faults.Frames = facts =>
        {
            seen.Add(facts);
            return FrameFault.None with { Copies = 0 };
        };
        await _floor.LimitAsync(account, Side.Buy, 40_000m, 1m);
        _floor.Pass(1_000);
        (await user.DrainAsync()).ShouldBeEmpty();
        (await market.DrainAsync()).ShouldBeEmpty();
        seen.ShouldBe([new("ORDER_TRADE_UPDATE", true), new("btcusdt@markPrice@1s", false)]);

        _floor.Faults.Frames = static _ => FrameFault.None;
        _floor.Faults.Signal(FaultSignal.ExpireUserStreams);
        (await user.DrainNamesAsync()).ShouldBe(["listenKeyExpired"]);
        var again = _floor.Listen(account);
        _floor.Faults.Signal(FaultSignal.CloseUserStreams);
        (await again.Raw.ReadAsync()).ShouldNotBeNull().CloseCode.ShouldBe(1001);
        (await market.DrainAsync()).ShouldBeEmpty();
        _floor.Faults.Signal(FaultSignal.CloseAllStreams);
        (await market.Raw.ReadAsync()).ShouldNotBeNull().CloseCode.ShouldBe(1001);
    }

    [Fact]
    public async Task Maintenance_closes_every_stream()
    {
        var market = _floor.ConnectTo(Simulator.Venues.Binance.Streams.StreamRoute.Market);
        _floor.Faults.InMaintenance = true;

        _floor.Pass(2_000);

        (await market.Raw.ReadAsync()).ShouldNotBeNull().CloseCode.ShouldBe(1001);
    }

    private static List<JsonElement> Orders(IEnumerable<JsonElement> messages) =>
        [.. messages.Where(message => Text(message, "e") == "ORDER_TRADE_UPDATE").Select(message => message.GetProperty("o"))];

    private static string Text(JsonElement message, string name) => message.GetProperty(name).GetString()!;
}
