using System.Text.Json;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;
using Trellis.Simulator.MarketData;
using Trellis.Simulator.Venues.Binance.Streams;

namespace Trellis.Simulator.Tests.Venues.Binance.Streams;

public sealed class MarketStreamTests : IAsyncDisposable
{
    private readonly StreamFloor _floor = new(StreamFloor.Patient);

    public ValueTask DisposeAsync() => _floor.DisposeAsync();

    [Fact]
    public async Task Every_trade_is_told_at_once()
    {
        var client = _floor.ConnectTo(StreamRoute.Public, "btcusdt@trade");
        await QuoteAsync(bid: 49_999.9m, ask: 50_000.1m);
        var account = await _floor.AccountAsync();

        await _floor.MarketAsync(account, Side.Buy, 0.25m);
        await _floor.MarketAsync(account, Side.Sell, 0.125m);

        (await client.DrainAsync()).Select(message => message.GetRawText()).ShouldBe(_floor.Market.Trades(0, null, 10).Select(trade =>
            $$"""{"e":"trade","E":{{_floor.Time.Milliseconds}},"T":{{trade.Time}},"s":"BTCUSDT","t":{{trade.Id}},"p":"{{trade.Price:F2}}","q":"{{trade.Quantity:F3}}","X":"MARKET","m":{{(trade.Aggressor == Side.Sell ? "true" : "false")}}}"""));
    }

