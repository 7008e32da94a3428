using Trellis.Core.Orders;
using Trellis.Core.Strategies;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Orders;

namespace Trellis.Core.Tests.Trading;

public sealed class RiskTests
{
    /// <summary>Five buys of 1 at 99, 98, 97, 96 and 95.</summary>
    private static readonly Action<DecisionContext> Ladder = context =>
    {
        for (var slot = 0; slot < 5; slot++)
        {
            if (context.Lane.Plan.Cycle(slot) == 0)
            {
                context.Lane.Plan.Set(slot, Some.Buy with { Price = 990 - (slot * 10) });
            }
        }
    };

    [Theory]
    [InlineData(200, null)]
    [InlineData(null, 200)]
    public void Exposure_cuts_the_orders_furthest_from_the_price(int? position, int? total)
    {
        var desk = With(new RiskLimits { MaxPosition = position, MaxTotalExposure = total });

        desk.Venue.OpenOrders.Select(order => order.Price).ShouldBe([99m, 98m]);
        desk.View.Orders.Count(order => order.Reason == "limits").ShouldBe(3);
        desk.Alerts.Count(code => code == "limits").ShouldBe(1);
    }

    [Fact]
    public void A_position_takes_the_room_of_the_orders_it_came_from()
    {
        var desk = With(new RiskLimits { MaxPosition = 200m });
        desk.Move(98.5m);
        desk.Venue.Position(0).ShouldBe(1m);

        desk.Venue.OpenOrders.Select(order => order.Price).ShouldBe([98m]);
    }

    [Fact]
    public void An_order_of_unknown_fate_counts_at_its_worst()
    {
        var desk = new Desk(Limited(new RiskLimits { MaxPosition = 200m }));
        desk.Withhold = effect => effect is PlaceOrder && desk.Placed.Count() == 1;
        desk.Begin();
        var unknown = desk.Placed.First().Intent;
        desk.Send(new Core.Trading.Inputs.PlaceAnswered(desk.Now, unknown.ClientOrderId, new(Core.Trading.Inputs.AnswerKind.Unknown, default, null, "")));

        desk.Placed.Count().ShouldBe(2);
    }

    [Fact]
    public void A_foreign_position_takes_room_as_well()
    {
        var desk = new Desk(Limited(new RiskLimits { MaxPosition = 250m }));
        desk.Venue.Quote(0, 99.9m, 100.1m);
        desk.Venue.TradeByHand(0, Side.Buy, 1m);
        desk.Venue.News.Clear();
        desk.Begin();

        desk.Venue.OpenOrders.Select(order => order.Price).ShouldBe([99m]);
    }

    [Fact]
    public void The_number_of_orders_is_limited_and_the_nearest_stay()
    {
        With(new RiskLimits { MaxOrdersPerInstrument = 3 }).Venue.OpenOrders.Select(order => order.Price).ShouldBe([99m, 98m, 97m]);
    }

    [Fact]
    public void Room_changes_hands_at_closes_and_not_with_every_move_of_the_price()
    {
        var desk = new Desk(Some.Settings(Some.Bot(() => new PlanStrategy(2, context =>
        {
            context.Lane.Plan.Set(0, Some.Buy with { Price = 990 });
            context.Lane.Plan.Set(1, Some.Buy with { Side = Side.Sell, Price = 1_011 });
        }))) with
        { Limits = new RiskLimits { MaxOrdersPerInstrument = 1 } }).Begin();
        for (var i = 0; i < 20; i++)
        {
            desk.Move(100m + (i % 2 * 0.5m));
            desk.Wait(1_500);
        }

        desk.Placed.Count().ShouldBe(1);
        desk.Close(100.5m);
        desk.Venue.OpenOrders.Single().Side.ShouldBe(Side.Sell);
        desk.Placed.Count().ShouldBe(2);
    }

    [Fact]
    public void An_order_on_its_way_out_drives_out_none_that_stays()
    {
        var first = 990;
        var desk = new Desk(Some.Settings(Some.Bot(() => new PlanStrategy(2, context =>
        {
            context.Lane.Plan.Set(0, Some.Buy with { Price = first });
            context.Lane.Plan.Set(1, Some.Buy with { Price = 980 });
            context.Lane.Plan.WakeAtEveryClose();
        }))) with
        { Limits = new RiskLimits { MaxOrdersPerInstrument = 2, MaxPosition = 198m } }).Begin();
        desk.Withhold = effect => effect is CancelOrder;
        first = 985;
        desk.Close(100m);

        desk.Effects.OfType<CancelOrder>().Count().ShouldBe(1);
        desk.Placed.Count().ShouldBe(2);
    }

