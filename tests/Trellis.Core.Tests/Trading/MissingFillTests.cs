using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Tests.Trading;

/// <summary>An order has executed more than its fills tell: until they are there, nothing is concluded from what they would explain.</summary>
public sealed class MissingFillTests
{
    [Fact]
    public void While_an_order_has_executed_more_than_its_fills_tell_no_position_is_foreign_and_no_money_unexplained()
    {
        var desk = Desk.Resting().Begin();
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

    [Fact]
    public void Money_that_fills_explain_which_are_still_missing_is_no_correction_also_where_positions_agree()
    {
        var desk = Desk.Resting().Begin();
        desk.Streams = false;
        desk.Venue.Quote(0, 98.4m, 98.6m);
        desk.Venue.TradeByHand(0, Side.Sell, 1m);
        desk.Withhold = effect => effect is Reconcile;
        desk.Wait(70_000);
        for (var i = 0; i < 6; i++)
        {
            Answer(isWhole: false);
        }

        desk.View.Markets[0].Size.ShouldBe(0m);
        desk.View.Reconciliation.Corrected.ShouldBe(0m);

        Answer(isWhole: true);
        Answer(isWhole: true);
        Answer(isWhole: true);
        desk.View.Bots[0].Positions.Single().Size.ShouldBe(1m);
        desk.View.Markets[0].ForeignSize.ShouldBe(-1m);
        desk.View.Reconciliation.Corrected.ShouldBe(0m);

        void Answer(bool isWhole)
        {
            var question = (Reconcile)desk.Withheld.Last();
            desk.Venue.Time = desk.Now;
            var told = desk.Venue.Snapshot(question with { Since = 0 });
            desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, isWhole ? told : told with { Fills = [] }));
            desk.Wait(isWhole ? 70_000 : 20_000);
        }
    }

    [Fact]
    public void Fills_that_the_exchange_never_tells_are_waited_for_some_minutes_and_then_told_of()
    {
        var desk = Desk.Resting().Begin();
        desk.Streams = false;
        desk.Venue.Quote(0, 98.4m, 98.6m);
        desk.Withhold = effect => effect is Reconcile;
        Answer(60_000, 400_000);
        desk.HasAlerted("fills-missing").ShouldBeTrue();
        desk.View.Markets[0].ForeignSize.ShouldBe(1m);
        desk.View.Reconciliation.Problem.ShouldBeEmpty();

        desk.Venue.Lose(5m);
        var before = desk.Effects.OfType<Reconcile>().Count();
        Answer(0, 300_000);
        desk.Alerts.Count(code => code == "fills-missing").ShouldBe(1);
        desk.View.Reconciliation.Corrected.ShouldBeInRange(-5.1m, -5m, "and the fee that nobody told");
        desk.Effects.OfType<Reconcile>().Count().ShouldBeLessThan(before + 10, "it is not asked for again and again");

        void Answer(long first, long time)
        {
            desk.Wait(first);
            for (var until = desk.Now + time; desk.Now < until; desk.Wait(2_000))
            {
                if (desk.Withheld.Count > 0)
                {
                    var question = (Reconcile)desk.Withheld.Last();
                    desk.Withheld.Clear();
                    desk.Venue.Time = desk.Now;
                    desk.Send(new SnapshotTaken(desk.Now, question.Reconciliation, desk.Venue.Snapshot(question) with { Fills = [] }));
                }
            }
        }
    }
}