    [Fact]
    public async Task Trades_of_one_taker_at_one_price_are_told_together_ten_times_a_second()
    {
        var client = _floor.ConnectTo(StreamRoute.Market, "btcusdt@aggTrade");
        var (maker, taker) = (await _floor.AccountAsync(), await _floor.AccountAsync());
        await _floor.LimitAsync(maker, Side.Sell, 50_000m, 1m);
        await _floor.LimitAsync(maker, Side.Sell, 50_000m, 1m);
        await _floor.LimitAsync(maker, Side.Sell, 50_001m, 1m);
        await _floor.MarketAsync(taker, Side.Buy, 2.5m);
        (await client.DrainAsync()).ShouldBeEmpty();

        _floor.Pass(100);

        var told = await client.DrainAsync();
        told.Select(message => (Text(message, "p"), Text(message, "q"), message.GetProperty("f").GetInt64(), message.GetProperty("l").GetInt64(), message.GetProperty("m").GetBoolean()))
            .ShouldBe([("50000.00", "2.000", 1L, 2L, false), ("50001.00", "0.500", 3L, 3L, false)]);
        told.Select(message => message.GetProperty("a").GetInt64()).ShouldBe([1L, 2L]);
        _floor.Pass(1_000);
        (await client.DrainAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_best_quotes_are_told_whenever_they_change_and_only_then()
    {
        var client = _floor.ConnectTo(StreamRoute.Public, "btcusdt@bookTicker");
        await QuoteAsync(bid: 100m, ask: 101m);
        await _floor.DoAsync(now => new SetQuotes(now, 0, [new(100m, 1m), new(99m, 5m)], [new(101m, 1m)]));
        await _floor.DoAsync(now => new SetQuotes(now, 1, [new(7m, 1m)], []));
        var first = await client.DrainAsync();
        await _floor.DoAsync(now => new SetQuotes(now, 0, [new(100m, 2m), new(99m, 5m)], [new(101m, 1m)]));

        first.Select(Quote).ShouldBe([("100.00", "1.000", "101.00", "1.000")]);
        (await client.DrainAsync()).Select(Quote).ShouldBe([("100.00", "2.000", "101.00", "1.000")]);

        static (string, string, string, string) Quote(JsonElement message) => (Text(message, "b"), Text(message, "B"), Text(message, "a"), Text(message, "A"));
    }

    [Fact]
    public async Task A_candle_is_told_while_it_changes_and_once_when_it_is_over()
    {
        var client = _floor.ConnectTo(StreamRoute.Market, "btcusdt@kline_1m", "btcusdt_perpetual@continuousKline_1m");
        await _floor.MoveAsync(50_000m, volume: 1m);
        _floor.Pass(250);
        await _floor.MoveAsync(50_500m, volume: 1m);
        _floor.Pass(250);
        _floor.Pass(1_000);
        var first = await client.DrainAsync();

        // Three minutes pass at once, as they do at a market's higher speeds.
        _floor.Time.Advance(TimeSpan.FromMinutes(3));
        await _floor.MarkAsync(1m);
        _floor.Pass(250);
        var later = await client.DrainAsync();

        first.Count(message => Text(message, "e") == "kline").ShouldBe(2);
        first.ShouldAllBe(message => !message.GetProperty("k").GetProperty("x").GetBoolean());
        var klines = _floor.Market.Klines(0, KlineInterval.OneMinute, null, null, 4);
        foreach (var name in new[] { "kline", "continuous_kline" })
        {
            later.Where(message => Text(message, "e") == name).Select(message => message.GetProperty("k"))
                .Select(kline => (kline.GetProperty("t").GetInt64(), kline.GetProperty("T").GetInt64(), Text(kline, "c"), kline.GetProperty("n").GetInt32(), kline.GetProperty("x").GetBoolean()))
                .ShouldBe(klines.Select((kline, place) => (kline.OpenTime, kline.CloseTime, $"{kline.Close:F2}", kline.Trades, place < 3)));
        }
    }

    [Fact]
    public async Task Tickers_are_told_every_second_in_which_something_was_traded()
    {
        var client = _floor.ConnectTo(StreamRoute.Market, "btcusdt@ticker", "btcusdt@miniTicker", "!ticker@arr");
        await _floor.MoveAsync(50_000m);
        await _floor.MoveAsync(50_500m, volume: 4m);
        await _floor.MoveAsync(1_990m, instrument: 1, volume: 2m);
        _floor.Pass(1_000);
        var messages = await client.DrainAsync();
        _floor.Pass(3_000);
        (await client.DrainAsync()).ShouldBeEmpty();

        messages.Count.ShouldBe(3);
        var ticker = _floor.Market.Ticker(0);
        var full = messages.Single(message => message.ValueKind == JsonValueKind.Object && Text(message, "e") == "24hrTicker");
        (Text(full, "c"), Text(full, "o"), Text(full, "v"), full.GetProperty("n").GetInt64()).ShouldBe(($"{ticker.Last:F2}", $"{ticker.Open:F2}", $"{ticker.Volume:F3}", ticker.Trades));
        (Text(full, "p"), Text(full, "P"), Text(full, "w")).ShouldBe(
            ($"{ticker.Last - ticker.Open:F2}", $"{100 * (ticker.Last - ticker.Open) / ticker.Open:F3}", $"{ticker.QuoteVolume / ticker.Volume:F2}"));
        messages.Single(message => message.ValueKind == JsonValueKind.Array).EnumerateArray().Select(one => Text(one, "s")).ShouldBe(["BTCUSDT", "ETHUSDT"]);
    }

    [Fact]
    public async Task Mark_prices_are_told_every_third_or_every_second_changed_or_not()
    {
        var slow = _floor.ConnectTo(StreamRoute.Market, "btcusdt@markPrice");
        var fast = _floor.ConnectTo(StreamRoute.Market, "!markPrice@arr@1s");
        _floor.Market.SetFunding(0, 0.0001m, 123);
        await _floor.MarkAsync(50_000m);
        await _floor.MarkAsync(2_000m, instrument: 1);

        _floor.Pass(6_000);

        var marks = await slow.DrainAsync();
        marks.Count.ShouldBe(2);
        (Text(marks[0], "p"), Text(marks[0], "i"), Text(marks[0], "r"), marks[0].GetProperty("T").GetInt64()).ShouldBe(("50000.00000000", "50001.00000000", "0.00010000", 123L));
        (await fast.DrainAsync()).Select(message => message.GetArrayLength()).ShouldBe(Enumerable.Repeat(2, 6));
    }

    [Fact]
    public async Task The_last_forced_close_of_a_second_is_told()
    {
        var one = _floor.ConnectTo(StreamRoute.Market, "btcusdt@forceOrder");
        var all = _floor.ConnectTo(StreamRoute.Market, "!forceOrder@arr");
        _floor.Tell(Forced(0, 1), Forced(0, 2), Forced(1, 3), Forced(0, 4) with { Change = OrderChange.Placed });

        _floor.Pass(2_000);

        (await one.DrainAsync()).Select(message => Text(message.GetProperty("o"), "q")).ShouldBe(["2.000"]);
        (await all.DrainAsync()).Select(message => (Text(message.GetProperty("o"), "s"), Text(message.GetProperty("o"), "q"))).ShouldBe([("BTCUSDT", "2.000"), ("ETHUSDT", "3.000")]);
    }

    [Fact]
    public async Task A_halt_is_told_with_the_contract()
    {
        var client = _floor.ConnectTo(StreamRoute.Market, "!contractInfo");

        await _floor.DoAsync(now => new HaltTrading(now, 1, true));
        await _floor.DoAsync(now => new HaltTrading(now, 1, false));

        (await client.DrainAsync()).Select(message => (Text(message, "s"), Text(message, "cs"), message.GetProperty("bks").GetArrayLength()))
            .ShouldBe([("ETHUSDT", "PENDING_TRADING", 2), ("ETHUSDT", "TRADING", 2)]);
    }

    [Fact]
    public async Task All_best_quotes_that_changed_are_told_every_five_seconds()
    {
        var client = _floor.ConnectTo(StreamRoute.Public, "!bookTicker");
        await QuoteAsync(bid: 100m, ask: 101m);
        await QuoteAsync(bid: 100m, ask: 102m);
        _floor.Pass(4_900);
        (await client.DrainAsync()).ShouldBeEmpty();
        _floor.Pass(100);

        (await client.DrainAsync()).Select(message => (Text(message, "s"), Text(message, "a"))).ShouldBe([("BTCUSDT", "102.00")]);
    }

    [Fact]
    public async Task The_same_message_reaches_all_who_listen_in_the_form_that_each_has()
    {
        StreamClient[] clients = [.. Enumerable.Range(0, 5).Select(i => _floor.Connect(i % 2 == 0 ? "fstream.binance.com/market/ws/btcusdt@markPrice@1s" : "fstream.binance.com/market/stream?streams=btcusdt@markPrice@1s"))];
        await _floor.MarkAsync(50_000m);
        _floor.Pass(1_000);

        var messages = new List<string>();
        foreach (var client in clients)
        {
            var message = (await client.DrainAsync()).ShouldHaveSingleItem();
            messages.Add((message.TryGetProperty("data", out var data) ? data : message).GetRawText());
        }

        messages.Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Nothing_is_told_any_more_after_unsubscribing()
    {
        var client = _floor.ConnectTo(StreamRoute.Public, "btcusdt@trade", "ethusdt@trade");
        await client.AskAsync("UNSUBSCRIBE", "btcusdt@trade");
        await _floor.MoveAsync(50_000m);
        await _floor.MoveAsync(50_100m, volume: 1m);
        await _floor.MoveAsync(2_000m, instrument: 1);
        await _floor.MoveAsync(2_010m, volume: 1m, instrument: 1);

        var told = await client.DrainAsync();

        told.ShouldNotBeEmpty();
        told.ShouldAllBe(message => Text(message, "s") == "ETHUSDT");
    }

    private Task QuoteAsync(decimal bid, decimal ask) => _floor.DoAsync(now => new SetQuotes(now, 0, [new(bid, 1m)], [new(ask, 1m)]));

    private OrderChanged Forced(int instrument, decimal quantity)
    {
        var order = UserEvents.Order(new(1), instrument, quantity) with { IsLiquidation = true, Status = OrderStatus.Filled, ExecutedQuantity = quantity, AveragePrice = 100m };
        return new OrderChanged(_floor.Time.Milliseconds, order, OrderChange.Filled, UserEvents.Fill(order, quantity));
    }

    private static string Text(JsonElement message, string name) => message.GetProperty(name).GetString()!;
}
