using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Core.Tests.Trading;

/// <summary>Orders leave no faster than the exchange takes them.</summary>
public sealed class PaceTests
{
    private const int Slots = 250;

    [Fact]
    public void A_hundred_are_on_their_way_and_the_rest_follows_their_answers()
    {
        var desk = Ladder();
        desk.Withhold = effect => effect is PlaceOrder;
        desk.Begin();
        desk.Placed.Count().ShouldBe(100);

        var most = 0;
        while (desk.Withheld.Count > 0)
        {
            most = Math.Max(most, desk.Withheld.Count);
            var next = (PlaceOrder)desk.Withheld[0];
            desk.Withheld.RemoveAt(0);
            desk.Send(new PlaceAnswered(desk.Now, next.Intent.ClientOrderId, desk.Venue.Place(next.Intent)));
            desk.Wait(1);
        }

        most.ShouldBe(100);
        desk.Placed.Count().ShouldBe(Slots);
        desk.Venue.OpenOrders.Count().ShouldBe(Slots);
    }

    [Theory]
    [InlineData(AnswerKind.NotSent, RefusalKind.RateLimited, 7_000, 7_000)]
    [InlineData(AnswerKind.Refused, RefusalKind.RateLimited, 7_000, 7_000)]
    [InlineData(AnswerKind.NotSent, RefusalKind.Other, 0, 1_000)]
    public void Where_the_limits_are_used_up_nothing_leaves_until_there_is_room(AnswerKind kind, RefusalKind refusal, long retryAfter, long pause)
    {
        var desk = Ladder();
        desk.Withhold = effect => effect is PlaceOrder;
        desk.Begin();
        desk.Withhold = _ => false;
        foreach (var place in desk.Withheld.Cast<PlaceOrder>().ToList())
        {
            desk.Send(new PlaceAnswered(desk.Now, place.Intent.ClientOrderId, new PlaceAnswer(kind, refusal, null, "used up", retryAfter)));
        }

        desk.Wait(pause - 1);
        desk.Placed.Count().ShouldBe(100);

        desk.Wait(60_000);
        desk.Venue.OpenOrders.Count().ShouldBe(Slots);
    }

    [Fact]
    public void What_only_closes_does_not_wait()
    {
        var desk = Desk.With(2, context =>
        {
            if (context.Lane.NetPosition == 0)
            {
                context.Lane.Plan.Set(0, Some.Buy with { Kind = OrderKind.Market, Price = 0, Instructions = OrderInstructions.None });
            }
            else
            {
                context.Lane.Plan.Set(0, Some.Buy with { Price = 900 });
                context.Lane.Plan.Set(1, new PlannedOrder { Side = Side.Sell, Kind = OrderKind.Limit, Price = 1_100, Quantity = 1_000, Instructions = OrderInstructions.ReduceOnly });
            }
        });
        desk.Begin();
        desk.Venue.OpenOrders.Count().ShouldBe(2);
        var (buy, sell) = (desk.Live.Single(order => order.Intent.Side == Side.Buy), desk.Live.Single(order => order.Intent.Side == Side.Sell));

        desk.Venue.Refuse = intent => intent.Side == Side.Buy ? RefusalKind.RateLimited : null;
        desk.Venue.Expire(buy.Intent.ClientOrderId);
        desk.Wait(1_500);
        desk.Venue.Expire(sell.Intent.ClientOrderId);
        desk.Wait(1_500);

        desk.Venue.OpenOrders.Single().Side.ShouldBe(Side.Sell);
    }

    private static Desk Ladder() => Desk.With(Slots, context =>
    {
        for (var slot = 0; slot < Slots; slot++)
        {
            context.Lane.Plan.Set(slot, Some.Buy with { Price = 990 - slot, Quantity = 100 });
        }
    });
}
