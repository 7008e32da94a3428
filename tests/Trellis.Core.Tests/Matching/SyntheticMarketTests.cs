using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching;

public sealed class SyntheticMarketTests
{
    private readonly TestExchange exchange = new();
    private readonly AccountId trader;

    public SyntheticMarketTests() => trader = exchange.Account(10_000_000m);

    [Fact]
    public void Quotes_stand_a_tick_apart_around_the_price_with_depth_for_a_million()
    {
        exchange.Move(105m);

        var bids = exchange.Engine.Levels(0, Side.Buy, 20);
        var asks = exchange.Engine.Levels(0, Side.Sell, 20);
        (bids[0].Price, asks[0].Price).ShouldBe((104.9m, 105m));
        foreach (var side in new[] { bids, asks })
        {
            side.Count.ShouldBe(20);
            side.Sum(level => level.Price * level.Quantity).ShouldBeInRange(600_000m, 1_400_000m);
            side.ShouldAllBe(level => level.Price % 0.1m == 0 && level.Quantity % 0.001m == 0);
        }

        exchange.Engine.LastPrice(0).ShouldBe(105m);
        exchange.Engine.IndexPrice(0).ShouldBe(105m);
    }

    [Fact]
    public void The_mark_price_goes_half_the_way_to_the_index_until_someone_sets_it()
    {
        exchange.Move(104m);
        exchange.Engine.MarkPrice(0).ShouldBe(102m);

        exchange.Mark(99m);
        exchange.Move(106m);
        exchange.Engine.MarkPrice(0).ShouldBe(99m);
        exchange.Told<MarkPriceChanged>().Select(told => told.MarkPrice).ShouldBe([102m, 99m]);
    }

    [Theory]
    [InlineData(Side.Sell, 102, 105)]
    [InlineData(Side.Buy, 98, 95)]
    public void What_the_market_passes_fills_whole_at_its_own_price(Side side, int limit, int price)
    {
        exchange.Move(100m);
        var order = exchange.Limit(trader, side, limit, 3m);

        exchange.Move(price);

        exchange.Look(order).ShouldSatisfyAllConditions(
            order => order.Status.ShouldBe(OrderStatus.Filled),
            order => order.AveragePrice.ShouldBe(limit));
        exchange.Engine.Fills(trader, 0).ShouldAllBe(fill => fill.IsMaker);
        exchange.MustAddUp();
    }

    [Theory]
    [InlineData(Side.Sell, 105)]
    [InlineData(Side.Buy, 95)]
    public void An_order_at_the_touch_fills_only_by_its_place_in_the_queue(Side side, int price)
    {
        exchange.Move(100m);
        var order = exchange.Limit(trader, side, price, 3m);

        exchange.Move(price);
        exchange.Look(order).Status.ShouldBe(OrderStatus.New);

        exchange.Move(price, volume: 5m);
        exchange.Look(order).ExecutedQuantity.ShouldBe(3m);
        exchange.MustAddUp();
    }

    [Fact]
    public void The_houses_quotes_in_front_take_the_volume_first()
    {
        exchange.Move(100m);
        var ahead = exchange.Engine.Levels(0, Side.Buy, 1)[0].Quantity;
        var order = exchange.Limit(trader, Side.Buy, 100m, 1m);

        exchange.Move(100m, volume: ahead + 0.4m);

        exchange.Look(order).ExecutedQuantity.ShouldBe(0.4m);
    }

    [Fact]
    public void Levels_that_stay_keep_their_place_before_a_users_order()
    {
        exchange.Move(100m, step: 1);
        exchange.Limit(trader, Side.Buy, 99.9m, 1m);
        exchange.Forget();

        exchange.Move(100m, step: 1);

        exchange.Engine.LevelChanges.ShouldBeEmpty();
    }

    [Fact]
    public void The_volume_is_printed_on_the_way_in_a_few_trades_of_the_moves_side()
    {
        exchange.Move(100m);
        exchange.Forget();

        exchange.Move(101m, volume: 50m);

        var trades = exchange.Told<Traded>();
        trades.Sum(trade => trade.Quantity).ShouldBe(50m);
        trades.ShouldAllBe(trade => trade.Aggressor == Side.Buy);
        trades.Select(trade => trade.Price).Distinct().ShouldBe([100.2m, 100.4m, 100.6m, 100.8m, 101m]);
        trades.Select(trade => trade.TradeId).ShouldBe(Enumerable.Range(1, trades.Count).Select(id => (long)id));
    }

    [Fact]
    public void A_quote_that_crosses_a_users_order_trades_with_it_at_the_users_price()
    {
        exchange.Do(new SetQuotes(exchange.Now, 0, [new QuoteLevel(99m, 5m)], [new QuoteLevel(101m, 5m)]));
        var order = exchange.Limit(trader, Side.Sell, 100m, 2m);

        exchange.Do(new SetQuotes(exchange.Now, 0, [new QuoteLevel(100.5m, 5m)], [new QuoteLevel(101m, 4m)]));

        exchange.Look(order).AveragePrice.ShouldBe(100m);
        exchange.Engine.Levels(0, Side.Buy, 9).ShouldBe([new QuoteLevel(100.5m, 3m)]);
        exchange.Engine.Levels(0, Side.Sell, 9).ShouldBe([new QuoteLevel(101m, 4m)]);
        exchange.MustAddUp();
    }

    [Fact]
    public void A_trade_outside_fills_better_orders_whole_and_its_own_price_by_the_queue()
    {
        exchange.Do(new SetQuotes(exchange.Now, 0, [new QuoteLevel(99m, 5m)], [new QuoteLevel(100m, 1m), new QuoteLevel(101m, 2m)]));
        var better = exchange.Limit(trader, Side.Sell, 100.5m, 1m);
        var queued = exchange.Limit(trader, Side.Sell, 101m, 1m);

        exchange.Do(new TradeOutside(exchange.Now, 0, Side.Buy, 101m, 3.4m));

        exchange.Look(better).Status.ShouldBe(OrderStatus.Filled);
        exchange.Look(queued).ExecutedQuantity.ShouldBe(0.4m);
        exchange.Told<Traded>().Sum(trade => trade.Quantity).ShouldBe(3.4m);
        exchange.Engine.LastPrice(0).ShouldBe(101m);
        exchange.MustAddUp();
    }

    [Fact]
    public void A_trade_outside_passes_an_order_that_the_trade_before_it_ended()
    {
        exchange.Move(100m);
        exchange.Market(trader, Side.Buy, 1m);
        exchange.Limit(trader, Side.Sell, 101m, 1m, request => request with { ReduceOnly = true });
        var second = exchange.Limit(trader, Side.Sell, 101m, 1m, request => request with { ReduceOnly = true });

        exchange.Do(new TradeOutside(exchange.Now, 0, Side.Buy, 101.5m, 5m));

        (exchange.Look(second).End, exchange.Look(second).ExecutedQuantity).ShouldBe((OrderEnd.NothingToReduce, 0m));
        exchange.Position(trader).ShouldBe(0m);
        exchange.Told<OrderChanged>()[^1].Change.ShouldBe(OrderChange.Expired);
        exchange.MustAddUp();
    }
}
