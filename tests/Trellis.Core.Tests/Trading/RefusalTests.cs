using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Orders;

namespace Trellis.Core.Tests.Trading;

public sealed class RefusalTests
{
    [Theory]
    [InlineData(RefusalKind.Other, 1_000, "order-refused")]
    [InlineData(RefusalKind.InsufficientMargin, 10_000, "insufficient-margin")]
    [InlineData(RefusalKind.BreaksRules, 60_000, "rules-refused")]
    public void A_refused_slot_pauses_longer_each_time_and_tells_once(RefusalKind kind, long first, string code)
    {
        var desk = Desk.With(1, context => context.Lane.Plan.Set(0, Some.Buy with { Price = 990 }));
        desk.Venue.Refuse = _ => kind;
        desk.Begin();
        var times = new List<long> { desk.Now };
        while (times.Count < 4)
        {
            var count = desk.Placed.Count();
            desk.Wait(500);
            if (desk.Placed.Count() > count)
            {
                times.Add(desk.Now);
            }
        }

        times.Zip(times.Skip(1), (from, to) => to - from).ShouldBe([first, 2 * first, 4 * first]);
        desk.Alerts.Count(alert => alert == code).ShouldBe(1);
        desk.Placed.Select(place => place.Intent.ClientOrderId).Distinct(StringComparer.Ordinal).Count().ShouldBe(4);
    }

    [Fact]
    public void A_key_that_may_not_trade_stops_everything_and_is_critical()
    {
        var desk = Desk.With(2, context =>
        {
            context.Lane.Plan.Set(0, Some.Buy with { Price = 990 });
            context.Lane.Plan.Set(1, Some.Buy with { Price = 980 });
            context.Lane.Plan.WakeAtEveryClose();
        });
        desk.Venue.Refuse = _ => RefusalKind.NotAllowed;
        desk.Begin();
        desk.Placed.Count().ShouldBe(2);
        desk.View.Forbidden.ShouldNotBeEmpty();

        desk.Wait(9_000);
        desk.Placed.Count().ShouldBe(2);
        desk.Wait(2_000);
        desk.Placed.Count().ShouldBe(3);
        for (var i = 0; i < 5; i++)
        {
            desk.Close(100m);
        }

        // One at a time, after 10, 20, 40, 80 and 160 seconds.
        desk.Placed.Count().ShouldBeInRange(6, 7);
        desk.Effects.OfType<Alert>().Count(alert => alert.Level == AlertLevel.Critical).ShouldBe(1);
        desk.View.Forbidden.ShouldNotBeEmpty();
    }

    [Fact]
    public void Trading_goes_on_once_the_exchange_has_taken_an_order_again()
    {
        var desk = Desk.With(2, context =>
        {
            context.Lane.Plan.Set(0, Some.Buy with { Price = 990 });
            context.Lane.Plan.Set(1, Some.Buy with { Price = 980 });
        });
        desk.Venue.Refuse = _ => RefusalKind.NotAllowed;
        desk.Begin();
        desk.Venue.Refuse = _ => null;

        desk.Wait(11_000);

        desk.HasAlerted("allowed-again").ShouldBeTrue();
        desk.View.Forbidden.ShouldBeEmpty();
        desk.Live.Select(order => order.State).ShouldBe([OrderState.Open, OrderState.Open]);
    }

    [Fact]
    public void What_certainly_never_left_is_sent_again_under_another_id()
    {
        var desk = Desk.With(1, context => context.Lane.Plan.Set(0, Some.Buy with { Price = 990 }));
        desk.Withhold = effect => effect is PlaceOrder && desk.Placed.Count() < 2;
        desk.Begin();
        desk.Send(new PlaceAnswered(desk.Now, desk.Placed.Single().Intent.ClientOrderId, new PlaceAnswer(AnswerKind.NotSent, RefusalKind.Other, null, "circuit open")));
        desk.Wait(2_000);

        desk.Placed.Count().ShouldBe(2);
        desk.Venue.OpenOrders.Count().ShouldBe(1);
    }

    [Fact]
    public void A_passed_trigger_that_protects_goes_at_market()
    {
        var desk = Brackets.Entered(stop: 950, target: 1_100);
        desk.Venue.Refuse = intent => intent.TriggerPrice > 0 ? RefusalKind.WouldTriggerAtOnce : null;
        desk.Venue.Expire(desk.Live.Single(order => order.Intent.TriggerPrice > 0).Intent.ClientOrderId);
        desk.Wait(5_000);

        desk.Venue.Position(0).ShouldBe(0m);
        desk.Placed.Last().Intent.Kind.ShouldBe(OrderKind.Market);
        desk.Placed.Last().Intent.ReduceOnly.ShouldBeTrue();
    }

    [Fact]
    public void Protection_that_is_refused_again_and_again_closes_the_position_at_market()
    {
        var desk = Brackets.Made(stop: 950, target: 1_100);
        desk.Venue.Refuse = intent => intent.TriggerPrice > 0 ? RefusalKind.Other : null;
        desk.Begin();
        desk.Venue.Position(0).ShouldBe(1m);
        desk.Wait(10_000);

        desk.Venue.Position(0).ShouldBe(0m);
        desk.HasAlerted("protection-refused").ShouldBeTrue();
        desk.Live.ShouldBeEmpty();
    }
}
