using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Tests.Trading;

/// <summary>What the exchange has and no bot made is foreign; what is ours is not, however late, by whatever clock and in whatever order it is told.</summary>
public sealed class ForeignPositionTests
{
    [Fact]
    public void A_position_that_was_there_before_is_foreign_and_never_touched()
    {
        var desk = Desk.Resting();
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
        var desk = Desk.Resting();
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
        var desk = Desk.Resting();
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

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_position_may_be_that_of_before_or_after_a_fill_which_was_told_while_it_was_asked_for(decimal told, bool isExplained)
    {
        var desk = Desk.Resting().Begin();
        desk.Withhold = effect => effect is Reconcile;
        desk.Wait(70_000);
        var question = (Reconcile)desk.Withheld.Single();
        desk.Move(98.5m);
        desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, desk.Told(question, told)));

        desk.Wait(5_000);
        desk.Withheld.Count.ShouldBe(isExplained ? 1 : 2, "what can't be explained is asked for again, soon");
        desk.View.Markets[0].ForeignSize.ShouldBe(0m);
    }

    [Fact]
    public void A_fill_that_was_told_before_the_question_is_in_every_answer()
    {
        var desk = Desk.Resting().Begin();
        desk.Move(98.5m);
        desk.Withhold = effect => effect is Reconcile;
        desk.Wait(70_000);
        foreach (var told in new[] { 0m, 0m })
        {
            var question = (Reconcile)desk.Withheld.Last();
            desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, desk.Told(question, told)));
            desk.Wait(5_000);
        }

        desk.View.Markets[0].ForeignSize.ShouldBe(-1m, "the exchange has said twice that it is not there");
        desk.View.Bots[0].Positions.Single().Size.ShouldBe(1m);
    }

    [Fact]
    public void A_difference_that_fills_between_two_answers_leave_open_waits_for_a_third()
    {
        var desk = Desk.Resting().Begin();
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
            desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, desk.Told(question, told)));
        }
    }

    [Fact]
    public void A_difference_that_a_late_fill_explains_proves_nothing_for_the_next_answer()
    {
        var desk = Desk.Resting().Begin();
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
            desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, desk.Told(question, told) with { Fills = [] }));
        }
    }

    [Fact]
    public void A_trade_by_hand_is_foreign_with_its_own_profit_and_the_money_still_adds_up()
    {
        var desk = Desk.Resting().Begin();
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
    public void Where_the_account_trades_with_itself_both_fills_of_the_one_trade_are_booked()
    {
        var desk = Desk.Resting().Begin();
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

    [Fact]
    public void A_fill_that_an_order_on_its_way_may_have_made_is_not_foreign()
    {
        var desk = Desk.Resting();
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
    public void A_person_s_trade_while_the_account_is_looked_at_for_the_first_time_is_in_what_it_opens_with()
    {
        var desk = Desk.Resting();
        desk.Withhold = effect => effect is Reconcile;
        desk.Quote(99.9m, 100.1m);
        desk.Send(new Started(desk.Now, ""));
        var question = (Reconcile)desk.Withheld.Single();
        var startedAt = desk.Now;
        desk.Now += 200;
        desk.Venue.Time = desk.Now;
        desk.Venue.TradeByHand(0, Side.Buy, 2m);
        desk.Now += 100;
        desk.Close(100m);
        desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, desk.Venue.Snapshot(question) with { StartedAt = startedAt, Fills = [] }));
        desk.View.Reconciliation.OpenedAt.ShouldBe(0);

        desk.Wait(2_000);
        question = (Reconcile)desk.Withheld.Last();
        desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, desk.Venue.Snapshot(question)));
        desk.Withhold = _ => false;
        desk.Wait(200_000);

        desk.View.Markets[0].ForeignSize.ShouldBe(2m);
        desk.Alerts.Count(code => code == "foreign-position").ShouldBe(1);
        desk.View.Reconciliation.Corrected.ShouldBe(0m);
        Math.Abs(desk.View.Reconciliation.Unexplained).ShouldBeLessThan(0.000001m);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_fill_of_a_conditional_order_comes_back_to_it_when_the_exchange_tells_at_last_what_the_order_became(bool inTwoSteps)
    {
        var desk = Desk.With(1, context =>
        {
            context.Lane.Plan.WakeAtEveryClose();
            if (context.Lane.LongPosition == 0 && !context.HasFills)
            {
                context.Lane.Plan.Set(0, Some.Buy with { Kind = OrderKind.TriggerAtOrAbove, Price = 1_050 });
            }
        });
        desk.Begin();
        var id = desk.Placed.Single().Intent.ClientOrderId;
        var resting = desk.Venue.Query(id)!;
        desk.Withhold = effect => effect is Reconcile or QueryOrder;
        desk.Streams = false;
        desk.Move(106m);
        desk.Send(new FillReported(desk.Now, desk.Venue.Fills.Single() with { ClientOrderId = "" }));
        for (var i = 0; i < 4; i++)
        {
            desk.Wait(1_500);
            var question = (Reconcile)desk.Withheld.Last(effect => effect is Reconcile);
            desk.Venue.Time = desk.Now;
            desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, desk.Venue.Snapshot(question) with { OpenOrders = [resting], AskedOrders = [], NotFound = [] }));
        }

        desk.View.Markets[0].ForeignSize.ShouldBe(1m, "after two seconds no order of ours can have made it, for all that the exchange tells");
        var told = desk.Venue.Query(id)!;
        if (inTwoSteps)
        {
            desk.Send(new OrderReported(desk.Now, told with { Status = VenueOrderStatus.Open, ExecutedQuantity = 0m }));
        }

        desk.Send(new OrderReported(desk.Now, told));

        desk.View.Bots[0].Positions.Single().Size.ShouldBe(1m);
        desk.View.Markets[0].ForeignSize.ShouldBe(0m);
        desk.Live.ShouldBeEmpty();
    }
}
