using Trellis.Core.Orders;
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
        var desk = Resting();
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
        var desk = Resting(replaced: true).Begin();
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
        var desk = Resting(replaced: true).Begin();
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
        var desk = Resting();
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
        var desk = Resting().Begin();
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
        var desk = Resting().Begin();
        desk.Streams = false;
        desk.Venue.Expire(desk.Placed.Single().Intent.ClientOrderId);
        desk.Wait(70_000);

        desk.Effects.OfType<Reconcile>().SelectMany(question => question.ClientOrderIds).ShouldContain(asked => asked.ClientOrderId == desk.Placed.First().Intent.ClientOrderId);
        desk.Placed.Count().ShouldBe(2);
    }

    [Fact]
    public void A_position_that_was_there_before_is_foreign_and_never_touched()
    {
        var desk = Resting();
        desk.Venue.Quote(0, 99.9m, 100.1m);
        desk.Venue.TradeByHand(0, Side.Sell, 3m);
        desk.Venue.News.Clear();
        desk.Begin();

        desk.View.Markets[0].ForeignSize.ShouldBe(-3m);
        desk.View.Bots[0].Positions.ShouldBeEmpty();
        desk.View.Reconciliation.IsReconciled.ShouldBeTrue();
        desk.HasAlerted("foreign-position").ShouldBeTrue();

        desk.Send(new KillSwitched(desk.Now, true, true, "test"));
        desk.Venue.Position(0).ShouldBe(-3m);
    }

    [Fact]
    public void A_trade_by_hand_is_foreign_with_its_own_profit_and_the_money_still_adds_up()
    {
        var desk = Resting().Begin();
        desk.Venue.Time = desk.Now;
        desk.Venue.TradeByHand(0, Side.Buy, 2m);
        desk.Close(100m);
        desk.Wait(5_000);
        desk.View.Markets[0].ForeignSize.ShouldBe(2m);

        desk.Move(105m);
        desk.Venue.TradeByHand(0, Side.Sell, 2m);
        desk.Close(105m);
        desk.Wait(70_000);

        desk.View.Markets[0].ForeignSize.ShouldBe(0m);
        desk.View.Reconciliation.Corrected.ShouldBe(0m);
        Math.Abs(desk.View.Reconciliation.Unexplained).ShouldBeLessThan(0.000001m);
        desk.View.Bots[0].Realized.ShouldBe(0m);
    }

    [Fact]
    public void An_order_that_became_known_after_the_question_has_not_vanished_though_our_clock_is_behind()
    {
        var desk = Resting();
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

    [Fact]
    public void Where_the_account_trades_with_itself_both_fills_of_the_one_trade_are_booked()
    {
        var desk = Resting().Begin();
        var own = desk.Live.Single();
        var fill = new VenueFill
        {
            Instrument = desk.Settings.Markets[0].Instrument.Id,
            TradeId = "7",
            VenueOrderId = own.VenueOrderId,
            Side = Side.Buy,
            Price = own.Intent.Price,
            Quantity = own.Intent.Quantity,
            Time = desk.Now,
        };
        desk.Send(new FillReported(desk.Now, fill));
        desk.Send(new FillReported(desk.Now, fill with { VenueOrderId = "by hand", Side = Side.Sell }));
        desk.Send(new FillReported(desk.Now, fill));
        desk.Wait(3_000);

        desk.View.Bots[0].Positions.Single().Size.ShouldBe(own.Intent.Quantity);
        desk.View.Markets[0].ForeignSize.ShouldBe(-own.Intent.Quantity);
        desk.View.Markets[0].Size.ShouldBe(0m);
    }

    [Theory]
    [InlineData(-7.5)]
    [InlineData(3)]
    public void Money_that_nothing_explains_is_a_named_correction_and_an_alert(double amount)
    {
        var desk = Resting().Begin();
        desk.Venue.Lose(-(decimal)amount);
        desk.Wait(70_000);

        desk.View.Reconciliation.Corrected.ShouldBe((decimal)amount);
        desk.Alerts.Count(code => code == "balance-correction").ShouldBe(1);
        desk.Effects.OfType<LedgerPosted>().Count(posted => posted.Entry.Text.StartsWith("correction", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public void A_transfer_is_no_correction_and_no_profit()
    {
        var desk = Resting().Begin();
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
        var desk = Resting();
        desk.Withhold = effect => effect is Reconcile;
        desk.Begin();
        var question = (Reconcile)desk.Withheld[0];
        desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, desk.Venue.Snapshot(question) with { HedgeMode = true }));
        desk.Close(100m);

        desk.Placed.ShouldBeEmpty();
        desk.Effects.OfType<Alert>().ShouldContain(alert => alert.Level == AlertLevel.Critical && alert.Code == "position-mode");
    }

    [Fact]
    public void An_order_in_our_form_that_no_journal_knows_is_foreign_until_it_is_adopted()
    {
        var desk = Resting();
        var id = new ClientOrderId("test", 0, 0, 1, 0, 9, 0).ToString();
        desk.Venue.Quote(0, 99.9m, 100.1m);
        desk.Venue.Place(new OrderIntent { Market = 0, Bot = 0, ClientOrderId = id, Side = Side.Buy, Kind = OrderKind.Limit, Price = 97m, Quantity = 0.5m });
        desk.Venue.News.Clear();
        desk.Begin();
        desk.View.ForeignOrders.Single().ClientOrderId.ShouldBe(id);
        desk.HasAlerted("unknown-own-order").ShouldBeTrue();
        desk.Effects.OfType<CancelOrder>().ShouldBeEmpty();

        desk.Send(new OrderAdopted(desk.Now, id, "test"));

        desk.View.ForeignOrders.ShouldBeEmpty();
        desk.HasAlerted("order-adopted").ShouldBeTrue();
        desk.Venue.OpenOrders.Count().ShouldBe(1);
    }

    [Fact]
    public void A_fill_that_an_order_on_its_way_may_have_made_is_not_foreign()
    {
        var desk = Resting();
        desk.Withhold = effect => effect is PlaceOrder or QueryOrder || (effect is Reconcile && desk.Placed.Any());
        desk.Begin();
        var intent = desk.Placed.Single().Intent;
        desk.Venue.Place(intent);
        desk.Venue.Quote(0, 98.4m, 98.6m);
        desk.Venue.News.Clear();
        var fill = desk.Venue.Fills.Single() with { ClientOrderId = "" };
        desk.Send(new FillReported(desk.Now, fill));
        desk.Wait(1_000);
        var question = (Reconcile)desk.Withheld.Last(effect => effect is Reconcile);
        desk.Now += 100;
        desk.Venue.Time = desk.Now;
        desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, desk.Venue.Snapshot(question) with { AskedOrders = [], OpenOrders = [] }));
        desk.View.Markets[0].ForeignSize.ShouldBe(0m);

        desk.Send(new PlaceAnswered(desk.Now, intent.ClientOrderId, new PlaceAnswer(AnswerKind.Accepted, RefusalKind.Other, desk.Venue.Query(intent.ClientOrderId), "")));

        desk.View.Bots[0].Positions.Single().Size.ShouldBe(1m);
        desk.View.Markets[0].ForeignSize.ShouldBe(0m);
    }

    [Fact]
    public void An_adopted_order_brings_the_fills_that_counted_as_foreign()
    {
        var desk = Resting().Begin();
        var id = new ClientOrderId("test", 0, 0, 1, 0, 9, 0).ToString();
        desk.Streams = false;
        desk.Venue.Time = desk.Now + 10;
        desk.Venue.Place(new OrderIntent { Market = 0, Bot = 0, ClientOrderId = id, Side = Side.Buy, Kind = OrderKind.Market, Quantity = 0.5m });
        desk.Wait(70_000);
        desk.View.Markets[0].ForeignSize.ShouldBe(0.5m);

        desk.Send(new OrderAdopted(desk.Now, id, "test"));

        desk.View.Markets[0].ForeignSize.ShouldBe(0m);
        desk.View.Bots[0].Positions.Single().Size.ShouldBe(0.5m);
        desk.Wait(70_000);
        desk.View.Reconciliation.Corrected.ShouldBe(0m);
    }

    [Fact]
    public void An_adopted_order_of_a_later_cycle_than_the_plan_has_come_to_keeps_its_id_to_itself()
    {
        var desk = Resting(replaced: true).Begin();
        var cycle = Parse(desk.Placed.Single()).Cycle;
        var adopted = new ClientOrderId("test", 0, 0, 1, 0, cycle + 1, 0).ToString();
        desk.Venue.Place(new OrderIntent { Market = 0, Bot = 0, ClientOrderId = adopted, Side = Side.Buy, Kind = OrderKind.Limit, Price = 90m, Quantity = 0.5m });
        desk.Wait(70_000);
        desk.Send(new OrderAdopted(desk.Now, adopted, "test"));
        desk.Close(101m);
        desk.Wait(70_000);

        var next = desk.Placed.Last();
        (Parse(next).Cycle, Parse(next).Attempt).ShouldBe((cycle + 1, 1));
        desk.Live.Select(order => order.Intent.ClientOrderId).ShouldBe([next.Intent.ClientOrderId]);

        static ClientOrderId Parse(PlaceOrder order) => ClientOrderId.TryParse(order.Intent.ClientOrderId, out var id) ? id : default;
    }

    [Fact]
    public void An_order_that_counted_as_gone_and_is_there_after_all_is_known_again_and_does_not_stay_beside_the_one_in_its_slot()
    {
        var desk = Resting().Begin();
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
        var desk = Resting().Begin();
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

    /// <summary>A bot with one order at 99 that rests; at later closes, if so wished, at 98.</summary>
    private static Desk Resting(bool replaced = false) => Desk.With(1, context =>
    {
        var plan = context.Lane.Plan;
        plan.WakeAtEveryClose();
        if (context.Lane.LongPosition == 0 && !context.HasFills)
        {
            plan.Set(0, Some.Buy with { Price = replaced && plan.Cycle(0) > 0 ? 980 : 990 });
        }
    });
}
