using Trellis.Core.Numerics;
using Trellis.Core.Risk;

namespace Trellis.Core.Tests.Risk;

public sealed class ExposureBudgetProperties
{
    private const int Markets = 3;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_says_what_the_definition_says_whatever_is_added_in_whatever_order(bool hedgeMode)
    {
        var random = new DeterministicRandom(hedgeMode ? 7UL : 8UL);
        var (refused, beyond) = (0, 0);
        for (var run = 0; run < 2_000; run++)
        {
            decimal? most = Draw(3) == 0 ? null : 10m + Draw(60);
            decimal? mostTotal = Draw(3) == 0 ? null : 20m + Draw(120);
            var budget = new ExposureBudget(Markets, most, mostTotal, hedgeMode);
            var definition = new Definition(most, mostTotal, hedgeMode);
            for (var step = 0; step < 25; step++)
            {
                var (market, direction, amount) = (Draw(Markets), (Draw(2) * 2) - 1, Draw(20) / 2m);
                switch (Draw(6))
                {
                    case 0:
                        budget.AddPosition(market, direction, amount);
                        definition.Positions[market, Definition.Side(direction)] += amount;
                        break;
                    case 1:
                        budget.AddForeign(market, direction, amount);
                        definition.Foreign[market, Definition.Side(direction)] += amount;
                        break;
                    case 2:
                        budget.AddOrder(market, direction, amount);
                        definition.Orders[market, Definition.Side(direction)] += amount;
                        break;
                    default:
                        var fits = definition.TryAddOrder(market, direction, amount);
                        refused += fits ? 0 : 1;
                        budget.TryAddOrder(market, direction, amount).ShouldBe(fits);
                        break;
                }

                if (Draw(4) == 0)
                {
                    var copy = new ExposureBudget(Markets, most, mostTotal, hedgeMode);
                    copy.AddOrder(0, 1, 1m);
                    copy.TakeOver(budget);
                    budget = copy;
                }

                Enumerable.Range(0, Markets).Select(budget.Of).ShouldBe(Enumerable.Range(0, Markets).Select(definition.Of));
                budget.Total.ShouldBe(definition.Total);
                beyond += budget.IsWithin ? 0 : 1;
            }
        }

        refused.ShouldBeGreaterThan(1_000);
        beyond.ShouldBeGreaterThan(1_000);

        int Draw(int below) => (int)(random.NextUnit() * below);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_all_orders_together_are_within_the_limits_each_of_them_has_room_in_any_order(bool hedgeMode)
    {
        var random = new DeterministicRandom(hedgeMode ? 9UL : 10UL);
        var (within, beyond) = (0, 0);
        for (var run = 0; run < 5_000; run++)
        {
            var limit = 20m + Draw(60);
            var (together, one) = (new ExposureBudget(Markets, limit, 2m * limit, hedgeMode), new ExposureBudget(Markets, limit, 2m * limit, hedgeMode));
            for (var market = 0; market < Markets; market++)
            {
                var (direction, held, foreign) = ((Draw(2) * 2) - 1, Draw(20), Draw(10));
                together.AddPosition(market, direction, held);
                together.AddForeign(market, -direction, foreign);
                one.AddPosition(market, direction, held);
                one.AddForeign(market, -direction, foreign);
            }

            var orders = Enumerable.Range(0, 12).Select(_ => (Market: Draw(Markets), Direction: (Draw(2) * 2) - 1, Notional: (decimal)Draw(16))).ToList();
            orders.ForEach(order => together.AddOrder(order.Market, order.Direction, order.Notional));
            var all = orders.Count(order => one.TryAddOrder(order.Market, order.Direction, order.Notional)) == orders.Count;

            within += together.IsWithin ? 1 : 0;
            beyond += together.IsWithin ? 0 : 1;
            if (together.IsWithin)
            {
                all.ShouldBeTrue();
            }
        }

        within.ShouldBeGreaterThan(300);
        beyond.ShouldBeGreaterThan(300);

        int Draw(int below) => (int)(random.NextUnit() * below);
    }

    /// <summary>The worst case in one formula, worked out anew for every question.</summary>
    private sealed class Definition(decimal? most, decimal? mostTotal, bool hedgeMode)
    {
        public decimal[,] Positions { get; } = new decimal[Markets, 2];

        public decimal[,] Orders { get; } = new decimal[Markets, 2];

        public decimal[,] Foreign { get; } = new decimal[Markets, 2];

        public decimal Total => Enumerable.Range(0, Markets).Sum(Of);

        public static int Side(int direction) => direction > 0 ? 0 : 1;

        public decimal Of(int market) => hedgeMode ? Of(market, 1) : Math.Max(Of(market, 1), Of(market, -1));

        public bool TryAddOrder(int market, int direction, decimal notional)
        {
            var (before, others) = (Of(market, direction), Total - Of(market));
            Orders[market, Side(direction)] += notional;
            var after = Of(market, direction);
            var fits = after <= before || (after <= (most ?? decimal.MaxValue) && others + after <= (mostTotal ?? decimal.MaxValue));
            Orders[market, Side(direction)] -= fits ? 0m : notional;
            return fits;
        }

        private decimal Of(int market, int direction)
        {
            if (hedgeMode)
            {
                return Enumerable.Range(0, 2).Sum(side => Positions[market, side] + Orders[market, side] + Foreign[market, side]);
            }

            var net = (Positions[market, 0] - Positions[market, 1]) * direction;
            return Math.Max(net, 0m) + Math.Max(0m, Orders[market, Side(direction)] + Math.Min(net, 0m)) + Foreign[market, Side(direction)];
        }
    }
}
