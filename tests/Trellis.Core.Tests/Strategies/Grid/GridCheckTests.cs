using System.Globalization;
using System.Text.RegularExpressions;
using Trellis.Core.Markets;
using Trellis.Core.Options;
using Trellis.Core.Strategies;
using Trellis.Core.Strategies.Grid;

namespace Trellis.Core.Tests.Strategies.Grid;

public sealed class GridCheckTests
{
    [Fact]
    public void A_sound_grid_has_no_problems() => Problems(GridSome.Options).ShouldBeEmpty();

    [Fact]
    public void Two_lines_on_one_tick_say_how_many_grids_would_do()
    {
        var options = GridSome.Options with { Upper = 101m, Grids = 30 };
        var rules = GridSome.Rules with { MakerFee = 0m };
        var problem = Problems(options, rules).ShouldHaveSingleItem();

        problem.Key.ShouldBe("grids");
        problem.Message.ShouldContain("both lie at");
        var most = (int)Suggested(problem, "at most ([0-9]+) grids");
        Problems(options with { Grids = most }, rules).ShouldBeEmpty();
    }

    [Fact]
    public void A_cell_that_fees_eat_says_how_many_grids_would_do()
    {
        var options = GridSome.Options with { Lower = 1000m, Upper = 1010m, Grids = 40, Investment = 9000m };
        var problem = Problems(options).ShouldHaveSingleItem();

        problem.Message.ShouldStartWith("the cell from 1000 to 1000.3 earns 0.3 per unit before fees, and fees at 0.02 % take 0.40006;");
        var most = (int)Suggested(problem, "at most ([0-9]+) grids");
        Problems(options with { Grids = most }).ShouldBeEmpty();
        Problems(options with { Grids = most + 1 }).ShouldNotBeEmpty();
    }

    [Fact]
    public void An_investment_that_is_too_small_says_which_would_do()
    {
        var options = GridSome.Options with { Investment = 3m };
        var problem = Problems(options).ShouldHaveSingleItem();

        problem.Key.ShouldBe("investment");
        var least = Suggested(problem, "an investment of ([0-9.]+) would do");
        Problems(options with { Investment = least }).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("stop_loss", 118, 0, 0)]
    [InlineData("take_profit", 0, 120, 0)]
    [InlineData("trailing_up_limit", 0, 0, 120)]
    public void A_level_on_the_wrong_side_of_lines_around_the_start_price_is_named(string key, int stopLoss, int takeProfit, int limit)
    {
        var options = GridSome.Options with
        {
            Lower = null,
            Upper = null,
            Grids = null,
            SpacingPercent = 1m,
            Levels = 5,
            Investment = 9000m,
            StopLoss = stopLoss > 0 ? PriceOrPercent.AtPrice(stopLoss) : null,
            TakeProfit = takeProfit > 0 ? PriceOrPercent.AtPrice(takeProfit) : null,
            TrailingUp = true,
            TrailingUpLimit = limit > 0 ? limit : null,
        };

        Problems(options).ShouldContain(problem => problem.Key == key);
    }

    [Fact]
    public void A_percentage_that_is_too_small_says_which_percentage_would_do()
    {
        var options = GridSome.Options with { Investment = 0.01m, Sizing = GridSizing.PercentOfBalance };
        var problem = Problems(options).ShouldHaveSingleItem();

        Problems(options with { Investment = Suggested(problem, "an investment of ([0-9.]+) \\(percent") }).ShouldBeEmpty();
    }

    [Fact]
    public void More_than_the_wallet_holds_is_a_problem() =>
        Problems(GridSome.Options with { Investment = 10_001m }).ShouldHaveSingleItem().Message.ShouldBe("10001 is more than the wallet holds (10000)");

    [Fact]
    public void A_grid_around_the_start_that_falls_below_a_tick_says_so()
    {
        var problem = Problems(new GridOptions { SpacingPercent = 20m, Levels = 5, Investment = 100m }).ShouldHaveSingleItem();

        (problem.Key, problem.Message).ShouldBe(("spacing_percent", "the lowest line would lie below one tick (0.1); use fewer levels or a smaller spacing"));
    }

    [Fact]
    public void A_grid_around_a_start_that_is_not_known_is_not_looked_at() =>
        GridCheck.Problems(new GridOptions { SpacingPercent = 20m, Levels = 5, Investment = 100m }, GridSome.Units(), GridSome.Rules, 10_000m, null).ShouldBeEmpty();

    private static decimal Suggested(StrategyProblem problem, string pattern) =>
        decimal.Parse(Regex.Match(problem.Message, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value, CultureInfo.InvariantCulture);

    private static IReadOnlyList<StrategyProblem> Problems(GridOptions options, InstrumentRules? rules = null) =>
        GridCheck.Problems(options, GridSome.Units(rules), rules ?? GridSome.Rules, 10_000m, 119m);
}
