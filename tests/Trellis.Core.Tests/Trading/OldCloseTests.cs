using Trellis.Core.Options;
using Trellis.Core.Orders;
using Trellis.Core.Strategies.Dca;
using Trellis.Core.Strategies.Grid;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Core.Tests.Trading;

/// <summary>A fill asks at once, and by then the price may have left the last close far behind: what filled is not measured by it.</summary>
public sealed class OldCloseTests
{
    private static readonly DcaOptions Deals = new()
    {
        BaseOrderSize = 100m,
        SafetyOrderSize = 0m,
        MaxSafetyOrders = 0,
        TakeProfitPercent = 1m,
        IncludeFees = false,
        StopLoss = PriceOrPercent.OfInvestment(2m),
    };

    [Fact]
    public void A_close_is_old_from_a_fill_after_it_until_the_next_one()
    {
        var seen = new List<bool>();
        var desk = Desk.With(2, context =>
        {
            seen.Add(context.Lane.IsCloseOld);
            context.Lane.Plan.Set(0, Some.Buy with { Price = 990 });
            context.Lane.Plan.WakeAtEveryClose();
        }).Begin();
        desk.Wait(10_000);
        desk.Move(98.8m);
        desk.Close(98.8m);

        seen.ShouldBe([false, true, false]);
    }

    [Fact]
    public void A_fill_from_before_the_close_that_is_told_after_it_does_not_make_it_old()
    {
        var seen = new List<bool>();
        var desk = Desk.With(2, context =>
        {
            seen.Add(context.Lane.IsCloseOld);
            context.Lane.Plan.Set(0, Some.Buy with { Price = 990 });
        }).Begin();
        desk.Withhold = effect => effect is Reconcile;
        desk.Streams = false;
        desk.Wait(10_000);
        desk.Move(98.8m);
        desk.Streams = true;
        desk.Close(98.8m);
        desk.Wait(5_000);
        desk.Send(new FillReported(desk.Now, desk.Venue.Fills[^1]));

        seen.ShouldBe([false, false]);
    }

    [Fact]
    public void The_next_deal_begins_at_a_close_and_not_at_the_fill_that_ended_the_last_one()
    {
        var desk = Dca();
        desk.Begin();
        desk.Venue.Position(0).ShouldBe(1m);
        desk.Wait(10_000);

        // Beyond the take profit, and so far from the close of 100 that the stop of a deal begun here would lie above it.
        desk.Move(104m);
        desk.Venue.Position(0).ShouldBe(0m);
        desk.Venue.OpenOrders.ShouldBeEmpty();

        desk.Close(104m);
        desk.Venue.Position(0).ShouldBe(0.961m, "100 at the close of 104");
        desk.Venue.OpenOrders.Count().ShouldBe(2);
        desk.Placed.Count().ShouldBe(6);
    }

    [Fact]
    public void A_base_order_that_fills_late_is_not_stopped_by_the_close_that_asked_for_it()
    {
        var desk = Dca();
        desk.Venue.Refuse = _ => RefusalKind.InsufficientMargin;
        desk.Begin();
        desk.Move(104m);
        desk.Venue.Refuse = _ => null;
        desk.Wait(20_000);

        desk.Venue.Position(0).ShouldBe(1m);
        desk.Venue.OpenOrders.ShouldContain(order => order.TriggerPrice == 102m);
        desk.Close(104m);
        desk.Venue.Position(0).ShouldBe(1m);

        desk.Wait(10_000);
        desk.Move(101.9m);
        desk.Venue.Position(0).ShouldBe(0m, "the stop itself stands at the exchange all along");
    }

    [Fact]
    public void A_trail_begins_at_a_close_of_its_own_deal()
    {
        var desk = Dca(Deals with { StopLoss = null, TrailingPercent = 0.5m, BaseOrder = DcaBaseOrder.Limit, BaseOrderOffsetPercent = 3m });
        desk.Begin();
        desk.Wait(10_000);
        desk.Move(96.9m);
        desk.Venue.Position(0).ShouldBeGreaterThan(0m);

        desk.Close(96.9m);
        desk.Venue.Position(0).ShouldBeGreaterThan(0m, "the close of 100 is beyond the take profit, and older than the deal");
    }

    [Fact]
    public void A_grid_does_not_count_the_way_down_to_its_purchases_as_profit()
    {
        var options = new GridOptions { Lower = 80m, Upper = 99m, Grids = 19, Investment = 1_000m, TakeProfit = PriceOrPercent.OfInvestment(1m) };
        var desk = new Desk(Some.Settings(Some.Bot(() => new GridStrategy(options, hedgeMode: false))));
        desk.Begin();
        desk.Wait(10_000);
        desk.Move(90m);
        var held = desk.Venue.Position(0);
        held.ShouldBeGreaterThan(0m);

        desk.Close(90m);
        desk.Venue.Position(0).ShouldBe(held);
        desk.Placed.ShouldNotContain(place => place.Intent.Kind == OrderKind.Market);
    }

    /// <summary>Of one that trades on and on, the venue sees the first few orders.</summary>
    private static Desk Dca(DcaOptions? options = null)
    {
        var desk = new Desk(Some.Settings(Some.Bot(() => new DcaStrategy(options ?? Deals, hedgeMode: false))));
        desk.Withhold = effect => effect is PlaceOrder && desk.Placed.Count() > 30;
        return desk;
    }
}
