using System.Numerics;
using Trellis.Core.Strategies.Grid;

namespace Trellis.Core.Tests.Strategies.Grid;

public sealed class GridLinesTests
{
    [Fact]
    public void An_arithmetic_line_lies_on_the_tick_nearest_to_its_exact_place_halves_up()
    {
        var random = new Random(31);
        for (var i = 0; i < 2_000; i++)
        {
            var tick = random.Next(1, 40);
            var rules = GridSome.Rules with { TickSize = tick / 10m };
            long lower = random.Next(tick, 100_000), upper = lower + random.Next(1, 100_000);
            var grids = random.Next(1, 300);
            var lines = GridLines.Create(GridSome.Options with { Lower = lower / 10m, Upper = upper / 10m, Grids = grids }, GridSome.Units(rules), rules, 0m);

            for (var j = 0; j <= grids; j++)
            {
                // nearest = floor((lower + (upper − lower) × j ÷ n) ÷ tick + 1/2), in tenths
                var nearest = ((2 * ((lower * grids) + ((upper - lower) * j))) + (tick * grids)) / (2 * tick * grids) * tick;
                lines[j].ShouldBe((int)nearest, $"line {j} of {grids} from {lower} to {upper}, tick {tick}");
            }
        }
    }

    [Fact]
    public void A_geometric_line_is_the_tick_nearest_to_the_exact_root()
    {
        var random = new Random(32);
        var units = GridSome.Units();
        for (var i = 0; i < 200; i++)
        {
            int lower = random.Next(100, 10_000), upper = lower + random.Next(1, 50_000), grids = random.Next(1, 30);
            var lines = GridLines.Create(
                GridSome.Options with { Lower = lower / 10m, Upper = upper / 10m, Grids = grids, Spacing = GridSpacing.Geometric }, units, GridSome.Rules, 0m);

            for (var j = 0; j <= grids; j++)
            {
                // x − 1/2 ≤ lower^(1−j/n) × upper^(j/n) < x + 1/2, all to the n-th power
                var exact = BigInteger.Pow(lower, grids - j) * BigInteger.Pow(upper, j) * BigInteger.Pow(2, grids);
                var line = lines[j];
                (BigInteger.Pow((2 * line) - 1, grids) <= exact && exact < BigInteger.Pow((2 * line) + 1, grids)).ShouldBeTrue($"line {j} of {grids} from {lower} to {upper}: {line}");
            }
        }
    }

    [Fact]
    public void A_quotient_that_never_ends_does_not_pull_a_half_down()
    {
        var rules = GridSome.Rules with { TickSize = 1m };
        var lines = GridLines.Create(GridSome.Options with { Lower = 1m, Upper = 6m, Grids = 6 }, GridSome.Units(rules), rules, 0m);

        // 1 + 5 × 3 ÷ 6 = 3.5
        lines[3].ShouldBe(40);
    }

    [Fact]
    public void A_grid_around_the_start_has_its_levels_on_both_sides()
    {
        var options = new GridOptions { SpacingPercent = 10m, Levels = 2, Investment = 1m };

        GridSome.Window(GridLines.Create(options, GridSome.Units(), GridSome.Rules, 100m)).ShouldBe([800, 900, 1000, 1100, 1200]);
        GridSome.Window(GridLines.Create(options with { Spacing = GridSpacing.Geometric }, GridSome.Units(), GridSome.Rules, 100m)).ShouldBe([826, 909, 1000, 1100, 1210]);
    }

    [Fact]
    public void Lines_go_on_beyond_the_window_as_long_as_there_are_prices()
    {
        var lines = GridLines.Create(GridSome.Options, GridSome.Units(), GridSome.Rules, 0m);

        (lines[-1], lines[5], lines[-9]).ShouldBe((900, 1500, 100));
        lines.Exists(-10).ShouldBeFalse();
        Should.Throw<ConfigurationException>(() => lines[-10]).Message.ShouldContain("line -10");
    }
}
