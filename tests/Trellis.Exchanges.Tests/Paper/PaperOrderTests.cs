using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;
using Trellis.Exchanges.Adapters;
using static Trellis.Exchanges.Tests.Paper.ScriptedMarket;

namespace Trellis.Exchanges.Tests.Paper;

public sealed class PaperOrderTests
{
    public static TheoryData<Side, decimal, decimal, decimal, decimal, decimal> Resting => new()
    {
        { Side.Buy, 99m, 98.9m, 99m, 98.8m, 98.9m },
        { Side.Sell, 101m, 101m, 101.1m, 101.1m, 101.2m },
    };

    public static TheoryData<decimal, decimal, RefusalKind> Refusals => new()
    {
        { 99.05m, 1m, RefusalKind.BreaksRules },
        { 99m, 0.0001m, RefusalKind.BreaksRules },
        { 99m, 0.01m, RefusalKind.BreaksRules },
        { 99m, 100000m, RefusalKind.InsufficientMargin },
    };

    public static TheoryData<Side, OrderKind, decimal, decimal, decimal> Triggers => new()
    {
        { Side.Sell, OrderKind.TriggerAtOrBelow, 98m, 97.9m, 98m },
        { Side.Sell, OrderKind.TriggerAtOrAbove, 103m, 103m, 103.1m },
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Resting))]
    public async Task A_resting_order_stays_at_a_touch_and_fills_whole_at_its_own_price_once_the_quote_is_through(
        Side side, decimal price, decimal touchBid, decimal touchAsk, decimal throughBid, decimal throughAsk)
    {
        await using var account = await PaperAccount.OpenAsync();
        var placed = await account.LimitAsync(side, price, 30m);
        placed.Kind.ShouldBe(AnswerKind.Accepted, placed.Text);

        account.Quote(touchBid, touchAsk);
        (await account.StateOfAsync(placed)).Status.ShouldBe(VenueOrderStatus.Open);

        account.Quote(throughBid, throughAsk);
        var filled = await account.StateOfAsync(placed);
        filled.Status.ShouldBe(VenueOrderStatus.Filled);
        filled.AveragePrice.ShouldBe(price);
        var fill = (await account.SnapshotAsync()).Fills.ShouldHaveSingleItem();
        fill.IsMaker.ShouldBeTrue();
        fill.Quantity.ShouldBe(30m);
        fill.Fee.ShouldBe(30m * price * 0.0002m);
        fill.FeeCurrency.ShouldBe("USDT");
        fill.ClientOrderId.ShouldBe(placed.Order!.ClientOrderId);
    }

    [Fact]
    public async Task Orders_that_were_touched_stay_where_those_that_were_passed_fill()
    {
        await using var account = await PaperAccount.OpenAsync();
        var passed = await account.LimitAsync(Side.Sell, 101m, 1m);
        var touched = await account.LimitAsync(Side.Sell, 102m, 1m);
        var beyond = await account.LimitAsync(Side.Sell, 103m, 1m);

        account.Quote(102m, 102.1m);

        (await account.StateOfAsync(passed)).Status.ShouldBe(VenueOrderStatus.Filled);
        (await account.StateOfAsync(touched)).Status.ShouldBe(VenueOrderStatus.Open);
        (await account.StateOfAsync(beyond)).Status.ShouldBe(VenueOrderStatus.Open);
    }

    [Fact]
    public async Task An_order_inside_the_spread_is_not_filled_by_the_market_moving_behind_it()
    {
        await using var account = await PaperAccount.OpenAsync();
        account.Quote(99m, 103m);
        var bought = await account.LimitAsync(Side.Buy, 101m, 1m);
        var sold = await account.LimitAsync(Side.Sell, 102m, 1m);

        account.Quote(100.5m, 103m);
        account.Quote(99m, 102.5m);

        (await account.StateOfAsync(bought)).Status.ShouldBe(VenueOrderStatus.Open);
        (await account.StateOfAsync(sold)).Status.ShouldBe(VenueOrderStatus.Open);
    }

    [Fact]
    public async Task A_market_order_takes_the_touch_and_then_worse_levels()
    {
        await using var account = await PaperAccount.OpenAsync(balance: 1_000_000m);

        var small = await account.MarketAsync(Side.Buy, 1m);
        small.Order!.AveragePrice.ShouldBe(100.1m);

        var large = await account.MarketAsync(Side.Buy, 900m);
        large.Order!.Status.ShouldBe(VenueOrderStatus.Filled);
        large.Order.AveragePrice.ShouldBeInRange(100.11m, 100.2m);
        (await account.SnapshotAsync()).Fills.ShouldAllBe(fill => !fill.IsMaker && fill.Fee == fill.Price * fill.Quantity * 0.0005m);
    }

    [Fact]
    public async Task The_rest_of_a_market_order_beyond_the_ladder_expires()
    {
        await using var account = await PaperAccount.OpenAsync(balance: 10_000_000m);

        var answer = await account.MarketAsync(Side.Sell, 20_000m);

        answer.Order!.Status.ShouldBe(VenueOrderStatus.Expired);
        (answer.Order.ExecutedQuantity * 100m).ShouldBeInRange(490_000m, 510_000m);
        answer.Order.Reason.ShouldBe("the rest found nobody to trade with");
    }

    [Fact]
    public async Task A_limit_order_across_the_market_takes_and_a_post_only_one_is_refused()
    {
        await using var account = await PaperAccount.OpenAsync();

        (await account.LimitAsync(Side.Buy, 100.1m, 1m)).Order!.Status.ShouldBe(VenueOrderStatus.Filled);
        var refused = await account.LimitAsync(Side.Buy, 100.1m, 1m, order => order with { PostOnly = true });

        refused.Kind.ShouldBe(AnswerKind.Refused);
        refused.Refusal.ShouldBe(RefusalKind.WouldTake);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_the_instrument_or_the_wallet_does_not_allow_is_refused(decimal price, decimal quantity, RefusalKind why)
    {
        await using var account = await PaperAccount.OpenAsync();

        var answer = await account.LimitAsync(Side.Buy, price, quantity);

        answer.Kind.ShouldBe(AnswerKind.Refused, answer.Text);
        answer.Refusal.ShouldBe(why, answer.Text);
        (await account.SnapshotAsync()).OpenOrders.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_client_order_id_is_taken_once()
    {
        await using var account = await PaperAccount.OpenAsync();
        await account.LimitAsync(Side.Buy, 99m, 1m, order => order with { ClientOrderId = "same" });

        (await account.LimitAsync(Side.Buy, 98m, 1m, order => order with { ClientOrderId = "same" })).Refusal.ShouldBe(RefusalKind.DuplicateClientOrderId);
    }

    [Theory]
    [MemberData(nameof(Triggers))]
    public async Task A_trigger_order_waits_and_then_closes_at_market(Side side, OrderKind kind, decimal trigger, decimal bid, decimal ask)
    {
        await using var account = await PaperAccount.OpenAsync();
        await account.MarketAsync(Side.Buy, 1m);
        var placed = await account.TriggerAsync(side, kind, trigger, 0m, order => order with { ClosePosition = true });
        placed.Order!.Status.ShouldBe(VenueOrderStatus.Untriggered, placed.Text);

        account.Quote(bid, ask);

        var state = await account.StateOfAsync(placed);
        state.Status.ShouldBe(VenueOrderStatus.Filled);
        state.AveragePrice.ShouldBe(bid);
        (await account.SnapshotAsync()).Positions.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_trigger_that_is_met_already_is_refused()
    {
        await using var account = await PaperAccount.OpenAsync();

        (await account.TriggerAsync(Side.Sell, OrderKind.TriggerAtOrBelow, 101m, 1m)).Refusal.ShouldBe(RefusalKind.WouldTriggerAtOnce);
    }

    [Fact]
    public async Task An_amended_order_stands_at_its_new_price_and_the_same_again_is_no_error()
    {
        await using var account = await PaperAccount.OpenAsync();
        var placed = await account.LimitAsync(Side.Buy, 99m, 1m);
        var id = placed.Order!.ClientOrderId;

        (await account.Trading.AmendAsync(Bitcoin, id, 98m, 2m, Side.Buy, Cancelled)).Order!.Price.ShouldBe(98m);
        (await account.Trading.AmendAsync(Bitcoin, id, 98m, 2m, Side.Buy, Cancelled)).Kind.ShouldBe(AnswerKind.Accepted);

        var order = (await account.SnapshotAsync()).OpenOrders.ShouldHaveSingleItem();
        (order.Price, order.Quantity).ShouldBe((98m, 2m));
    }

    [Fact]
    public async Task A_cancelled_order_is_found_and_cancelling_it_again_finds_none()
    {
        await using var account = await PaperAccount.OpenAsync();
        var placed = await account.LimitAsync(Side.Buy, 99m, 1m);

        (await account.Trading.CancelAsync(Bitcoin, placed.Order!.ClientOrderId, isConditional: false, Cancelled)).Order!.Status.ShouldBe(VenueOrderStatus.Canceled);

        (await account.StateOfAsync(placed)).Status.ShouldBe(VenueOrderStatus.Canceled);
        (await account.Trading.CancelAsync(Bitcoin, placed.Order.ClientOrderId, isConditional: false, Cancelled)).Refusal.ShouldBe(RefusalKind.UnknownOrder);
    }

    [Fact]
    public async Task Cancelling_all_ends_orders_and_triggers_of_one_instrument_alone()
    {
        await using var account = await PaperAccount.OpenAsync();
        await account.LimitAsync(Side.Buy, 99m, 1m);
        await account.TriggerAsync(Side.Buy, OrderKind.TriggerAtOrAbove, 110m, 1m);
        var kept = await account.Trading.PlaceAsync(Ether, new OrderIntent { Market = 1, Bot = 0, ClientOrderId = "ether", Side = Side.Buy, Kind = OrderKind.Limit, Price = 9m, Quantity = 1m }, Cancelled);

        (await account.Trading.CancelAllAsync(Bitcoin, Cancelled)).Kind.ShouldBe(AnswerKind.Accepted);

        (await account.SnapshotAsync()).OpenOrders.ShouldHaveSingleItem().ClientOrderId.ShouldBe(kept.Order!.ClientOrderId);
    }

    [Fact]
    public async Task A_batch_is_answered_order_by_order()
    {
        await using var account = await PaperAccount.OpenAsync();
        OrderIntent Order(decimal price) => new() { Market = 0, Bot = 0, ClientOrderId = account.NextId(), Side = Side.Buy, Kind = OrderKind.Limit, Price = price, Quantity = 1m };

        var answers = await account.Trading.PlaceBatchAsync([(Bitcoin, Order(99m)), (Bitcoin, Order(98.77m)), (Bitcoin, Order(98m))], Cancelled);

        answers.Select(answer => answer.Kind).ShouldBe([AnswerKind.Accepted, AnswerKind.Refused, AnswerKind.Accepted]);
    }

    [Fact]
    public async Task Hedge_mode_holds_long_and_short_apart_and_each_is_closed_by_its_side()
    {
        await using var account = await PaperAccount.OpenAsync(hedgeMode: true);
        (await account.MarketAsync(Side.Buy, 2m, order => order with { PositionSide = PositionSide.Long })).Kind.ShouldBe(AnswerKind.Accepted);
        (await account.MarketAsync(Side.Sell, 1m, order => order with { PositionSide = PositionSide.Short })).Kind.ShouldBe(AnswerKind.Accepted);
        (await account.SnapshotAsync()).Positions.Select(position => (position.Side, position.Quantity)).ShouldBe([(PositionSide.Long, 2m), (PositionSide.Short, -1m)]);

        (await account.MarketAsync(Side.Sell, 0m, order => order with { PositionSide = PositionSide.Long, ClosePosition = true })).Kind.ShouldBe(AnswerKind.Accepted);
        (await account.MarketAsync(Side.Sell, 0m, order => order with { PositionSide = PositionSide.Long, ClosePosition = true })).Refusal.ShouldBe(RefusalKind.NothingToReduce);

        (await account.SnapshotAsync()).Positions.ShouldHaveSingleItem().Side.ShouldBe(PositionSide.Short);
    }

    [Fact]
    public async Task Settings_that_are_so_already_are_no_error_and_a_mode_can_not_change_under_orders()
    {
        await using var account = await PaperAccount.OpenAsync();
        await account.Trading.SetHedgeModeAsync(false, Cancelled);
        await account.Trading.SetCrossMarginAsync(Bitcoin, Cancelled);
        await account.Trading.SetLeverageAsync(Bitcoin, 10, Cancelled);
        await account.Trading.SetLeverageAsync(Bitcoin, 10, Cancelled);
        await account.MarketAsync(Side.Buy, 1m);

        (await account.SnapshotAsync()).Positions.ShouldHaveSingleItem().Leverage.ShouldBe(10);
        (await Should.ThrowAsync<ExchangeException>(() => account.Trading.SetHedgeModeAsync(true, Cancelled))).Kind.ShouldBe(AnswerKind.Refused);
        (await Should.ThrowAsync<ExchangeException>(() => account.Trading.SetLeverageAsync(Bitcoin, 500, Cancelled))).Message.ShouldContain("500");
    }

    [Fact]
    public async Task The_key_of_a_paper_account_may_trade_and_never_withdraw()
    {
        await using var account = await PaperAccount.OpenAsync(hedgeMode: true);

        (await account.Trading.GetAccountFactsAsync(Cancelled)).ShouldBe(new AccountFacts(true, false, null, true, false));
        account.Adapter.Environment.ShouldBe(ExchangeEnvironment.Paper);
    }

    [Fact]
    public async Task An_account_whose_margin_is_gone_is_liquidated()
    {
        await using var account = await PaperAccount.OpenAsync(balance: 500m);
        (await account.MarketAsync(Side.Buy, 80m)).Kind.ShouldBe(AnswerKind.Accepted);

        account.Quote(90m, 90.1m);

        var snapshot = await account.SnapshotAsync();
        snapshot.Positions.ShouldBeEmpty();
        snapshot.Balances.ShouldHaveSingleItem().Wallet.ShouldBe(0m);
        await Wait.UntilAsync(() => account.User.Incomes.Any(income => income.Kind == VenueIncomeKind.Other), "the insurance fund is told of");
    }

    [Fact]
    public async Task Without_live_prices_no_order_is_taken_and_orders_can_still_be_cancelled()
    {
        await using var account = await PaperAccount.OpenAsync();
        var placed = await account.LimitAsync(Side.Buy, 99m, 1m);

        account.Market.Sink!.Lost("gone");
        (await account.MarketAsync(Side.Buy, 1m)).Kind.ShouldBe(AnswerKind.NotSent);
        (await account.Trading.CancelAsync(Bitcoin, placed.Order!.ClientOrderId, isConditional: false, Cancelled)).Kind.ShouldBe(AnswerKind.Accepted);

        account.Quote(100m, 100.1m);
        (await account.MarketAsync(Side.Buy, 1m)).Kind.ShouldBe(AnswerKind.Accepted);
    }

    [Fact]
    public async Task An_instrument_that_is_not_traded_is_refused_by_name()
    {
        await using var account = await PaperAccount.OpenAsync();
        var answer = await account.Trading.PlaceAsync(
            Bitcoin with { Symbol = "XRPUSDT" }, new OrderIntent { Market = 0, Bot = 0, ClientOrderId = "x", Side = Side.Buy, Kind = OrderKind.Market, Quantity = 1m }, Cancelled);

        answer.Kind.ShouldBe(AnswerKind.Refused);
        answer.Text.ShouldContain("XRPUSDT");
    }
}