    [Fact]
    public void An_order_that_takes_the_room_of_one_that_rests_waits_until_that_one_is_gone()
    {
        var isEager = false;
        var desk = new Desk(Some.Settings(Some.Bot(() => new PlanStrategy(2, context =>
        {
            context.Lane.Plan.Set(0, Some.Buy with { Price = 980 });
            context.Lane.Plan.WakeAtEveryClose();
            if (isEager)
            {
                context.Lane.Plan.Set(1, new PlannedOrder { Side = Side.Buy, Kind = OrderKind.Market, Quantity = 1_000 });
            }
        }))) with
        { Limits = new RiskLimits { MaxPosition = 150m } }).Begin();
        desk.Withhold = effect => effect is CancelOrder;
        isEager = true;
        desk.Close(100m);

        desk.Placed.Single().Intent.Price.ShouldBe(98m, "both could fill while the cancel is on its way");

        var cancel = (CancelOrder)desk.Withheld.Single();
        desk.Send(new Core.Trading.Inputs.CancelAnswered(desk.Now, cancel.ClientOrderId, desk.Venue.Cancel(cancel.ClientOrderId)));

        desk.Venue.Position(0).ShouldBe(1m);
        desk.Venue.OpenOrders.ShouldBeEmpty();
    }

    [Fact]
    public void Orders_that_close_are_not_held_back_by_exposure()
    {
        var desk = new Desk(Some.Settings(Brackets.Made(950, 1_100).Settings.Bots[0]) with { Limits = new RiskLimits { MaxPosition = 101m, MaxTotalExposure = 101m } }).Begin();

        desk.Venue.Position(0).ShouldBe(1m);
        desk.Venue.OpenOrders.Count().ShouldBe(2);
    }

    [Fact]
    public void Beyond_the_collar_an_order_waits_for_the_price_to_come_nearer()
    {
        var desk = With(new RiskLimits { PriceCollarPercent = 2.5m });
        desk.Venue.OpenOrders.Select(order => order.Price).ShouldBe([99m, 98m]);

        desk.Move(99.4m);
        desk.Venue.OpenOrders.Select(order => order.Price).ShouldBe([99m, 98m, 97m]);
    }

    [Fact]
    public void The_drawdown_limit_throws_the_kill_switch_and_closes_at_the_quote_that_reaches_it()
    {
        var desk = new Desk(Some.Settings(Brackets.Made(100, 2_000).Settings.Bots[0]) with { Limits = new RiskLimits { MaxDrawdownPercent = 0.05m } }).Begin();
        desk.Move(96m);
        desk.Venue.Position(0).ShouldBe(1m);

        desk.Move(94m);

        desk.Venue.Position(0).ShouldBe(0m);
        desk.Venue.OpenOrders.ShouldBeEmpty();
        desk.View.KilledBy.ShouldContain("drawdown");
        desk.View.Bots[0].State.ShouldBe(BotState.Stopped);
        desk.Effects.OfType<Alert>().Count(alert => alert.Code == "kill-switch").ShouldBe(1);
    }

    [Fact]
    public void A_fall_of_two_markets_together_is_seen_and_its_replay_sees_the_same()
    {
        var strategy = Brackets.Made(100, 2_000).Settings.Bots[0].Strategy;
        var desk = new Desk(Some.Settings(Some.Bot(strategy, "one", 0), Some.Bot(strategy, "two", 1)) with
        {
            Markets = [Some.Market(), Some.Market("ETHUSDT")],
            Limits = new RiskLimits { MaxDrawdownPercent = 0.05m },
        });
        desk.Move(100m, 1);
        desk.Begin();
        desk.Send(new Core.Trading.Inputs.CandleClosed(desk.Now, 1, new Core.Markets.Candle(Some.Start, 100m, 100m, 100m, 100m, 1m)));
        desk.Venue.Position(1).ShouldBe(1m);
        for (var price = 99.5m; price > 94.5m; price -= 0.5m)
        {
            desk.Move(price);
            desk.View.KilledBy.ShouldBe("");
            desk.Move(price, 1);
            desk.Move(price + 0.3m);
        }

        desk.Move(94.4m);
        desk.Move(94.4m, 1);

        desk.View.KilledBy.ShouldContain("drawdown");
        var replayed = new TradingLoop(desk.Settings);
        desk.Journal.ForEach(input => replayed.Handle(input, []));
        replayed.Fingerprint().ShouldBe(desk.Loop.Fingerprint());
    }

    [Fact]
    public void A_peak_between_closes_that_no_journal_has_counts_for_nothing()
    {
        var desk = new Desk(Some.Settings(Brackets.Made(100, 2_000).Settings.Bots[0]) with { Limits = new RiskLimits { MaxDrawdownPercent = 0.05m } }).Begin();
        desk.Move(110m);

        desk.View.PeakEquity.ShouldBe(10_000m);
        desk.Close(110m);
        desk.View.PeakEquity!.Value.ShouldBeGreaterThan(10_009m);
    }

    private static TradingSettings Limited(RiskLimits limits) => Some.Settings(Some.Bot(() => new PlanStrategy(5, Ladder))) with { Limits = limits };

    private static Desk With(RiskLimits limits)
    {
        var desk = new Desk(Limited(limits)).Begin();
        desk.Live.ShouldAllBe(order => order.State == OrderState.Open);
        return desk;
    }
}
