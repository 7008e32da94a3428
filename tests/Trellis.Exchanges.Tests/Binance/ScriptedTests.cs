using System.Globalization;
using Microsoft.AspNetCore.Http;
using Trellis.Core.Markets;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Exchanges.Adapters;

namespace Trellis.Exchanges.Tests.Binance;

/// <summary>Answers that the simulator does not give.</summary>
public sealed class ScriptedTests
{
    private const string PlaceOrder = "POST /fapi/v1/order";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_on_a_connection_that_breaks_is_not_sent_again_by_anyone()
    {
        await using var script = await ScriptedBinance.StartAsync();
        // The connection has been used: HTTP clients send many requests again that break on such a one.
        await script.Adapter.MarketData.GetTimeAsync(Cancelled);
        script.Does(PlaceOrder, http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });

        var answer = await script.Adapter.Trading.PlaceAsync(ScriptedBinance.Bitcoin, ScriptedBinance.Order, Cancelled);

        answer.Kind.ShouldBe(AnswerKind.Unknown, answer.Text);
        script.CountOf(PlaceOrder).ShouldBe(1);
    }

    [Theory]
    [InlineData(503, """{"code":-1008,"msg":"Request throttled by system-level protection."}""", AnswerKind.Refused)]
    [InlineData(503, "Service Unavailable.", AnswerKind.Refused)]
    [InlineData(503, "Unknown error, please check your request or try again later.", AnswerKind.Unknown)]
    [InlineData(200, """{"orderId":5}""", AnswerKind.Unknown)]
    [InlineData(200, "[]", AnswerKind.Unknown)]
    public async Task An_order_is_sent_once_whatever_is_answered(int status, string body, AnswerKind expected)
    {
        await using var script = await ScriptedBinance.StartAsync();
        script.Says(PlaceOrder, body, status);

        var answer = await script.Adapter.Trading.PlaceAsync(ScriptedBinance.Bitcoin, ScriptedBinance.Order, Cancelled);

        answer.Kind.ShouldBe(expected, answer.Text);
        script.CountOf(PlaceOrder).ShouldBe(1);
    }

    [Fact]
    public async Task An_order_that_came_too_late_does_not_exist_is_sent_once_and_the_clock_is_measured_again()
    {
        await using var script = await ScriptedBinance.StartAsync();
        script.Says(PlaceOrder, """{"code":-1021,"msg":"Timestamp for this request is outside of the recvWindow."}""", 400);

        var answer = await script.Adapter.Trading.PlaceAsync(ScriptedBinance.Bitcoin, ScriptedBinance.Order, Cancelled);

        answer.Kind.ShouldBe(AnswerKind.Refused, answer.Text);
        script.CountOf(PlaceOrder).ShouldBe(1);
        script.CountOf("GET /fapi/v1/time").ShouldBe(1);
    }

    [Fact]
    public async Task Orders_have_a_short_window_and_what_does_no_harm_late_a_long_one()
    {
        await using var script = await ScriptedBinance.StartAsync();
        string order = "", cancel = "";
        script.Does(PlaceOrder, async http => order = await new StreamReader(http.Request.Body).ReadToEndAsync(Cancelled));
        script.Does("DELETE /fapi/v1/order", http =>
        {
            cancel = http.Request.QueryString.Value!;
            return Task.CompletedTask;
        });

        await script.Adapter.Trading.PlaceAsync(ScriptedBinance.Bitcoin, ScriptedBinance.Order, Cancelled);
        await script.Adapter.Trading.CancelAsync(ScriptedBinance.Bitcoin, "id", false, Cancelled);

        order.ShouldContain("recvWindow=1500&");
        cancel.ShouldContain("recvWindow=5000&");
    }

    [Fact]
    public async Task A_ban_stops_everything_for_as_long_as_it_says()
    {
        await using var script = await ScriptedBinance.StartAsync();
        script.Says(PlaceOrder, """{"code":-1003,"msg":"Way too many requests; IP(1.2.3.4) banned."}""", 418, ("Retry-After", "300"));

        var banned = await script.Adapter.Trading.PlaceAsync(ScriptedBinance.Bitcoin, ScriptedBinance.Order, Cancelled);
        var order = await script.Adapter.Trading.PlaceAsync(ScriptedBinance.Bitcoin, ScriptedBinance.Order, Cancelled);
        var cancel = await script.Adapter.Trading.CancelAsync(ScriptedBinance.Bitcoin, "id", false, Cancelled);
        var question = await Should.ThrowAsync<ExchangeException>(() => script.Adapter.MarketData.GetTimeAsync(Cancelled));

        (banned.Kind, banned.Refusal).ShouldBe((AnswerKind.Refused, RefusalKind.RateLimited));
        (order.Kind, cancel.Kind, question.Kind).ShouldBe((AnswerKind.NotSent, AnswerKind.NotSent, AnswerKind.NotSent));
        question.RetryAfter.ShouldBeInRange(TimeSpan.FromSeconds(250), TimeSpan.FromSeconds(300));
        script.Adapter.Health.CircuitOpen.ShouldBeTrue();
        script.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Too_many_orders_of_an_account_leave_room_for_questions_and_cancels()
    {
        await using var script = await ScriptedBinance.StartAsync();
        script.Says(PlaceOrder, """{"code":-1015,"msg":"Too many new orders; current limit is 300 orders per 10 SECOND."}""", 429, ("Retry-After", "7"));
        script.Says("DELETE /fapi/v1/order", """{"code":200,"msg":"done"}""");

        await script.Adapter.Trading.PlaceAsync(ScriptedBinance.Bitcoin, ScriptedBinance.Order, Cancelled);
        var order = await script.Adapter.Trading.PlaceAsync(ScriptedBinance.Bitcoin, ScriptedBinance.Order, Cancelled);
        var cancel = await script.Adapter.Trading.CancelAsync(ScriptedBinance.Bitcoin, "id", false, Cancelled);

        (order.Kind, order.Refusal).ShouldBe((AnswerKind.NotSent, RefusalKind.RateLimited));
        (cancel.Kind, cancel.Order).ShouldBe((AnswerKind.Accepted, null));
        (await script.Adapter.MarketData.GetTimeAsync(Cancelled)).ShouldBe(1_700_000_000_000);
    }

    [Fact]
    public async Task Fills_are_fetched_page_by_page_by_number()
    {
        await using var script = await ScriptedBinance.StartAsync();
        Account(script);
        script.Does("GET /fapi/v1/userTrades", http =>
        {
            var from = long.TryParse(http.Request.Query["fromId"], CultureInfo.InvariantCulture, out var id) ? id : 1;
            var rows = Enumerable.Range((int)from, (int)Math.Max(0, Math.Min(1_000, 2_501 - from))).Select(Trade);
            return http.Response.WriteAsync($"[{string.Join(',', rows)}]", Cancelled);
        });

        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var snapshot = await script.Adapter.Trading.TakeSnapshotAsync([ScriptedBinance.Bitcoin], now - 60_000, [], Cancelled);

        snapshot.Fills.Select(fill => fill.TradeId).ShouldBe(Enumerable.Range(1, 2_500).Select(number => $"{number}"));
        script.CountOf("GET /fapi/v1/userTrades").ShouldBe(3);
    }

    [Theory]
    [InlineData(7, 2_500)]
    [InlineData(8, 1_000)]
    [InlineData(-1, 1_000)]
    public async Task All_fills_of_an_order_are_told_where_they_take_more_than_a_page_and_no_other_s(int told, int expected)
    {
        await using var script = await ScriptedBinance.StartAsync();
        Account(script);
        script.Says("GET /fapi/v1/order", """{"symbol":"BTCUSDT","clientOrderId":"big","orderId":7,"side":"BUY","status":"FILLED","type":"LIMIT","origType":"LIMIT","price":"1","avgPrice":"1","origQty":"2500","executedQty":"2500","updateTime":1700000000000,"time":1700000000000}""");
        script.Does("GET /fapi/v1/userTrades", http =>
        {
            // Without a number the most recent ones, and none of them since an hour ago.
            var all = Enumerable.Range(1, 2_500);
            var isNumbered = long.TryParse(http.Request.Query["fromId"], CultureInfo.InvariantCulture, out var first);
            if (isNumbered && told < 0)
            {
                http.Response.StatusCode = 400;
                return http.Response.WriteAsync("""{"code":-1128,"msg":"Combination of optional parameters invalid."}""", Cancelled);
            }

            var rows = http.Request.Query.ContainsKey("startTime") ? [] : isNumbered ? all.Where(number => number >= first).Take(1_000) : all.TakeLast(1_000);
            return http.Response.WriteAsync($"[{string.Join(',', rows.Select(number => TradeOf(number, isNumbered ? told : 7)))}]", Cancelled);
        });

        var since = TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeMilliseconds();
        var snapshot = await script.Adapter.Trading.TakeSnapshotAsync([ScriptedBinance.Bitcoin], since, [(ScriptedBinance.Bitcoin, new OrderToFind(0, "big", false))], Cancelled);

        snapshot.Fills.Count.ShouldBe(expected);
        snapshot.Fills.ShouldAllBe(fill => fill.VenueOrderId == "7");
    }

    [Fact]
    public async Task Half_a_snapshot_is_none()
    {
        await using var script = await ScriptedBinance.StartAsync();
        Account(script);
        script.Says("GET /fapi/v3/balance", """{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}""", 401);

        var failure = await Should.ThrowAsync<ExchangeException>(() => script.Adapter.Trading.TakeSnapshotAsync([ScriptedBinance.Bitcoin], 0, [], Cancelled));

        (failure.Kind, failure.Refusal).ShouldBe((AnswerKind.Refused, RefusalKind.NotAllowed));
    }

    [Fact]
    public async Task A_question_is_asked_again_while_the_exchange_is_busy()
    {
        await using var script = await ScriptedBinance.StartAsync();
        var asked = 0;
        script.Does("GET /fapi/v1/time", http =>
        {
            http.Response.StatusCode = Interlocked.Increment(ref asked) < 3 ? 502 : 200;
            return http.Response.WriteAsync(asked < 3 ? "<html>" : """{"serverTime":7}""", Cancelled);
        });

        (await script.Adapter.MarketData.GetTimeAsync(Cancelled)).ShouldBe(7);
    }

    [Fact]
    public async Task Secrets_are_in_no_message()
    {
        await using var script = await ScriptedBinance.StartAsync();
        script.Says("GET /fapi/v1/accountConfig", "not json", 400);

        var failure = await Should.ThrowAsync<ExchangeException>(() => script.Adapter.Trading.GetAccountFactsAsync(Cancelled));

        failure.ToString().ShouldNotContain(ScriptedBinance.Secret);
        failure.ToString().ShouldNotContain("signature");
    }

    [Fact]
    public async Task Garbage_among_quotes_and_candles_is_counted_told_once_and_survived()
    {
        await using var script = await ScriptedBinance.StartAsync();
        const string Quote = """{"stream":"x","data":{"e":"bookTicker","u":1,"E":5,"T":4,"s":"BTCUSDT","b":"10.5","B":"1","a":"10.6","A":"1"}}""";
        const string Closed = """{"stream":"x","data":{"e":"kline","E":9,"s":"BTCUSDT","k":{"t":120000,"T":179999,"s":"BTCUSDT","i":"1m","o":"1","c":"2","h":"3","l":"1","v":"5","x":true}}}""";
        script.Says("GET /fapi/v1/klines", """[[60000,"1","2","1","2","5",119999],[120000,"1","3","1","2","5",999999999999999]]""");
        script.Streams("/public/stream", Quote, "{", """{"e":"bookTicker"}""", "\u0000", "[]", Quote);
        script.Streams("/market/stream", """{"e":"kline"}""", "nonsense", Closed.Replace("\"t\":120000", "\"t\":\"soon\"", StringComparison.Ordinal), """{"result":null,"id":1}""", Closed);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var record = new MarketRecord();

        var running = script.Adapter.RunMarketStreamAsync([ScriptedBinance.Bitcoin], Interval.OneMinute, record, ending.Token);
        await Wait.UntilAsync(() => record.Quotes.Count >= 2 && !record.Candles.IsEmpty && record.Restorations > 0, "the streams flow behind the garbage");
        await ending.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);

        record.Candles.ShouldHaveSingleItem().Candle.ShouldBe(new Candle(120_000, 1m, 3m, 1m, 2m, 5m));
        record.Losses.Count.ShouldBeInRange(1, 2);
        record.Losses.ShouldAllBe(why => why.Contains("could not be read", StringComparison.Ordinal));
        ((Exchanges.Binance.BinanceAdapter)script.Adapter).UnreadableMessages.ShouldBe(7);
    }

    [Fact]
    public async Task Garbage_in_the_user_stream_is_told_as_a_gap()
    {
        await using var script = await ScriptedBinance.StartAsync();
        script.Says("POST /fapi/v1/listenKey", """{"listenKey":"abc"}""");
        script.Streams("/private/ws", "{\"e\":", """{"e":"ORDER_TRADE_UPDATE","o":{}}""", """{"e":"SOMETHING_NEW"}""");
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var record = new UserRecord();

        var running = script.Adapter.RunUserStreamAsync([ScriptedBinance.Bitcoin], record, ending.Token);
        await Wait.UntilAsync(() => record.Restorations == 2, "the gap is told");
        await ending.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);

        record.Losses.ShouldHaveSingleItem().ShouldContain("could not be read");
        ((Exchanges.Binance.BinanceAdapter)script.Adapter).UnreadableMessages.ShouldBe(2);
    }

    private static void Account(ScriptedBinance script)
    {
        script.Says("GET /fapi/v1/accountConfig", """{"canTrade":true,"dualSidePosition":false,"multiAssetsMargin":false}""");
        foreach (var list in new[] { "v1/openAlgoOrders", "v1/openOrders", "v1/userTrades", "v1/income", "v1/symbolConfig", "v3/positionRisk", "v3/balance" })
        {
            script.Says($"GET /fapi/{list}", "[]");
        }
    }

    private static string Trade(int number) => TradeOf(number, 7);

    private static string TradeOf(int number, int order) =>
        $$"""{"symbol":"BTCUSDT","id":{{number}},"orderId":{{order}},"side":"BUY","price":"1","qty":"1","commission":"0.1","commissionAsset":"USDT","maker":false,"time":{{1_700_000_000_000 + number}}}""";
}
