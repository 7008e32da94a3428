using Trellis.Core.Options;
using Trellis.Core.Orders;
using Trellis.Core.Strategies.Dca;
using Trellis.Core.Strategies.Grid;
using Trellis.Core.Strategies.Signals;
using Trellis.Core.Trading.Orders;

namespace Trellis.Core.Tests.Trading;

/// <summary>Live, an order fills in parts: strategies take them as they come.</summary>
public sealed class PartialFillTests
{
    [Fact]
    public void A_dca_ladder_hangs_on_the_average_of_its_base_orders_parts_and_begins_when_it_is_whole()
    {
        var options = new DcaOptions
        {
            BaseOrderSize = 100m,
            SafetyOrderSize = 100m,
            MaxSafetyOrders = 1,
            DeviationPercent = 10m,
            TakeProfitPercent = 5m,
            IncludeFees = false,
            StopLoss = PriceOrPercent.OfInvestment(50m),
        };
        var desk = new Desk(Some.Settings(Some.Bot(() => new DcaStrategy(options, hedgeMode: false))));
        desk.Venue.LargestFill = 0.5m;
        desk.Begin();
        desk.Venue.Position(0).ShouldBe(0.5m);
        desk.Venue.OpenOrders.Count(order => order.Side == Side.Buy && order.Price > 0).ShouldBe(0);
        desk.Venue.OpenOrders.ShouldContain(order => order.TriggerPrice > 0);

        desk.Move(102.1m);

        desk.Venue.Position(0).ShouldBe(1m);
        desk.Venue.OpenOrders.Single(order => order.Side == Side.Buy).Price.ShouldBe(91m, "10 % below 101.15, on the tick below");
        desk.Venue.OpenOrders.Single(order => order is { Side: Side.Sell, Price: > 0 }).Quantity.ShouldBe(1m);
    }

    [Fact]
    public void A_grids_purchase_in_parts_is_shared_out_when_all_has_arrived()
    {
        var options = new GridOptions { Lower = 96m, Upper = 106m, Grids = 5, Investment = 1_000m };
        var desk = new Desk(Some.Settings(Some.Bot(() => new GridStrategy(options, hedgeMode: false))));
        desk.Venue.LargestFill = 1m;
        desk.Begin();
        var wanted = desk.Placed.First(place => place.Intent.Kind == OrderKind.Market).Intent.Quantity;
        while (desk.Venue.Position(0) < wanted)
        {
            desk.Venue.OpenOrders.Count(order => order.Side == Side.Sell).ShouldBe(0);
            desk.Move(100m);
        }

        desk.Placed.Count(place => place.Intent.Kind == OrderKind.Market).ShouldBe(1);
        desk.Venue.OpenOrders.Where(order => order.Side == Side.Sell).Sum(order => order.Quantity).ShouldBe(wanted);
    }

    [Fact]
    public void A_grid_entry_that_fills_in_parts_keeps_its_order_and_grows_its_exit()
    {
        var options = new GridOptions { Lower = 96m, Upper = 106m, Grids = 5, Investment = 1_000m };
        var desk = new Desk(Some.Settings(Some.Bot(() => new GridStrategy(options, hedgeMode: false)))).Begin();
        var entry = desk.Live.Single(order => order.Intent.Price == 98m).Intent;
        desk.Venue.LargestFill = 0.2m;
        desk.Move(97.9m);

        desk.Live.Single(order => order.Intent.ClientOrderId == entry.ClientOrderId).State.ShouldBe(OrderState.PartiallyFilled);
        desk.Venue.LargestFill = 100m;
        desk.Move(97.9m);

        desk.Placed.Count(place => place.Intent.Price == 98m).ShouldBe(1);
        desk.Live.Single(order => order.Intent is { Price: 100m, Side: Side.Sell }).Intent.Quantity.ShouldBe(entry.Quantity);
    }

    [Fact]
    public void A_signal_counts_once_however_often_its_bot_is_asked_before_the_next_close()
    {
        var options = new SignalOptions { Name = "sma-cross", Size = 100m, TakeProfitPercent = 1m };
        var desk = new Desk(Some.Settings(Some.Bot(() => new SignalStrategy(options, new SmaCross(1, 2), hedgeMode: false)))).Begin();
        desk.Close(99m);
        desk.Close(98m);
        desk.Move(100m);
        desk.Close(100m);
        desk.Venue.Position(0).ShouldBeGreaterThan(0m);

        desk.Move(105m);

        desk.Venue.Position(0).ShouldBe(0m);
        desk.Placed.Count(place => place.Intent.Kind == OrderKind.Market).ShouldBe(1);
    }
}
