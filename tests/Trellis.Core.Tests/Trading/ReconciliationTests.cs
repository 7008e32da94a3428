using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Orders;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Tests.Trading;

/// <summary>The venue's word wins, nothing is absorbed in silence, and nothing that adds risk leaves before the account is understood.</summary>
public sealed class ReconciliationTests
{
    [Fact]
    public void Nothing_leaves_before_the_first_one_has_succeeded()
    {
        var desk = Desk.Resting();
        desk.Withhold = effect => effect is Reconcile;
        desk.Begin();
        desk.Close(100m);
        desk.Placed.ShouldBeEmpty();

        desk.Send(new SnapshotFailed(desk.Now, 1, "503"));
        desk.Withhold = _ => false;
        desk.Wait(3_000);
        desk.Close(100m);
        desk.Placed.Count().ShouldBe(1);
    }

    [Fact]
    public void After_a_restart_plans_stand_but_nothing_new_leaves_before_it()
    {
        var desk = Desk.Resting(replaced: true).Begin();
        desk.Withhold = effect => effect is Reconcile;
        desk.Restart();
        desk.Close(101m);

        desk.Placed.Count().ShouldBe(1);
        desk.Effects.OfType<CancelOrder>().Count().ShouldBe(1);
        desk.View.Orders.Single().Reason.ShouldBe("not reconciled yet");
    }

