using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching;

public sealed class PriorityTests
{
    private readonly TestExchange exchange = new();
    private readonly AccountId first;
    private readonly AccountId second;
    private readonly AccountId taker;

    public PriorityTests()
    {
        first = exchange.Account();
        second = exchange.Account();
        taker = exchange.Account();
    }

    [Theory]
    [InlineData(Side.Buy, 99.0, 99.5)]
    [InlineData(Side.Sell, 101.0, 100.5)]
    public void The_better_price_trades_first_though_it_came_later(Side side, double worse, double better)
    {
        var early = exchange.Limit(first, side, (decimal)worse, 1m);
        var late = exchange.Limit(second, side, (decimal)better, 1m);

        exchange.Market(taker, side.Opposite(), 1m);

        exchange.Look(early).Status.ShouldBe(OrderStatus.New);
        exchange.Look(late).Status.ShouldBe(OrderStatus.Filled);
        exchange.Engine.LastPrice(0).ShouldBe((decimal)better);
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    public void At_one_price_who_came_first_trades_first(Side side)
    {
        var early = exchange.Limit(first, side, 100m, 1m);
        var late = exchange.Limit(second, side, 100m, 1m);

        exchange.Market(taker, side.Opposite(), 1.5m);

        exchange.Look(early).Status.ShouldBe(OrderStatus.Filled);
        exchange.Look(late).ShouldSatisfyAllConditions(
            order => order.Status.ShouldBe(OrderStatus.PartiallyFilled),
            order => order.ExecutedQuantity.ShouldBe(0.5m),
            order => order.RemainingQuantity.ShouldBe(0.5m));
    }

    [Fact]
    public void A_taker_gets_the_makers_prices_and_rests_with_what_is_left()
    {
        exchange.Limit(first, Side.Sell, 100m, 1m);
        exchange.Limit(second, Side.Sell, 101m, 1m);
        exchange.Limit(second, Side.Sell, 103m, 1m);

        var order = exchange.Limit(taker, Side.Buy, 102m, 3m);

        order.Status.ShouldBe(OrderStatus.PartiallyFilled);
        order.ExecutedQuantity.ShouldBe(2m);
        order.AveragePrice.ShouldBe(100.5m);
        exchange.Engine.Levels(0, Side.Buy, 5).ShouldBe([new QuoteLevel(102m, 1m)]);
        exchange.Engine.Levels(0, Side.Sell, 5).ShouldBe([new QuoteLevel(103m, 1m)]);
        exchange.MustAddUp();
    }

    [Fact]
    public void A_trade_is_told_in_order_the_taker_then_the_maker_then_the_tape_then_the_accounts()
    {
        exchange.Limit(first, Side.Sell, 100m, 1m);
        exchange.Forget();

        exchange.Market(taker, Side.Buy, 1m);

        exchange.Engine.Events.Select(happened => happened.GetType().Name).ShouldBe(
            ["OrderChanged", "OrderChanged", "OrderChanged", "Traded", "AccountChanged", "AccountChanged", "IncomeBooked", "IncomeBooked"]);
        exchange.Told<OrderChanged>().Select(told => (told.Order.Account, told.Change)).ShouldBe(
            [(taker, OrderChange.Placed), (taker, OrderChange.Filled), (first, OrderChange.Filled)]);
        exchange.Told<AccountChanged>().Select(told => (told.Account, told.Change)).ShouldBe([(taker, -0.05m), (first, -0.02m)]);
        exchange.Told<IncomeBooked>().ShouldAllBe(entry => entry.Kind == IncomeKind.Fee && entry.TradeId == 1);
    }
}
