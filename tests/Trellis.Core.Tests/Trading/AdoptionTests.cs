using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Orders;

namespace Trellis.Core.Tests.Trading;

/// <summary>An order of ours that no journal knows is nobody's until a person says whose it is; then it brings all that it has done.</summary>
public sealed class AdoptionTests
{
    [Fact]
    public void An_order_in_our_form_that_no_journal_knows_is_foreign_until_it_is_adopted()
    {
        var desk = Desk.Resting();
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
    public void An_adopted_order_brings_the_fills_that_counted_as_foreign()
    {
        var desk = Desk.Resting().Begin();
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
        var desk = Desk.Resting();
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
        var desk = Desk.Resting(replaced: true).Begin();
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

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    [InlineData(5_000)]
    public void Orders_that_are_adopted_one_after_the_other_bring_what_each_had_executed(long between)
    {
        var desk = Desk.Resting();
        string[] ids = [.. Enumerable.Range(0, 2).Select(attempt => new ClientOrderId("test", 0, 0, 1, 0, 9, attempt).ToString())];
        desk.Venue.Quote(0, 99.9m, 100.1m);
        desk.Venue.LargestFill = 0.2m;
        foreach (var id in ids)
        {
            desk.Venue.Place(new OrderIntent { Market = 0, Bot = 0, ClientOrderId = id, Side = Side.Buy, Kind = OrderKind.Limit, Price = 97m, Quantity = 0.5m });
        }

        desk.Venue.Quote(0, 96.8m, 96.9m);
        desk.Venue.News.Clear();
        desk.Now += 3_600_000;
        desk.Begin();
        desk.View.Markets[0].ForeignSize.ShouldBe(0.4m);

        foreach (var id in ids)
        {
            desk.Send(new OrderAdopted(desk.Now, id, "test"));
            desk.Wait(between);
        }

        desk.Wait(100_000);
        desk.Venue.Lose(5m);
        desk.Restart();
        desk.Wait(100_000);

        desk.View.Markets[0].ForeignSize.ShouldBe(0m);
        desk.View.Bots[0].Positions.Single().Size.ShouldBe(0.4m);
        desk.View.Reconciliation.ShouldSatisfyAllConditions(view => view.IsReconciled.ShouldBeTrue(), view => view.Problem.ShouldBeEmpty(), view => view.Corrected.ShouldBe(-5m));
    }
}
