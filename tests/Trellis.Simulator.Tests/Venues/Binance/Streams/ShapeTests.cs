using System.Text.Json;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Simulator.Tests.Venues.Binance.Streams;

/// <summary>Messages have the fields of the recorded ones, with the same kinds of JSON values, and no others.</summary>
public sealed class ShapeTests
{
    [Theory]
    [InlineData("aggTrade", "jkorf-usdm-aggtrades.json", "usdmconn-aggregate-trade-streams.json")]
    [InlineData("bookTicker", "jkorf-usdm-bookticker.json", "usdmconn-individual-symbol-book-ticker-streams.json")]
    [InlineData("depthUpdate", "jkorf-usdm-book.json", "usdmconn-diff-book-depth-streams.json")]
    [InlineData("markPriceUpdate", "jkorf-usdm-markprice.json", "usdmconn-mark-price-stream-subscription.json")]
    [InlineData("kline", "jkorf-usdm-klines.json", "usdmconn-kline-candlestick-streams.json")]
    [InlineData("continuous_kline", "jkorf-usdm-contklines.json", "usdmconn-continuous-contract-kline-candlestick-streams.json")]
    [InlineData("24hrTicker", "jkorf-usdm-ticker.json", "usdmconn-individual-symbol-ticker-streams.json", "usdmconn-all-market-tickers-streams.json")]
    [InlineData("24hrMiniTicker", "jkorf-usdm-miniticker.json", "usdmconn-individual-symbol-mini-ticker-stream.json")]
    [InlineData("forceOrder", "jkorf-usdm-liquidations.json", "usdmconn-all-market-liquidation-order-streams.json")]
    [InlineData("contractInfo", "jkorf-usdm-symbolupdates.json", "usdmconn-contract-info-stream.json")]
    [InlineData("ACCOUNT_UPDATE", "jkorf-usdm-accountupdate.json")]
    [InlineData("ORDER_TRADE_UPDATE", "jkorf-usdm-orderupdate.json")]
    [InlineData("TRADE_LITE", "jkorf-usdm-tradeupdate.json")]
    [InlineData("ALGO_UPDATE", "jkorf-usdm-algoorderupdate.json")]
    [InlineData("ACCOUNT_CONFIG_UPDATE", "jkorf-usdm-leverage.json")]
    [InlineData("CONDITIONAL_ORDER_TRIGGER_REJECT", "jkorf-usdm-conditionaltrigger.json")]
    [InlineData("listenKeyExpired", "manual-listenkey-expired.json")]
    public async Task A_message_has_the_fields_of_the_recorded_ones(string name, params string[] files)
    {
        var recorded = new SortedDictionary<string, JsonValueKind>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            Describe("", FixtureFolder.Stream(file), recorded);
        }

        // Only trailing stops have an activation price and a callback rate; there are none on this exchange.
        recorded.Remove("/o/AP");
        recorded.Remove("/o/cr");

        var told = new SortedDictionary<string, JsonValueKind>(StringComparer.Ordinal);
        Describe("", (await MessagesAsync()).First(message => message.GetProperty("e").GetString() == name), told);

        told.ShouldBe(recorded);
    }

    [Theory]
    [InlineData("manual-stream-error-bad-id.json", """{"method":"SUBSCRIBE","params":[]}""")]
    [InlineData("manual-stream-error-too-many-parameters.json", """{"method":"LIST_SUBSCRIPTIONS","params":[1],"id":1}""")]
    public async Task A_refusal_is_worded_as_the_recorded_one(string file, string request)
    {
        var recorded = FixtureFolder.Stream(file);
        await using var floor = new StreamFloor();
        var client = floor.ConnectTo(Simulator.Venues.Binance.Streams.StreamRoute.Public);

        await client.SendAsync(request);

        var answer = await client.ReadAsync();
        answer.GetProperty("code").GetInt32().ShouldBe(recorded.GetProperty("code").GetInt32());
        answer.GetProperty("msg").GetString().ShouldBe(recorded.GetProperty("msg").GetString());
    }

    /// <summary>At least one message of every kind.</summary>
    private static async Task<List<JsonElement>> MessagesAsync()
    {
        await using var floor = new StreamFloor(StreamFloor.Patient);
        var (account, other) = (await floor.AccountAsync(), await floor.AccountAsync());
        var client = floor.Connect($"127.0.0.1/ws/{floor.ListenKeys.Create(account).Key}");
        await client.SubscribeAsync(
            "btcusdt@aggTrade", "btcusdt@trade", "btcusdt@bookTicker", "btcusdt@depth@100ms", "btcusdt@markPrice@1s", "btcusdt@kline_1m", "btcusdt_perpetual@continuousKline_1m",
            "btcusdt@ticker", "btcusdt@miniTicker", "btcusdt@forceOrder", "!contractInfo");
        await floor.MarkAsync(50_000m);
        await floor.MoveAsync(50_000m);
        await floor.LimitAsync(other, Side.Sell, 50_000m, 1m);
        await floor.LimitAsync(account, Side.Buy, 50_010m, 0.5m);
        await floor.StopAsync(account, Side.Sell, 40_000m, 0.1m);
        await floor.DoAsync(now => new SetLeverage(now, account, 0, 9));
        await floor.DoAsync(now => new HaltTrading(now, 1, true));
        var order = UserEvents.Order(other, 0, 1m) with { IsLiquidation = true, Status = OrderStatus.Filled };
        floor.Tell(
            new OrderChanged(floor.Time.Milliseconds, order, OrderChange.Filled, UserEvents.Fill(order, 1m)),
            new ConditionalChanged(floor.Time.Milliseconds, Rejected(account)));
        floor.Pass(1_000);
        floor.ListenKeys.ExpireAll();
        return await client.DrainAsync();
    }

    private static ConditionalOrder Rejected(AccountId account) => new()
    {
        Id = 9,
        Account = account,
        Request = UserEvents.Order(account, 0, 1m).Request with { Trigger = new Trigger(TriggerKind.Stop, 100m, TriggerSource.LastPrice) },
        Status = ConditionalStatus.Rejected,
        Refusal = new Refusal(RefusalReason.InsufficientMargin, "margin is insufficient"),
        CreatedAt = 1,
        UpdatedAt = 2,
    };

    private static void Describe(string path, JsonElement value, SortedDictionary<string, JsonValueKind> shape)
    {
        shape[path] = value.ValueKind == JsonValueKind.False ? JsonValueKind.True : value.ValueKind;
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    Describe($"{path}/{property.Name}", property.Value, shape);
                }

                break;
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                Describe($"{path}[]", value[0], shape);
                break;
        }
    }
}
