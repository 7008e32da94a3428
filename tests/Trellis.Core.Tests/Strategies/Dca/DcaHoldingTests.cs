using Trellis.Core.Numerics;
using Trellis.Core.Orders;
using Trellis.Core.Strategies.Dca;
using Trellis.Core.Tests.Strategies.Grid;

namespace Trellis.Core.Tests.Strategies.Dca;

public sealed class DcaHoldingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void The_take_profit_price_is_the_first_tick_that_earns_the_profit_after_fees(int direction)
    {
        var random = new Random(52);
        var terms = new DcaTerms(GridSome.Units(), GridSome.Rules with { TickSize = 0.5m });
        for (var i = 0; i < 1_000; i++)
        {
            var holding = new DcaHolding(direction, feesInReceived: false);
            decimal held = 0m, cost = 0m, fees = 0m;
            for (var fills = random.Next(1, 5); fills > 0; fills--)
            {
                var (price, quantity, rate) = (random.Next(500, 3_000), random.Next(1, 100_000), random.Next(-2, 12) / 10_000m);
                holding.Enter(new OwnFill(0, 0, Sides.FromSign(direction), price, quantity, 0), Shares.Of(rate));
                held += quantity;
                cost += (decimal)price * quantity;
                fees += price * quantity * rate;
            }

            var (profit, exitFee) = (random.Next(1, 3_000) / 100_000m, random.Next(-2, 12) / 10_000m);
            var target = holding.TakeProfitPrice(Shares.Of(profit), Shares.Of(exitFee), terms);

            Earned(target).ShouldBeGreaterThanOrEqualTo(cost * profit);
            Earned(target - (5 * direction)).ShouldBeLessThan(cost * profit);
            (target % 5).ShouldBe(0);

            decimal Earned(int price) => (direction * ((price * held) - cost)) - fees - (exitFee * price * held);
        }
    }

    [Fact]
    public void An_exit_takes_its_share_of_cost_and_fees_along()
    {
        var holding = new DcaHolding(1, feesInReceived: false);
        holding.Enter(new OwnFill(0, 0, Side.Buy, 1_000, 10, 0), Shares.Of(0.001m));
        holding.Enter(new OwnFill(0, 0, Side.Buy, 901, 5, 0), Shares.Of(0.001m));
        holding.Leave(new OwnFill(0, 0, Side.Sell, 1_100, 10, 0));

        // 14505 × 10 ÷ 15 = 9670; fees 14.505 × 5 ÷ 15
        (holding.Held, holding.Cost, holding.Earned).ShouldBe((5L, 4_835, 1_330));
        holding.Fees.ShouldBe(4_835_000_000_000);
    }

    [Fact]
    public void What_arrives_of_a_buy_counts_and_its_fee_at_the_price_of_the_fill()
    {
        var holding = new DcaHolding(1, feesInReceived: true);
        holding.Enter(new OwnFill(0, 0, Side.Buy, 1_000, 10_000, 10), Shares.Of(0.5m));

        (holding.Held, holding.Cost, holding.Fees).ShouldBe((9_990L, 9_990_000, 10_000 * (Int128)Shares.Whole));
    }
}
