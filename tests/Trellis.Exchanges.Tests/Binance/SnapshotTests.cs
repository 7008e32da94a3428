using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Venues;
using static Trellis.Exchanges.Tests.Binance.SimulatedBinance;

namespace Trellis.Exchanges.Tests.Binance;

/// <summary>Everything that is said of an account and a market.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public async Task A_snapshot_tells_orders_fills_positions_and_balances()
    {
        await using var binance = await StartAsync();
        var (resting, filled) = (binance.Intent(), binance.MarketIntent(Side.Buy));
        var stop = binance.Intent(intent => intent with { Side = Side.Sell, Kind = OrderKind.TriggerAtOrBelow, Price = 0m, TriggerPrice = binance.Above(-3), Quantity = 0m, ClosePosition = true });
        await binance.Trading.PlaceAsync(Bitcoin, filled, Cancelled);
        await binance.Trading.PlaceAsync(Bitcoin, resting, Cancelled);
        (await binance.Trading.PlaceAsync(Bitcoin, stop, Cancelled)).Order!.Quantity.ShouldBe(0m);

        var snapshot = await binance.SnapshotAsync(
            (Bitcoin, new OrderToFind(0, filled.ClientOrderId, false)),
            (Bitcoin, new OrderToFind(0, resting.ClientOrderId, false)),
            (Bitcoin, new OrderToFind(0, "0000000000000000000000000none", false)),
            (Bitcoin, new OrderToFind(0, "0000000000000000000000000stop", true)));

        snapshot.OpenOrders.Select(order => order.ClientOrderId).ShouldBe([stop.ClientOrderId, resting.ClientOrderId]);
        snapshot.AskedOrders.ShouldHaveSingleItem().Status.ShouldBe(VenueOrderStatus.Filled);
        snapshot.NotFound.ShouldBe(["0000000000000000000000000none", "0000000000000000000000000stop"]);
        var fill = snapshot.Fills.ShouldHaveSingleItem();
        var position = snapshot.Positions.ShouldHaveSingleItem();
        (position.Quantity, position.EntryPrice, position.Leverage).ShouldBe((0.01m, fill.Price, 20));
        snapshot.Balances.ShouldContain(balance => balance.Currency == "USDT" && balance.Wallet == 100_000m - fill.Fee);
        snapshot.FinishedAt.ShouldBeGreaterThanOrEqualTo(snapshot.StartedAt);
        snapshot.HedgeMode.ShouldBeFalse();
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task Fills_of_an_order_that_has_executed_more_than_is_known_are_told_whenever_they_happened(bool isBooked, int told)
    {
        await using var binance = await StartAsync();
        var filled = binance.MarketIntent(Side.Buy);
        await binance.Trading.PlaceAsync(Bitcoin, binance.MarketIntent(Side.Buy, 0.02m), Cancelled);
        var placed = await binance.Trading.PlaceAsync(Bitcoin, filled, Cancelled);

        var inAnHour = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds();
        var snapshot = await binance.Trading.TakeSnapshotAsync([Bitcoin, Ether], inAnHour, [(Bitcoin, new OrderToFind(0, filled.ClientOrderId, false, isBooked ? 0.01m : 0m))], Cancelled);

        snapshot.Fills.Select(fill => (fill.VenueOrderId, fill.Quantity)).ShouldBe(Enumerable.Repeat((placed.Order!.VenueOrderId, 0.01m), told));
    }

    [Fact]
    public async Task Settings_that_do_not_change_are_successes()
    {
        await using var binance = await StartAsync();

        await binance.Trading.SetHedgeModeAsync(false, Cancelled);
        await binance.Trading.SetCrossMarginAsync(Bitcoin, Cancelled);
        await binance.Trading.SetLeverageAsync(Bitcoin, 5, Cancelled);
        await binance.Trading.SetLeverageAsync(Bitcoin, 5, Cancelled);
        await binance.Trading.SetHedgeModeAsync(true, Cancelled);

        (await binance.Trading.GetAccountFactsAsync(Cancelled)).HedgeMode.ShouldBe(true);
    }

    [Fact]
    public async Task Facts_of_the_key_are_told_on_the_main_net_alone()
    {
        await using var binance = await StartAsync();
        var main = binance.Create(options => options with { Environment = Adapters.ExchangeEnvironment.Mainnet });

        var here = await binance.Trading.GetAccountFactsAsync(Cancelled);
        (here.MayTrade, here.MayWithdraw, here.IsBoundToAddresses).ShouldBe((true, null, null));
        var there = await main.Trading.GetAccountFactsAsync(Cancelled);
        (there.MayTrade, there.MayWithdraw, there.IsBoundToAddresses).ShouldBe((true, false, false));
    }

    [Fact]
    public async Task Market_data_is_told_with_rules_and_tiers()
    {
        await using var binance = await StartAsync();
        var market = binance.Adapter.MarketData;

        var instruments = await market.GetInstrumentsAsync(Cancelled);
        instruments.Select(instrument => instrument.Id).ShouldBe([Bitcoin, Ether]);
        instruments[0].Rules[^1].TickSize.ShouldBe(0.1m);
        instruments[0].LeverageTiers[^1].NotionalCap.ShouldBe(decimal.MaxValue);
        var book = await market.GetBookAsync(Bitcoin, 7, Cancelled);
        (book.Bids.Count, book.Asks.Count).ShouldBe((7, 7));
        book.Bids[0].Price.ShouldBeLessThan(book.Asks[0].Price);
        (await market.GetTickersAsync(Cancelled)).ShouldContain(ticker => ticker.Instrument == Bitcoin && ticker.Bid == book.Bids[0].Price);
        var from = TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeMilliseconds();
        (await market.GetCandlesAsync(Bitcoin, Core.Markets.Interval.OneMinute, from, 5, Cancelled)).Count.ShouldBe(5);
        (await market.GetTradesAsync(Bitcoin, 3, Cancelled)).ShouldNotBeNull();
        (await market.GetFundingRatesAsync(Bitcoin, from, Cancelled)).ShouldNotBeNull();
    }
}
