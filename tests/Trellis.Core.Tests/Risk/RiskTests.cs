using Trellis.Core.Risk;

namespace Trellis.Core.Tests.Risk;

public sealed class ExposureBudgetTests
{
    [Fact]
    public void The_worst_case_is_the_larger_side_and_not_the_sum()
    {
        var budget = new ExposureBudget(1, null, null, hedgeMode: false);
        budget.AddOrder(0, 1, 300m);
        budget.AddOrder(0, -1, 500m);

        budget.Of(0).ShouldBe(500m);
    }

    [Fact]
    public void A_sell_first_closes_what_is_held()
    {
        var budget = new ExposureBudget(1, 600m, null, hedgeMode: false);
        budget.AddPosition(0, 1, 600m);

        budget.TryAddOrder(0, -1, 1_200m).ShouldBeTrue();
        budget.TryAddOrder(0, -1, 1m).ShouldBeFalse();
        budget.TryAddOrder(0, 1, 1m).ShouldBeFalse();
        budget.Of(0).ShouldBe(600m);
    }

    [Fact]
    public void In_hedge_mode_both_sides_add_up()
    {
        var budget = new ExposureBudget(1, 600m, null, hedgeMode: true);
        budget.AddPosition(0, 1, 400m);

        budget.TryAddOrder(0, -1, 200m).ShouldBeTrue();
        budget.TryAddOrder(0, -1, 1m).ShouldBeFalse();
    }

    [Theory]
    [InlineData(500, null)]
    [InlineData(null, 500)]
    public void What_is_foreign_the_other_way_hides_nothing_that_is_added(int? most, int? mostTotal)
    {
        var budget = new ExposureBudget(1, most, mostTotal, hedgeMode: false);
        budget.AddForeign(0, -1, 600m);
        budget.AddPosition(0, 1, 428m);

        budget.TryAddOrder(0, 1, 73m).ShouldBeFalse("the foreign short may be gone tomorrow, and 501 is held then");
        budget.TryAddOrder(0, 1, 72m).ShouldBeTrue();
    }

    [Fact]
    public void What_is_foreign_only_adds()
    {
        var budget = new ExposureBudget(1, null, null, hedgeMode: false);
        budget.AddPosition(0, 1, 400m);
        budget.AddForeign(0, -1, 300m);
        budget.Of(0).ShouldBe(400m);

        budget.AddForeign(0, 1, 100m);
        budget.Of(0).ShouldBe(500m);
    }

    [Fact]
    public void The_total_is_over_all_instruments_and_a_refused_order_leaves_no_trace()
    {
        var budget = new ExposureBudget(2, null, 1_000m, hedgeMode: false);
        budget.TryAddOrder(0, 1, 600m).ShouldBeTrue();
        budget.TryAddOrder(1, -1, 401m).ShouldBeFalse();
        budget.TryAddOrder(1, -1, 400m).ShouldBeTrue();

        budget.Total.ShouldBe(1_000m);
    }

    [Fact]
    public void Beyond_the_limit_already_an_order_that_makes_nothing_worse_still_fits()
    {
        var budget = new ExposureBudget(1, 100m, 100m, hedgeMode: false);
        budget.AddPosition(0, 1, 500m);

        budget.TryAddOrder(0, -1, 500m).ShouldBeTrue();
        budget.TryAddOrder(0, 1, 1m).ShouldBeFalse();
    }
}

public sealed class PriceCollarTests
{
    [Theory]
    [InlineData(95, 100, true)]
    [InlineData(94.9, 100, false)]
    [InlineData(105, 100, true)]
    [InlineData(105.1, 100, false)]
    public void It_holds_what_lies_near_the_last_price(double price, double last, bool holds) =>
        new PriceCollar(5m).Holds((decimal)price, (decimal)last).ShouldBe(holds);

    [Theory]
    [InlineData(90)]
    [InlineData(110)]
    public void At_its_release_an_order_just_lies_within(int price)
    {
        var collar = new PriceCollar(5m);
        var release = collar.Release(price, 100m);

        collar.Holds(price, decimal.Round(release, 6, price < 100 ? MidpointRounding.ToNegativeInfinity : MidpointRounding.ToPositiveInfinity)).ShouldBeTrue();
        collar.Holds(price, release + (price < 100 ? 0.01m : -0.01m)).ShouldBeFalse();
    }
}

public sealed class DrawdownLimitTests
{
    [Fact]
    public void It_is_reached_where_equity_has_fallen_by_its_share_of_the_highest()
    {
        var limit = new DrawdownLimit(10m, 1_000m);
        limit.Note(1_200m);
        limit.Note(1_100m);

        limit.Peak.ShouldBe(1_200m);
        limit.IsReachedBy(1_080.01m).ShouldBeFalse();
        limit.IsReachedBy(1_080m).ShouldBeTrue();
        limit.Reset(1_080m);
        limit.IsReachedBy(1_080m).ShouldBeFalse();
    }
}
