using Trellis.Core.Orders;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;
using static Trellis.Exchanges.Tests.Binance.SimulatedBinance;

namespace Trellis.Exchanges.Tests.Binance;

/// <summary>The account's events, and what happens when they stop.</summary>
public sealed class UserStreamTests
{
    [Fact]
    public async Task An_expired_listen_key_is_told_and_a_new_one_taken()
    {
        await using var binance = await StartAsync();
        var user = await binance.ListenAsync();

        await binance.ControlAsync(HttpMethod.Post, "/sim/user-streams/expire");
        await Wait.UntilAsync(() => user.Restorations == 2, "the stream is back");

        user.Losses.ShouldHaveSingleItem().ShouldContain("listen key expired");
        await TellsOfAnOrderAsync(binance, user);
    }

    [Fact]
    public async Task A_connection_that_is_closed_is_told_and_opened_again()
    {
        await using var binance = await StartAsync();
        var user = await binance.ListenAsync();

        await binance.ControlAsync(HttpMethod.Post, "/sim/streams/close", new { streams = "all" });
        await Wait.UntilAsync(() => user.Restorations == 2, "the stream is back");

        user.Losses.ShouldHaveSingleItem();
        await TellsOfAnOrderAsync(binance, user);
    }

    [Fact]
    public async Task A_stream_that_says_nothing_of_an_accepted_order_is_lost_and_polling_tells_instead()
    {
        await using var binance = await StartAsync(change: options => options with { SilenceLimit = TimeSpan.FromMilliseconds(400) });
        var user = await binance.ListenAsync();
        await binance.FaultAsync(new { kind = "silent-streams", streams = "user" });

        var placed = await binance.Trading.PlaceAsync(Bitcoin, binance.MarketIntent(Side.Buy), Cancelled);
        await Wait.UntilAsync(() => user.Losses.Any(), "the silence is told");

        user.Losses.First().ShouldContain("told nothing of an order that was accepted");
        await binance.MendAsync();
        await Wait.UntilAsync(() => user.Restorations >= 2, "the stream is back");
        (await binance.SnapshotAsync()).Fills.ShouldHaveSingleItem().VenueOrderId.ShouldBe(placed.Order!.VenueOrderId);
    }

    [Fact]
    public async Task While_the_stream_is_down_polling_tells_fills_and_ends_of_orders()
    {
        await using var binance = await StartAsync();
        var adapter = binance.Create(options => options with { PollOnly = true });
        await adapter.ConnectAsync(Cancelled);
        var user = await binance.ListenAsync(adapter);
        var resting = binance.Intent();
        await binance.Trading.PlaceAsync(Bitcoin, resting, Cancelled);
        await Wait.UntilAsync(() => user.Orders.Any(order => order.ClientOrderId == resting.ClientOrderId), "the open order is told");

        await binance.Trading.PlaceAsync(Bitcoin, binance.MarketIntent(Side.Buy), Cancelled);
        await Wait.UntilAsync(() => user.Fills.Any(), "the fill is told");
        await binance.Trading.CancelAsync(Bitcoin, resting.ClientOrderId, false, Cancelled);
        await Wait.UntilAsync(() => user.Orders.Any(order => order.Status == VenueOrderStatus.Canceled), "the cancel is told");

        user.Fills.ShouldHaveSingleItem().Quantity.ShouldBe(0.01m);
        adapter.Health.UserStreamUp.ShouldBeTrue();
    }

    [Fact]
    public async Task A_transfer_has_the_same_name_in_the_stream_and_in_the_list()
    {
        await using var binance = await StartAsync();
        var user = await binance.ListenAsync();

        await binance.ControlAsync(HttpMethod.Post, "/sim/accounts/main/transfer", new { amount = 250 });
        await Wait.UntilAsync(() => user.Events.OfType<VenueIncome>().Any(income => income.Amount == 250m), "the transfer is told");

        var told = user.Events.OfType<VenueIncome>().Single(income => income.Amount == 250m);
        told.Kind.ShouldBe(VenueIncomeKind.Transfer);
        (await binance.SnapshotAsync()).Income.ShouldContain(told);
    }

    [Fact]
    public async Task Events_that_come_twice_or_late_are_told_as_they_come()
    {
        await using var binance = await StartAsync();
        var user = await binance.ListenAsync();
        await binance.FaultAsync(new { kind = "duplicate-message", match = new { @event = "*" }, copies = 3 });

        await binance.Trading.PlaceAsync(Bitcoin, binance.MarketIntent(Side.Buy), Cancelled);
        await Wait.UntilAsync(() => user.Fills.Count() == 3, "all copies came");

        user.Fills.Select(fill => fill.TradeId).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        user.Losses.ShouldBeEmpty();
    }

    private static async Task TellsOfAnOrderAsync(SimulatedBinance binance, UserRecord user)
    {
        await Wait.UntilAsync(() => binance.HasListenersAsync(), "the exchange has a listener");
        var intent = binance.Intent();
        (await binance.Trading.PlaceAsync(Bitcoin, intent, Cancelled)).Kind.ShouldBe(AnswerKind.Accepted);
        await Wait.UntilAsync(() => user.Orders.Any(order => order.ClientOrderId == intent.ClientOrderId), "the order is told");
        binance.Adapter.Health.UserStreamUp.ShouldBeTrue();
    }
}
