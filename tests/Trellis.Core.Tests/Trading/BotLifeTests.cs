using Trellis.Core.Orders;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Core.Tests.Trading;

public sealed class BotLifeTests
{
    [Fact]
    public void A_paused_bot_decides_nothing_and_its_orders_stay()
    {
        var desk = Holding();
        Command(desk, BotCommandKind.Pause);
        var sent = desk.Placed.Count();
        desk.Close(101m);
        desk.Close(102m);

        desk.Placed.Count().ShouldBe(sent);
        desk.Effects.OfType<CancelOrder>().ShouldBeEmpty();
        desk.View.Bots[0].State.ShouldBe(BotState.Paused);

        Command(desk, BotCommandKind.Resume);
        desk.View.Bots[0].State.ShouldBe(BotState.Running);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void A_stopped_bot_has_no_orders_and_keeps_its_position_unless_told_to_close(bool close, int left)
    {
        var desk = Holding();
        desk.Send(new BotCommand(desk.Now, 0, BotCommandKind.Stop, close, "test"));

        desk.Venue.OpenOrders.ShouldBeEmpty();
        desk.Venue.Position(0).ShouldBe(left);
        desk.View.Bots[0].State.ShouldBe(BotState.Stopped);
    }

    [Fact]
    public void A_bot_that_begins_again_begins_fresh_under_new_ids()
    {
        var desk = Holding();
        desk.Send(new BotCommand(desk.Now, 0, BotCommandKind.Stop, true, "test"));
        var before = desk.Placed.Select(place => place.Intent.ClientOrderId).ToList();
        Command(desk, BotCommandKind.Start);
        desk.Close(100m);

        desk.View.Bots[0].Revision.ShouldBe(2);
        desk.Venue.Position(0).ShouldBe(1m);
        desk.Placed.Skip(before.Count).Any(place => before.Contains(place.Intent.ClientOrderId, StringComparer.Ordinal)).ShouldBeFalse();
    }

    [Fact]
    public void A_strategy_that_throws_ends_its_bot_alone_and_what_closes_stays()
    {
        var throws = false;
        var failing = Some.Bot(() => new PlanStrategy(3, context =>
        {
            context.Lane.Plan.WakeAtEveryClose();
            if (throws)
            {
                throw new InvalidOperationException("boom");
            }

            if (context.Lane.Plan.Cycle(0) == 0)
            {
                context.Lane.Plan.Set(0, new PlannedOrder { Side = Side.Buy, Kind = OrderKind.Market, Quantity = 1_000 });
                context.Lane.Plan.Set(1, Some.Buy with { Price = 950 });
                context.Lane.Plan.Set(2, new PlannedOrder { Side = Side.Sell, Kind = OrderKind.TriggerAtOrBelow, Price = 900, Quantity = 1, Instructions = OrderInstructions.ClosePosition });
            }
        })) with
        { Direction = TradingDirection.Long };
        var other = Some.Bot(() => new PlanStrategy(1, context => context.Lane.Plan.Set(0, Some.Buy with { Price = 940 })), "other") with { Direction = TradingDirection.Long };
        var desk = new Desk(Some.Settings(failing, other)).Begin();
        throws = true;
        desk.Close(100m);
        desk.Close(100m);

        desk.View.Bots[0].State.ShouldBe(BotState.Failed);
        desk.Alerts.Count(code => code == "bot-failed").ShouldBe(1);
        desk.Venue.OpenOrders.Select(order => order.Price + order.TriggerPrice).Order().ShouldBe([90m, 94m]);
    }

    [Fact]
    public void The_kill_switch_cancels_everything_of_ours_and_is_durable()
    {
        var desk = Holding();
        desk.Venue.RestByHand(0, Side.Buy, 90m, 1m);
        desk.Send(new KillSwitched(desk.Now, true, false, "test"));
        desk.Venue.OpenOrders.Single().ClientOrderId.ShouldStartWith("web");

        desk.Restart();
        desk.Close(100m);
        desk.Venue.OpenOrders.Count().ShouldBe(1);
        desk.View.KilledBy.ShouldBe("test");

        desk.Send(new KillSwitched(desk.Now, false, false, "test"));
        desk.Venue.OpenOrders.Count().ShouldBe(2);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void At_the_end_of_the_process_orders_are_cancelled_or_left(bool cancel, int left)
    {
        var desk = Holding();
        desk.Send(new Stopping(desk.Now, cancel));
        desk.Close(90m);
        desk.Wait(120_000);

        desk.Venue.OpenOrders.Count().ShouldBe(left);
        var sent = desk.Placed.Count();
        desk.Restart();
        desk.Wait(2_000);
        desk.Venue.OpenOrders.Count().ShouldBe(1);
        desk.Placed.Count().ShouldBe(sent + 1 - left);
    }

    [Fact]
    public void A_bot_that_does_not_start_at_once_waits_for_a_person()
    {
        var bot = Some.Bot(() => new PlanStrategy(1, context => context.Lane.Plan.Set(0, Some.Buy with { Price = 990 }))) with { StartsAtOnce = false };
        var desk = new Desk(Some.Settings(bot)).Begin();
        desk.Placed.ShouldBeEmpty();

        Command(desk, BotCommandKind.Start);
        desk.Close(100m);
        desk.Placed.Count().ShouldBe(1);
    }

    [Fact]
    public void Opposite_bots_on_one_instrument_are_refused_outside_hedge_mode()
    {
        var (one, two) = (Some.Bot(() => new PlanStrategy(1, _ => { }), "one"), Some.Bot(() => new PlanStrategy(1, _ => { }), "two"));
        var settings = Some.Settings(one with { Direction = TradingDirection.Long }, two with { Direction = TradingDirection.Short });

        Should.Throw<ConfigurationException>(() => new TradingLoop(settings)).Message.ShouldContain("one-way mode");
        Should.Throw<ConfigurationException>(() => new TradingLoop(Some.Settings(one, two))).Message.ShouldContain("BTCUSDT");
        _ = new TradingLoop(settings with { HedgeMode = true });
        _ = new TradingLoop(settings with { Bots = [settings.Bots[0], settings.Bots[1] with { Direction = TradingDirection.Long }] });
    }

    private static void Command(Desk desk, BotCommandKind kind) => desk.Send(new BotCommand(desk.Now, 0, kind, false, "test"));

    /// <summary>A bot that holds 1 and has a buy at 85.</summary>
    private static Desk Holding()
    {
        var desk = Desk.With(2, context =>
        {
            var plan = context.Lane.Plan;
            plan.WakeAtEveryClose();
            if (plan.Cycle(0) == 0)
            {
                plan.Set(0, new PlannedOrder { Side = Side.Buy, Kind = OrderKind.Market, Quantity = 1_000 });
                plan.Set(1, Some.Buy with { Price = 850 });
            }
        }).Begin();
        desk.Venue.Position(0).ShouldBe(1m);
        return desk;
    }
}
