using Trellis.Core.Markets;
using Trellis.Core.Strategies.Grid;

namespace Trellis.Core.Tests.Strategies.Grid;

public sealed class GridLadderTests
{
    [Theory]
    [InlineData(GridSizing.EqualQuantity)]
    [InlineData(GridSizing.EqualQuote)]
    [InlineData(GridSizing.PercentOfBalance)]
    public void A_quantity_is_the_largest_multiple_of_the_lot_that_the_investment_pays_with_its_fees(GridSizing sizing)
    {
        var random = new Random(41);
        for (var i = 0; i < 500; i++)
        {
            var rules = GridSome.Rules with { LotSize = random.Next(1, 20) / 1000m, TakerFee = random.Next(-5, 20) / 10_000m };
            var options = GridSome.Options with { Sizing = sizing, Investment = random.Next(10, 90), Leverage = random.Next(1, 20), Direction = (GridDirection)random.Next(3) };
            var units = GridSome.Units(rules);
            var lines = GridLines.Create(options, units, rules, 0m);
            var close = random.Next(900, 1500);
            var ladder = new GridLadder(options, units, rules, lines, 5000m, close);
            var own = sizing == GridSizing.PercentOfBalance ? options.Investment * 50m : options.Investment;
            var share = 1m + (options.Leverage * Math.Max(rules.MakerFee, rules.TakerFee));

            for (var cell = 0; cell < 4; cell++)
            {
                var each = sizing == GridSizing.EqualQuote ? 4m * Price(cell) : Enumerable.Range(0, 4).Sum(Price);
                var quantity = units.ToQuantity(ladder.Quantity(cell));
                (quantity % rules.LotSize).ShouldBe(0m);
                (quantity * each * share).ShouldBeLessThanOrEqualTo(own * options.Leverage);
                ((quantity + rules.LotSize) * each * share).ShouldBeGreaterThan(own * options.Leverage);
            }

            decimal Price(int cell)
            {
                var isShort = options.Direction == GridDirection.Short;
                var line = lines[isShort ? cell + 1 : cell];
                return units.ToPrice(isShort && sizing != GridSizing.EqualQuote ? Math.Max(line, close) : line);
            }
        }
    }

    [Fact]
    public void The_least_investment_does_and_a_little_less_does_not()
    {
        foreach (var sizing in new[] { GridSizing.EqualQuantity, GridSizing.EqualQuote })
        {
            foreach (var fees in new[] { FeeCurrency.Quote, FeeCurrency.Received })
            {
                var units = GridSome.Units(fees: fees);
                var options = GridSome.Options with { Sizing = sizing, Investment = 1m };
                var lines = GridLines.Create(options, units, GridSome.Rules, 0m);
                var least = new GridLadder(options, units, GridSome.Rules, lines, 5000m, 0).LeastInvestment();

                AllMeet(least).ShouldBeTrue();
                AllMeet(least - 0.02m).ShouldBeFalse();

                bool AllMeet(decimal investment)
                {
                    var ladder = new GridLadder(options with { Investment = investment }, units, GridSome.Rules, lines, 5000m, 0);
                    return Enumerable.Range(0, 4).All(ladder.MeetsMinimums);
                }
            }
        }
    }
}
