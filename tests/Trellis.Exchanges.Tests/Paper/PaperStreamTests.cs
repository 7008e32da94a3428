using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Venues;
using static Trellis.Exchanges.Tests.Paper.ScriptedMarket;

namespace Trellis.Exchanges.Tests.Paper;

public sealed class PaperStreamTests
{
    [Fact]
    public async Task The_user_stream_tells_each_fill_before_the_order_that_it_changed()
    {
        await using var account = await PaperAccount.OpenAsync();
        var placed = await account.LimitAsync(Side.Buy, 99m, 1m);
        account.Quote(98m, 98.1m);
        await Wait.UntilAsync(() => account.User.Orders.Any(order => order.Status == VenueOrderStatus.Filled), "the order is told filled");

        account.User.Events.Select(Describe).ShouldBe(["restored", $"{placed.Order!.ClientOrderId} Open", $"fill of {placed.Order.ClientOrderId}", $"{placed.Order.ClientOrderId} Filled"]);
    }

    [Fact]
    public async Task A_trigger_is_told_with_the_order_that_it_became_and_ends_after_it()
    {
        await using var account = await PaperAccount.OpenAsync();
        await account.MarketAsync(Side.Buy, 1m);
        var placed = await account.TriggerAsync(Side.Sell, OrderKind.TriggerAtOrBelow, 98m, 1m, order => order with { ReduceOnly = true });
        var id = placed.Order!.ClientOrderId;
        account.Quote(97m, 97.1m);
        await Wait.UntilAsync(() => account.User.Orders.Any(order => order is { IsConditional: true, Status: VenueOrderStatus.Filled }), "the trigger has ended");

        account.User.Events.Select(Describe).SkipWhile(text => text != $"trigger {id} Untriggered")
            .ShouldBe([$"trigger {id} Untriggered", $"{id} Open", $"trigger {id} Open", $"fill of {id}", $"{id} Filled", $"trigger {id} Filled"]);
        var made = account.User.Orders.Last(order => !order.IsConditional);
        account.User.Orders.Last(order => order.IsConditional).TriggeredOrderId.ShouldBe(made.VenueOrderId);
    }

    [Fact]
    public async Task Market_data_come_through_as_they_are()
    {
        await using var account = await PaperAccount.OpenAsync();

        account.Quote(100.03m, 100.07m);
        account.Market.Sink!.Lost("gone");
        account.Market.Sink.Restored();

        account.Prices.Quotes.ShouldHaveSingleItem().ShouldBe((Bitcoin, 100.03m, 100.07m, 0L));
        account.Prices.Losses.ShouldBe(["gone"]);
        account.Prices.Restorations.ShouldBe(1);
    }

    [Fact]
    public async Task A_snapshot_finds_the_orders_that_were_asked_for_and_names_those_it_does_not_know()
    {
        await using var account = await PaperAccount.OpenAsync();
        var ended = await account.MarketAsync(Side.Buy, 1m);
        var waiting = await account.TriggerAsync(Side.Sell, OrderKind.TriggerAtOrBelow, 90m, 1m);
        var open = await account.LimitAsync(Side.Buy, 99m, 1m);

        var snapshot = await account.SnapshotAsync((Bitcoin, new OrderToFind(0, ended.Order!.ClientOrderId, false)), (Bitcoin, new OrderToFind(0, "never", false)));

        snapshot.OpenOrders.Select(order => order.ClientOrderId).ShouldBe([waiting.Order!.ClientOrderId, open.Order!.ClientOrderId]);
        snapshot.AskedOrders.ShouldHaveSingleItem().Status.ShouldBe(VenueOrderStatus.Filled);
        snapshot.NotFound.ShouldBe(["never"]);
        snapshot.Fills.ShouldHaveSingleItem().VenueOrderId.ShouldBe(ended.Order.VenueOrderId);
        snapshot.Income.ShouldHaveSingleItem().Kind.ShouldBe(VenueIncomeKind.Transfer);
        snapshot.Balances.ShouldHaveSingleItem().Wallet.ShouldBe(10_000m - (100.1m * 0.0005m));
    }

    private static string Describe(object happened) => happened switch
    {
        VenueFill fill => $"fill of {fill.ClientOrderId}",
        VenueOrder { IsConditional: true } order => $"trigger {order.ClientOrderId} {order.Status}",
        VenueOrder order => $"{order.ClientOrderId} {order.Status}",
        _ => happened.ToString() ?? "",
    };
}