    [Fact]
    public void While_the_user_stream_is_lost_nothing_new_leaves_after_a_few_seconds()
    {
        var desk = Desk.Resting(replaced: true).Begin();
        desk.Withhold = effect => effect is Reconcile;
        desk.Send(new StreamLost(desk.Now, StreamKind.User, "silence"));
        desk.Close(101m);
        desk.Placed.Count().ShouldBe(1);
        desk.Effects.OfType<CancelOrder>().Count().ShouldBe(1);

        desk.Withhold = _ => false;
        desk.Send(new StreamRestored(desk.Now, StreamKind.User));
        var question = (Reconcile)desk.Withheld.Last();
        desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, desk.Venue.Snapshot(question)));
        desk.Wait(2_000);
        desk.Placed.Count().ShouldBe(2);
    }

    [Fact]
    public void Where_the_user_stream_did_not_come_up_with_the_process_nothing_leaves_until_it_does()
    {
        var desk = Desk.Resting();
        desk.Quote(99.9m, 100.1m);
        desk.Withhold = effect => effect is Reconcile;
        desk.Send(new Started(desk.Now, ""));
        desk.Now += 59_500;
        desk.Send(new StreamLost(desk.Now, StreamKind.User, "it did not come up"));
        Answer();
        desk.Close(100m);

        desk.View.Reconciliation.IsReconciled.ShouldBeTrue();
        desk.View.Orders.Single().Reason.ShouldBe("no news of the account");
        desk.Placed.ShouldBeEmpty();

        desk.Send(new StreamRestored(desk.Now, StreamKind.User));
        Answer();
        desk.Placed.ShouldBeEmpty("that was asked before the stream was back, and knows nothing of what it missed");
        desk.Wait(1_000);
        Answer();
        desk.Placed.Count().ShouldBe(1);

        void Answer()
        {
            var question = (Reconcile)desk.Withheld.Last();
            desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, desk.Venue.Snapshot(question)));
        }
    }

    [Fact]
    public void What_filled_and_ended_while_we_were_away_is_booked_once()
    {
        var desk = Desk.Resting().Begin();
        desk.Streams = false;
        desk.Venue.Quote(0, 98.4m, 98.6m);
        desk.Restart();
        desk.Wait(3_000);

        desk.View.Bots[0].Positions.Single().Size.ShouldBe(1m);
        desk.Effects.OfType<FillBooked>().Count().ShouldBe(1);
        desk.Live.ShouldBeEmpty();
        desk.View.Markets[0].ForeignSize.ShouldBe(0m);
    }

    [Fact]
    public void An_order_that_is_missing_among_the_open_ones_is_asked_for_by_its_id()
    {
        var desk = Desk.Resting().Begin();
        desk.Streams = false;
        desk.Venue.Expire(desk.Placed.Single().Intent.ClientOrderId);
        desk.Wait(70_000);

        desk.Effects.OfType<Reconcile>().SelectMany(question => question.ClientOrderIds).ShouldContain(asked => asked.ClientOrderId == desk.Placed.First().Intent.ClientOrderId);
        desk.Placed.Count().ShouldBe(2);
    }

    [Fact]
    public void An_order_that_became_known_after_the_question_has_not_vanished_though_our_clock_is_behind()
    {
        var desk = Desk.Resting();
        desk.Withhold = effect => effect is PlaceOrder;
        desk.Begin();
        desk.Withhold = effect => effect is Reconcile;
        desk.Wait(1_000);
        desk.Send(new StreamRestored(desk.Now, StreamKind.User));
        var question = (Reconcile)desk.Withheld.Last();
        var id = question.ClientOrderIds.Single().ClientOrderId;
        desk.Wait(100);
        desk.Send(new PlaceAnswered(desk.Now, id, new PlaceAnswer(AnswerKind.Accepted, RefusalKind.Other, null, "")));
        desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, desk.Venue.Snapshot(question) with { StartedAt = desk.Now + 5_000, FinishedAt = desk.Now + 5_000 }));

        desk.Live.Single().State.ShouldBe(OrderState.Open);
    }

    [Theory]
    [InlineData(-7.5)]
    [InlineData(3)]
    public void Money_that_nothing_explains_is_a_named_correction_and_an_alert(double amount)
    {
        var desk = Desk.Resting().Begin();
        desk.Venue.Lose(-(decimal)amount);
        desk.Wait(70_000);

        desk.View.Reconciliation.Corrected.ShouldBe((decimal)amount);
        desk.Alerts.Count(code => code == "balance-correction").ShouldBe(1);
        desk.Effects.OfType<LedgerPosted>().Count(posted => posted.Entry.Text.StartsWith("correction", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public void A_transfer_is_no_correction_and_no_profit()
    {
        var desk = Desk.Resting().Begin();
        desk.Venue.Time = desk.Now + 1;
        desk.Venue.Pay(VenueIncomeKind.Transfer, 500m, null);
        desk.Close(100m);
        desk.Wait(70_000);

        desk.View.Reconciliation.Corrected.ShouldBe(0m);
        desk.View.Equity.ShouldBe(10_000m);
        desk.Effects.OfType<LedgerPosted>().Count(posted => posted.Entry.Text.StartsWith("transfer", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public void Another_position_mode_than_configured_is_critical_and_nothing_trades()
    {
        var desk = Desk.Resting();
        desk.Withhold = effect => effect is Reconcile;
        desk.Begin();
        var question = (Reconcile)desk.Withheld[0];
        desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, desk.Venue.Snapshot(question) with { HedgeMode = true }));
        desk.Close(100m);

        desk.Placed.ShouldBeEmpty();
        desk.Effects.OfType<Alert>().ShouldContain(alert => alert.Level == AlertLevel.Critical && alert.Code == "position-mode");
    }

    [Fact]
    public void An_order_that_counted_as_gone_and_is_there_after_all_is_known_again_and_does_not_stay_beside_the_one_in_its_slot()
    {
        var desk = Desk.Resting().Begin();
        var gone = desk.Placed.Single().Intent.ClientOrderId;
        var shown = desk.Venue.Query(gone)!;
        desk.Withhold = effect => effect is Reconcile or CancelOrder;
        desk.Wait(70_000);
        Deny();
        desk.Wait(2_000);
        Deny();
        desk.Wait(2_000);
        desk.Placed.Count().ShouldBe(2, "its slot is taken again");

        desk.Send(new OrderReported(desk.Now, shown));

        desk.HasAlerted("order-came-back").ShouldBeTrue();
        desk.Live.Select(order => order.Intent.ClientOrderId).ShouldContain(id => id == gone);
        desk.Withheld.OfType<CancelOrder>().Single().ClientOrderId.ShouldBe(gone);

        void Deny()
        {
            var question = (Reconcile)desk.Withheld.Last(effect => effect is Reconcile);
            desk.Venue.Time = desk.Now;
            desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, desk.Venue.Snapshot(question) with
            {
                OpenOrders = [],
                AskedOrders = [],
                NotFound = [.. question.ClientOrderIds.Select(asked => asked.ClientOrderId)],
            }));
        }
    }

    [Fact]
    public void A_fill_of_long_ago_that_nobody_remembers_is_not_booked_again()
    {
        var desk = Desk.Resting().Begin();
        desk.Move(98.5m);
        desk.View.Bots[0].Positions.Single().Size.ShouldBe(1m);
        var old = desk.Venue.Fills.Single();
        desk.Withhold = effect => effect is Reconcile;
        desk.Wait(600_000);
        for (var i = 0; i < 4; i++)
        {
            Answer([]);
        }

        // The same trade under an id that is not among the latest any more.
        Answer([old with { TradeId = "forgotten" }]);

        desk.View.Bots[0].Positions.Single().Size.ShouldBe(1m);
        desk.View.Markets[0].ForeignSize.ShouldBe(0m);

        void Answer(IReadOnlyList<VenueFill> fills)
        {
            var question = (Reconcile)desk.Withheld.Last(effect => effect is Reconcile);
            desk.Venue.Time = desk.Now;
            desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, desk.Venue.Snapshot(question) with { Fills = fills }));
            desk.Wait(70_000);
        }
    }
}
