using Trellis.Core.Orders;
using Trellis.Core.Strategies;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Orders;

namespace Trellis.Core.Tests.Trading;

/// <summary>An order whose fate is not known holds its slot, is never sent again, and is found out.</summary>
public sealed class UnknownOrderTests
{
    private static readonly PlannedOrder Order = Some.Buy with { Price = 990 };

    private static readonly PlaceAnswer TimeOut = new(AnswerKind.Unknown, RefusalKind.Other, null, "time-out");

    [Fact]
    public void A_time_out_is_no_refusal()
    {
        var (desk, intent) = Withheld();
        var effects = desk.Send(new PlaceAnswered(desk.Now, intent.ClientOrderId, TimeOut));

        desk.Live.Single().State.ShouldBe(OrderState.Unknown);
        effects.OfType<PlaceOrder>().ShouldBeEmpty();
        effects.OfType<QueryOrder>().Single().NotBefore.ShouldBeGreaterThanOrEqualTo(desk.Now + desk.Settings.ReceiveWindow);
    }

    [Fact]
    public void It_is_not_sent_again_however_long_nobody_knows()
    {
        var (desk, intent) = Withheld();
        desk.Send(new PlaceAnswered(desk.Now, intent.ClientOrderId, TimeOut));
        for (var i = 0; i < 30; i++)
        {
            desk.Send(new OrderQueried(desk.Now, intent.ClientOrderId, AnswerKind.Unknown, null, desk.Now));
            desk.Close(100m);
        }

        desk.Placed.Count().ShouldBe(1);
        desk.Live.Single().State.ShouldBe(OrderState.Unknown);
    }

    [Fact]
    public void One_that_did_arrive_is_found_and_keeps_its_slot()
    {
        var (desk, intent) = Withheld();
        desk.Venue.Place(intent);
        desk.Venue.News.Clear();
        desk.Withhold = _ => false;
        desk.Send(new PlaceAnswered(desk.Now, intent.ClientOrderId, TimeOut));

        desk.Live.Single().State.ShouldBe(OrderState.Open);
        desk.Placed.Count().ShouldBe(1);
    }

    [Fact]
    public void Not_found_too_early_settles_nothing()
    {
        var (desk, intent) = Withheld();
        desk.Send(new PlaceAnswered(desk.Now, intent.ClientOrderId, TimeOut));
        var effects = desk.Send(new OrderQueried(desk.Now, intent.ClientOrderId, AnswerKind.Refused, null, desk.Now));

        desk.Live.Single().State.ShouldBe(OrderState.Unknown);
        effects.OfType<QueryOrder>().Single().NotBefore.ShouldBeGreaterThan(desk.Now);
        effects.OfType<Reconcile>().ShouldBeEmpty();
    }

