using Trellis.Core.Accounts;

namespace Trellis.Core.Tests.Accounts;

public sealed class PositionTests
{
    [Fact]
    public void Realized_and_unrealized_are_what_was_received_less_what_was_paid_after_every_fill()
    {
        var random = new Random(21);
        for (var run = 0; run < 500; run++)
        {
            var position = default(Position);
            var (size, cash, realized) = (0L, (Int128)0, (Int128)0);
            for (var i = 0; i < 60; i++)
            {
                var sign = random.Next(2) == 0 ? 1 : -1;
                var quantity = random.Next(5) == 0 && size != 0 ? Math.Abs(size) : random.NextInt64(1, 1_000_000);
                var value = random.NextInt64(1, 1_000_000_000_000);
                size += sign * quantity;
                cash -= sign * (Int128)value * quantity;
                realized += position.Apply(sign, quantity, value);

                position.Size.ShouldBe(size);
                position.Cost.ShouldBeGreaterThanOrEqualTo((Int128)0);
                (realized + position.SignedCost).ShouldBe(cash);
                if (size == 0)
                {
                    position.Cost.ShouldBe((Int128)0);
                }
            }
        }
    }

    [Fact]
    public void A_partial_close_releases_its_share_of_the_cost_half_to_even()
    {
        var position = default(Position);
        position.Apply(1, 1, 5);
        position.Apply(1, 1, 6);

        position.Apply(-1, 1, 10).ShouldBe((Int128)4);
        position.Cost.ShouldBe((Int128)5);
    }

    [Fact]
    public void A_fill_beyond_the_size_opens_the_other_side_at_its_own_price()
    {
        var position = default(Position);
        position.Apply(1, 3, 100);

        position.Apply(-1, 5, 110).ShouldBe((Int128)30);
        (position.Size, position.Cost).ShouldBe((-2, (Int128)220));
    }

    [Fact]
    public void A_short_earns_when_it_is_bought_back_lower()
    {
        var position = default(Position);
        position.Apply(-1, 4, 100);

        position.Apply(1, 1, 90).ShouldBe((Int128)10);
        (position.Size, position.Cost).ShouldBe((-3, (Int128)300));
    }
}
