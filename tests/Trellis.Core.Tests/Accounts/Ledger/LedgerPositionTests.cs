using Trellis.Core.Accounts.Ledger;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Accounts.Ledger;

public sealed class LedgerPositionTests
{
    [Fact]
    public void A_partial_close_releases_its_share_of_the_cost_rounded_half_to_even()
    {
        var change = new LedgerPosition(3m, 100m).Apply(Side.Sell, 1m, 40m, 1m);

        change.After.ShouldBe(new LedgerPosition(2m, 66.666666666667m));
        change.Realized.ShouldBe(6.666666666667m);
    }

    [Fact]
    public void The_last_of_the_size_releases_all_of_the_cost() =>
        new LedgerPosition(2m, 66.666666666667m).Apply(Side.Sell, 2m, 40m, 1m).After.ShouldBe(new LedgerPosition(0m, 0m));

    [Fact]
    public void What_is_left_of_a_fill_opens_the_other_side()
    {
        var change = new LedgerPosition(-2m, 200m).Apply(Side.Buy, 5m, 90m, 1m);

        change.ShouldBe(new PositionChange(new LedgerPosition(3m, 270m), 2m, 3m, 20m));
    }

    [Theory]
    [InlineData(10, 90, 10)]
    [InlineData(-10, 90, -10)]
    public void Unrealized_is_value_less_cost_for_a_long_and_the_opposite_for_a_short(int size, int cost, int unrealized) =>
        new LedgerPosition(size, cost).Unrealized(10m, 1m).ShouldBe(unrealized);

    [Theory]
    [InlineData("0.0000000000005", "0.000000000000")]
    [InlineData("0.0000000000015", "0.000000000002")]
    [InlineData("-0.0000000000015", "-0.000000000002")]
    [InlineData("-0.0000000000025", "-0.000000000002")]
    [InlineData("0.00000000000250000000000001", "0.000000000003")]
    public void Products_round_half_to_even_at_the_twelfth_decimal(string amount, string rounded) =>
        ExactDecimal.Product(decimal.Parse(amount), 1m).ShouldBe(decimal.Parse(rounded));

    [Fact]
    public void A_product_of_more_than_28_digits_is_rounded_once()
    {
        // A decimal would round the product to 28 digits first, up to the half, and that half up to the even digit.
        var amount = ExactDecimal.Product(1234567890123.0000000000015m, 0.9999999999999999999999999999m);

        amount.ShouldBe(1234567890123.000000000001m);
    }

    [Fact]
    public void Rounding_up_goes_towards_plus_infinity()
    {
        ExactDecimal.ProductUp(0.1m, 0.001m, decimals: 3).ShouldBe(0.001m);
        ExactDecimal.ProductUp(-0.1m, 0.001m, decimals: 3).ShouldBe(0m);
        ExactDecimal.QuotientUp(1m, 3m).ShouldBe(0.333333333334m);
    }

    [Fact]
    public void An_amount_beyond_a_decimal_says_so() =>
        Should.Throw<RunException>(() => ExactDecimal.Product(1e20m, 1m)).Message.ShouldContain("too large");
}