    [Fact]
    public void Not_found_settles_nothing_without_a_snapshot_that_does_not_know_it_either()
    {
        var (desk, intent) = Withheld();
        desk.Send(new PlaceAnswered(desk.Now, intent.ClientOrderId, TimeOut));
        desk.Now += 10_000;
        var effects = desk.Send(new OrderQueried(desk.Now, intent.ClientOrderId, AnswerKind.Refused, null, desk.Now));

        desk.Live.Single().State.ShouldBe(OrderState.Unknown);
        var question = effects.OfType<Reconcile>().Single();
        question.ClientOrderIds.ShouldContain(asked => asked.ClientOrderId == intent.ClientOrderId);
        desk.Placed.Count().ShouldBe(1);

        desk.Withhold = _ => false;
        desk.Venue.Time = desk.Now;
        desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, desk.Venue.Snapshot(question)));
        desk.Wait(5_000);

        desk.Placed.Count().ShouldBe(2);
        (desk.Placed.Last().Intent.ClientOrderId == intent.ClientOrderId).ShouldBeFalse();
        desk.Live.Single().State.ShouldBe(OrderState.Open);
    }

    [Fact]
    public void A_snapshot_that_began_while_it_could_still_arrive_settles_nothing()
    {
        var (desk, intent) = Withheld();
        desk.Send(new PlaceAnswered(desk.Now, intent.ClientOrderId, TimeOut));
        var early = desk.Now + 1_000;
        desk.Now += 10_000;
        var question = desk.Send(new OrderQueried(desk.Now, intent.ClientOrderId, AnswerKind.Refused, null, desk.Now)).OfType<Reconcile>().Single();
        desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, desk.Venue.Snapshot(question) with { StartedAt = early }));

        desk.Live.Single().State.ShouldBe(OrderState.Unknown);
    }

    [Fact]
    public void A_fill_of_an_unknown_order_is_booked_and_ends_the_doubt()
    {
        var (desk, intent) = Withheld();
        desk.Send(new PlaceAnswered(desk.Now, intent.ClientOrderId, TimeOut));
        desk.Venue.Place(intent);
        desk.Move(98.5m);

        desk.View.Bots[0].Positions.Single().Size.ShouldBe(1m);
        desk.Live.ShouldBeEmpty();
    }

    [Fact]
    public void A_duplicate_of_our_own_id_means_that_it_did_arrive()
    {
        var (desk, intent) = Withheld();
        desk.Venue.Place(intent);
        desk.Venue.News.Clear();
        desk.Withhold = _ => false;
        desk.Send(new PlaceAnswered(desk.Now, intent.ClientOrderId, new PlaceAnswer(AnswerKind.Refused, RefusalKind.DuplicateClientOrderId, null, "-4116")));

        desk.Live.Single().State.ShouldBe(OrderState.Open);
        desk.Placed.Count().ShouldBe(1);
    }

    [Fact]
    public void An_intent_without_an_outcome_is_unknown_after_a_restart()
    {
        var (desk, intent) = Withheld();
        desk.Restart();

        desk.Live.Single().State.ShouldBe(OrderState.Unknown);
        desk.Live.Single().Intent.ClientOrderId.ShouldBe(intent.ClientOrderId);
        desk.Placed.Count().ShouldBe(1);
    }

    [Fact]
    public void The_window_counts_from_when_the_dead_process_could_send_for_the_last_time()
    {
        var (desk, intent) = Withheld();
        var died = desk.Now + 100;
        desk.Now += 2_000;
        desk.Withhold = _ => false;
        desk.Restart(died);

        // Asked again just when the window ends, given up by that answer, and decided anew without a further pause.
        var over = died + desk.Settings.ReceiveWindow + Margin;
        desk.Effects.OfType<QueryOrder>().Last().NotBefore.ShouldBe(over);
        desk.Wait(0);
        desk.Placed.Count().ShouldBe(2);
        desk.Now.ShouldBeInRange(over, over + LeastPause);
        (desk.Placed.Last().Intent.ClientOrderId == intent.ClientOrderId).ShouldBeFalse();
        desk.Live.Single().State.ShouldBe(OrderState.Open);
    }

    [Fact]
    public void The_window_of_an_order_that_is_younger_than_the_death_counts_from_now()
    {
        var (desk, _) = Withheld();
        var died = desk.Now - 10_000;
        desk.Now += 2_000;
        desk.Withhold = effect => effect is QueryOrder;
        desk.Restart(died);

        desk.Withheld.OfType<QueryOrder>().Last().NotBefore.ShouldBe(desk.Now + desk.Settings.ReceiveWindow + Margin);
        desk.Live.Single().State.ShouldBe(OrderState.Unknown);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    public void A_start_that_does_not_know_when_the_last_one_died_counts_from_itself(long after)
    {
        var (desk, _) = Withheld();
        desk.Now += 10_000;
        var began = desk.Now;
        desk.Withhold = effect => effect is QueryOrder;
        desk.Restart(after == 0 ? 0 : began + after);

        desk.Withheld.OfType<QueryOrder>().Last().NotBefore.ShouldBe(began + desk.Settings.ReceiveWindow + Margin);
        desk.Live.Single().State.ShouldBe(OrderState.Unknown);
    }

    [Fact]
    public void One_order_in_doubt_does_not_hold_up_the_others()
    {
        var desk = Desk.With(2, context =>
        {
            if (!context.HasFills)
            {
                context.Lane.Plan.Set(0, Order);
                context.Lane.Plan.Set(1, Order with { Price = 980 });
            }
        });
        desk.Withhold = effect => effect is PlaceOrder or QueryOrder || (effect is Reconcile && desk.Placed.Any());
        desk.Begin();
        var intents = desk.Placed.Select(place => place.Intent).ToList();
        desk.Send(new PlaceAnswered(desk.Now, intents[1].ClientOrderId, new PlaceAnswer(AnswerKind.NotSent, RefusalKind.Other, null, "")));
        desk.Now += 1_000;

        desk.Withhold = effect => effect is QueryOrder;
        desk.Restart(desk.Now);

        desk.Live.Select(order => order.State).Order().ShouldBe([OrderState.Unknown, OrderState.Open]);
    }

    [Fact]
    public void What_counted_as_never_arrived_and_came_is_ours_again_and_not_doubled()
    {
        var (desk, intent) = Withheld();
        desk.Withhold = effect => effect is QueryOrder;
        desk.Send(new PlaceAnswered(desk.Now, intent.ClientOrderId, new PlaceAnswer(AnswerKind.Refused, RefusalKind.Other, null, "-1000")));
        desk.Wait(2_000);
        desk.Placed.Count().ShouldBe(2);

        desk.Venue.Time = desk.Now;
        desk.Venue.Place(intent);
        desk.Wait(0);
        desk.Close(100m);

        desk.HasAlerted("order-came-back").ShouldBeTrue();
        (desk.Venue.OpenOrders.Single().ClientOrderId == intent.ClientOrderId).ShouldBeFalse();
    }

    /// <summary>What the loop adds to the receive window.</summary>
    private const long Margin = 1_000;

    /// <summary>Between two reconciliations.</summary>
    private const long LeastPause = 500;

    /// <summary>A desk whose only order has been sent and not been answered.</summary>
    private static (Desk Desk, OrderIntent Intent) Withheld()
    {
        var desk = Desk.With(1, Plan);
        desk.Withhold = effect => effect is PlaceOrder or QueryOrder || (effect is Reconcile && desk.Placed.Any());
        desk.Begin();
        return (desk, desk.Placed.Single().Intent);
    }

    private static void Plan(DecisionContext context)
    {
        if (!context.HasFills)
        {
            context.Lane.Plan.Set(0, Order);
        }
    }
}
