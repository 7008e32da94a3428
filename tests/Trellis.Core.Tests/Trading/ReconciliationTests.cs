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

    [Theory]
    [InlineData(86_400_000)]
    [InlineData(-86_400_000)]
    public void Where_a_market_has_another_time_than_its_exchange_s_servers_what_is_ours_stays_ours_and_what_is_not_is_foreign(long ahead)
    {
        var desk = Resting();
        desk.Venue.Ahead = ahead;
        desk.Begin();
        desk.Move(98.5m);
        desk.Wait(200_000);
        desk.View.Bots[0].Positions.Single().Size.ShouldBe(1m);
        desk.View.Markets[0].ForeignSize.ShouldBe(0m);

        desk.Venue.Time = desk.Now;
        desk.Venue.TradeByHand(0, Side.Buy, 2m);
        desk.Close(98.5m);
        desk.Wait(5_000);
        desk.View.Markets[0].ForeignSize.ShouldBe(2m);

        desk.Venue.Pay(VenueIncomeKind.Funding, -1.5m, 0);
        desk.Close(98.5m);
        desk.Wait(70_000);
        desk.View.Bots[0].Funding.ShouldBe(-0.5m, "a third of the position is its own");
        desk.View.Reconciliation.Corrected.ShouldBe(0m);

        desk.Streams = false;
        desk.Venue.TradeByHand(0, Side.Sell, 5m);
        desk.Wait(70_000);
        desk.View.Markets[0].ForeignSize.ShouldBe(-3m);
        desk.View.Bots[0].Positions.Single().Size.ShouldBe(1m);
        desk.View.Reconciliation.IsReconciled.ShouldBeTrue();
    }

    [Theory]
    [InlineData(86_400_000)]
    [InlineData(-86_400_000)]
    public void Where_a_market_has_another_time_what_filled_while_we_were_away_is_booked_to_its_bot(long ahead)
    {
        var desk = Resting();
        desk.Venue.Ahead = ahead;
        desk.Begin();
        desk.Streams = false;
        desk.Move(98.5m);
        desk.Wait(200_000);
        desk.Restart();
        desk.Wait(5_000);

        desk.View.Bots[0].Positions.Single().Size.ShouldBe(1m);
        desk.View.Markets[0].ForeignSize.ShouldBe(0m);
        desk.View.Reconciliation.Corrected.ShouldBe(0m);
        desk.Live.ShouldBeEmpty();
    }

    [Fact]
    public void While_an_order_has_executed_more_than_its_fills_tell_no_position_is_foreign_and_no_money_unexplained()
    {
        var desk = Resting().Begin();
        desk.Streams = false;
        desk.Venue.Quote(0, 98.4m, 98.6m);
        desk.Withhold = effect => effect is Reconcile;
        desk.Wait(70_000);
        for (var i = 0; i < 5; i++)
        {
            Answer(keeps: _ => false);
        }

        desk.View.Markets[0].ForeignSize.ShouldBe(0m);
        desk.View.Reconciliation.Corrected.ShouldBe(0m);
        desk.View.Reconciliation.Problem.ShouldNotBeEmpty();

        Answer(keeps: _ => true);
        desk.View.Bots[0].Positions.Single().Size.ShouldBe(1m);
        desk.View.Reconciliation.Problem.ShouldBeEmpty();

        void Answer(Func<VenueFill, bool> keeps)
        {
            var question = (Reconcile)desk.Withheld.Last();
            var told = desk.Venue.Snapshot(question);
            desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, told with { Fills = [.. told.Fills.Where(keeps)] }));
            desk.Wait(40_000);
        }
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_position_may_be_that_of_before_or_after_a_fill_which_was_told_while_it_was_asked_for(decimal told, bool isExplained)
    {
        var desk = Resting().Begin();
        desk.Withhold = effect => effect is Reconcile;
        desk.Wait(70_000);
        var question = (Reconcile)desk.Withheld.Single();
        desk.Move(98.5m);
        desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, Told(desk, question, told)));

        desk.Wait(5_000);
        desk.Withheld.Count.ShouldBe(isExplained ? 1 : 2, "what can't be explained is asked for again, soon");
        desk.View.Markets[0].ForeignSize.ShouldBe(0m);
    }

    [Fact]
    public void A_fill_that_was_told_before_the_question_is_in_every_answer()
    {
        var desk = Resting().Begin();
        desk.Move(98.5m);
        desk.Withhold = effect => effect is Reconcile;
        desk.Wait(70_000);
        foreach (var told in new[] { 0m, 0m })
        {
            var question = (Reconcile)desk.Withheld.Last();
            desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, Told(desk, question, told)));
            desk.Wait(5_000);
        }

        desk.View.Markets[0].ForeignSize.ShouldBe(-1m, "the exchange has said twice that it is not there");
        desk.View.Bots[0].Positions.Single().Size.ShouldBe(1m);
    }

    [Fact]
    public void A_difference_that_fills_between_two_answers_leave_open_waits_for_a_third()
    {
        var desk = Resting().Begin();
        desk.Withhold = effect => effect is Reconcile;
        desk.Wait(70_000);
        Answer(3m);
        desk.Wait(2_000);
        desk.Withheld.Count.ShouldBe(2);
        desk.Move(98.5m);

        // Of the time after its question, as the first one is for all that anybody knows: 2 or 3 may be foreign.
        Answer(3m);
        desk.View.Markets[0].ForeignSize.ShouldBe(0m);
        desk.Wait(3_000);
        Answer(4m);
        desk.View.Markets[0].ForeignSize.ShouldBe(3m);

        void Answer(decimal told)
        {
            var question = (Reconcile)desk.Withheld.Last();
            desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, Told(desk, question, told)));
        }
    }

    [Fact]
    public void A_difference_that_a_late_fill_explains_proves_nothing_for_the_next_answer()
    {
        var desk = Resting().Begin();
        desk.Streams = false;
        desk.Withhold = effect => effect is Reconcile;
        desk.Wait(70_000);
        Answer(1m);
        desk.Wait(2_000);
        desk.Move(98.5m);

        // The fill of the first one is told at last: what is too much in the second one is seen for the first time.
        desk.Send(new FillReported(desk.Now, desk.Venue.Fills.Single()));
        Answer(2m);
        desk.View.Markets[0].ForeignSize.ShouldBe(0m);

        desk.Wait(3_000);
        Answer(2m);
        desk.View.Markets[0].ForeignSize.ShouldBe(1m);

        void Answer(decimal told)
        {
            var question = (Reconcile)desk.Withheld.Last();
            desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, Told(desk, question, told) with { Fills = [] }));
        }
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

    [Theory]
    [InlineData(0)]
    [InlineData(600_000)]
    public void An_adopted_order_brings_what_it_had_executed_before_the_books_were_opened(long ago)
    {
        var desk = Resting();
        var id = new ClientOrderId("test", 0, 0, 1, 0, 9, 0).ToString();
        desk.Venue.Quote(0, 99.9m, 100.1m);
        desk.Venue.Time = desk.Now - ago;
        desk.Venue.LargestFill = 0.2m;
        desk.Venue.Place(new OrderIntent { Market = 0, Bot = 0, ClientOrderId = id, Side = Side.Buy, Kind = OrderKind.Limit, Price = 100.5m, Quantity = 0.5m });
        desk.Venue.LargestFill = decimal.MaxValue;
        desk.Venue.TradeByHand(0, Side.Buy, 3m);
        desk.Venue.News.Clear();
        desk.Begin(101m);
        desk.View.Markets[0].ForeignSize.ShouldBe(3.2m);

        desk.Send(new OrderAdopted(desk.Now, id, "test"));
        desk.Wait(200_000);

        desk.View.Bots[0].Positions.Single().Size.ShouldBe(0.2m);
        desk.View.Markets[0].ForeignSize.ShouldBe(3m);
        desk.View.Reconciliation.Corrected.ShouldBe(0m);
        desk.View.Reconciliation.Problem.ShouldBeEmpty();
        desk.Effects.OfType<Reconcile>().Count().ShouldBeLessThan(12, "nothing is missing");
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

    /// <summary>A snapshot with a position of the test's choice.</summary>
    private static VenueSnapshot Told(Desk desk, Reconcile question, decimal size) => desk.Venue.Snapshot(question) with
    {
        Positions = [new VenuePosition(desk.Settings.Markets[0].Instrument.Id, PositionSide.Net, size, 99m, 99m, 0m, 0m, 1)],
    };

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
