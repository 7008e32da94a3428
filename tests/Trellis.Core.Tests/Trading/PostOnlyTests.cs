using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Orders;

namespace Trellis.Core.Tests.Trading;

public sealed class PostOnlyTests
{
    [Theory]
    [InlineData(Side.Buy, 1_005, 100.4, 100.5, 100.5, 100.7)]
    [InlineData(Side.Sell, 995, 99.5, 99.6, 99.3, 99.5)]
    public void One_beyond_the_quote_waits_until_the_quote_is_a_tick_on_its_own_side(Side side, int price, double bidStill, double askStill, double bid, double ask)
    {
        var desk = Desk.With(1, context => context.Lane.Plan.Set(0, Some.Buy with { Side = side, Price = price })).Begin();
        desk.Placed.ShouldBeEmpty();
        desk.View.Orders.Single().State.ShouldBe(OrderState.Planned);
        desk.View.Orders.Single().Reason.ShouldContain("post-only");

        desk.Quote((decimal)bidStill, (decimal)askStill);
        desk.Placed.ShouldBeEmpty();

        desk.Quote((decimal)bid, (decimal)ask);
        desk.Placed.Single().Intent.PostOnly.ShouldBeTrue();
    }

    [Fact]
    public void Quotes_that_release_nothing_do_not_matter()
    {
        var desk = Desk.With(1, context => context.Lane.Plan.Set(0, Some.Buy with { Price = 1_005 })).Begin();
        var effects = new List<TradingEffect>();

        desk.Loop.Handle(new QuoteChanged(desk.Now, 0, 100.4m, 100.5m), effects).ShouldBeFalse();
        desk.Loop.Handle(new QuoteChanged(desk.Now, 0, 100.5m, 100.6m), effects).ShouldBeTrue();
        effects.OfType<PlaceOrder>().ShouldNotBeEmpty();
    }

    [Fact]
    public void A_refused_one_comes_back_at_most_once_a_second()
    {
        var desk = Desk.With(1, context => context.Lane.Plan.Set(0, Some.Buy with { Price = 999 }));
        desk.Venue.Refuse = _ => RefusalKind.WouldTake;
        desk.Begin();
        for (var i = 0; i < 50; i++)
        {
            desk.Move(100m + (i % 2 * 0.1m));
            desk.Wait(100);
        }

        desk.Placed.Count().ShouldBeInRange(4, 6);
        desk.HasAlerted("order-refused").ShouldBeFalse();
    }

    [Fact]
    public void One_that_the_exchange_expires_as_it_comes_is_treated_like_a_refusal()
    {
        var desk = Desk.With(1, context => context.Lane.Plan.Set(0, Some.Buy with { Price = 999 })).Begin();
        desk.Venue.Expire(desk.Placed.Single().Intent.ClientOrderId);
        desk.Close(100m);
        desk.Wait(2_000);

        desk.HasAlerted("order-ended").ShouldBeFalse();
        desk.Placed.Count().ShouldBe(2);
    }
}
