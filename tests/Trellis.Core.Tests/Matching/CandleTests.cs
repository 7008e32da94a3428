using System.Text.Json;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Matching.State;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching;

/// <summary>What the rule of candles has beyond docs/backtest.md; that page itself is compared in the tests of the backtester.</summary>
public sealed class CandleTests
{
    private readonly TestExchange exchange = new(FillRule.Candle);
    private readonly AccountId account;

    public CandleTests() => account = exchange.Account(1_000m, leverage: 10);

    [Fact]
    public void Orders_are_only_accepted_until_a_candle_passes()
    {
        var market = exchange.Market(account, Side.Buy, 1m);
        var limit = exchange.Limit(account, Side.Buy, 99m, 1m);
        var touched = exchange.Limit(account, Side.Buy, 98m, 1m);
        (market.Status, limit.Status).ShouldBe((OrderStatus.New, OrderStatus.New));

        Pass(100.5m, 101m, 98m, 100m);

        (exchange.Look(market).AveragePrice, exchange.Engine.Fills(account, 0)[0].IsMaker).ShouldBe((100.5m, false));
        (exchange.Look(limit).AveragePrice, exchange.Engine.Fills(account, 0)[1].IsMaker).ShouldBe((99m, true));
        exchange.Look(touched).Status.ShouldBe(OrderStatus.New);
        exchange.Engine.LastPrice(0).ShouldBe(100m);
        exchange.Engine.MarkPrice(0).ShouldBe(100m);
        exchange.MustAddUp();
    }

    [Fact]
    public void Slippage_moves_takers_against_them_to_the_tick()
    {
        var slipping = new TestExchange(FillRule.Candle, slippage: 0.03m);
        var owner = slipping.Account(hedge: true);
        slipping.Market(owner, Side.Buy, 1m, request => request with { PositionSide = PositionSide.Long });
        slipping.Market(owner, Side.Sell, 1m, request => request with { PositionSide = PositionSide.Short });

        slipping.After(60_000).Do(new PassCandle(slipping.Now, TestExchange.Start, [new CandlePrices(100m, 100m, 100m, 100m, 0m)]));

        slipping.Engine.Fills(owner, 0).Select(fill => fill.Price).ShouldBe([100.1m, 99.9m]);
    }

    [Fact]
    public void Post_only_beyond_the_last_close_is_refused_and_immediate_orders_take_at_the_open_or_expire()
    {
        exchange.Refused(exchange.Placing(account, Ask.Limit(Side.Buy, 100.1m, 1m) with { TimeInForce = TimeInForce.PostOnly })).ShouldBe(RefusalReason.PostOnlyWouldTake);
        var takes = exchange.Limit(account, Side.Buy, 102m, 1m, request => request with { TimeInForce = TimeInForce.ImmediateOrCancel });
        var misses = exchange.Limit(account, Side.Buy, 100.5m, 1m, request => request with { TimeInForce = TimeInForce.FillOrKill });

        Pass(101m, 103m, 90m, 101m);

        exchange.Look(takes).AveragePrice.ShouldBe(101m);
        exchange.Look(misses).End.ShouldBe(OrderEnd.NotFilledAtOnce);
    }

    [Fact]
    public void A_conditional_limit_order_that_a_candle_reaches_becomes_an_order_at_its_close()
    {
        var conditional = exchange.Done<ConditionalOrder>(exchange.Placing(account, Ask.Limit(Side.Buy, 95m, 1m) with { Trigger = new Trigger(TriggerKind.Stop, 105m, TriggerSource.LastPrice) }));

        Pass(100m, 106m, 90m, 104m);

        exchange.Look(conditional).Status.ShouldBe(ConditionalStatus.Triggered);
        exchange.Engine.OpenOrders(account, 0).ShouldHaveSingleItem().ExecutedQuantity.ShouldBe(0m);
        Pass(104m, 104m, 94m, 100m);
        exchange.Look(conditional).Status.ShouldBe(ConditionalStatus.Finished);
        exchange.Position(account).ShouldBe(1m);
    }

    [Fact]
    public void A_liquidation_ends_orders_and_is_told()
    {
        exchange.Market(account, Side.Buy, 90m);
        Pass(100m, 100m, 100m, 100m);
        var order = exchange.Limit(account, Side.Sell, 150m, 1m);

        Pass(100m, 200m, 80m, 150m);

        exchange.Told<Liquidated>().ShouldHaveSingleItem().Account.ShouldBe(account);
        exchange.Look(order).End.ShouldBe(OrderEnd.Liquidation);
        exchange.Engine.Fills(account, 0)[^1].Price.ShouldBe(80m);
        exchange.Summary(account).WalletBalance.ShouldBe(1_000m - (90m * 100m * 0.0005m) - (90m * 20m) - (90m * 80m * 0.0005m));
        exchange.MustAddUp();
    }

    [Fact]
    public void Nothing_fills_in_a_hole()
    {
        var market = exchange.Market(account, Side.Buy, 1m);

        exchange.After(60_000).Do(new PassCandle(exchange.Now, exchange.Now - 60_000, [null]));

        exchange.Look(market).Status.ShouldBe(OrderStatus.New);
        exchange.Engine.LastPrice(0).ShouldBe(100m);
    }

    [Fact]
    public void An_exchange_of_candles_is_kept_and_brought_back()
    {
        exchange.Market(account, Side.Buy, 1m);
        exchange.Limit(account, Side.Buy, 101m, 1m);
        exchange.Stop(account, Side.Sell, 95m, 1m, request => request with { ReduceOnly = true });
        var other = MatchingEngine.Restore(exchange.Engine.Settings, JsonSerializer.Deserialize<EngineState>(Telling.State(exchange.Engine))!);
        exchange.Forget();

        foreach (var candle in new[] { new CandlePrices(100m, 101m, 99m, 99m, 1m), new CandlePrices(99m, 99m, 90m, 91m, 1m) })
        {
            exchange.After(60_000);
            var pass = new PassCandle(exchange.Now, exchange.Now - 60_000, [candle]);
            exchange.Do(pass);
            other.Apply(pass);
        }

        Telling.State(other).ShouldBe(Telling.State(exchange.Engine));
        Telling.Take(other).ShouldBe(Telling.Take(exchange.Engine));
        exchange.Position(account).ShouldBe(1m);
    }

    [Theory]
    [InlineData(100, 99, 98, 100)]
    [InlineData(100, 101, 100.5, 100)]
    [InlineData(100, 101, 0, 100)]
    public void A_candle_that_is_none_is_an_error(double open, double high, double low, double close) =>
        Should.Throw<ArgumentException>(() => exchange.Apply(new PassCandle(exchange.Now, exchange.Now, [new CandlePrices((decimal)open, (decimal)high, (decimal)low, (decimal)close, 0m)])));

    private void Pass(decimal open, decimal high, decimal low, decimal close) =>
        exchange.After(60_000).Do(new PassCandle(exchange.Now, exchange.Now - 60_000, [new CandlePrices(open, high, low, close, 1m)]));
}
