using Trellis.Core.Strategies.Grid;

namespace Trellis.Core.Tests.Strategies.Grid;

public sealed class GridStrategyTests
{
    [Fact]
    public void Asking_at_every_close_changes_nothing_against_asking_only_on_wakes_and_fills()
    {
        var (asked, cases) = (0, 0);
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var options = RandomOptions(random);
            var (eager, lazy) = (DeskOf(options), DeskOf(options));
            if (GridCheck.Problems(options, GridSome.Units(), GridSome.Rules, 10_000m, 119m).Count > 0)
            {
                continue;
            }

            cases++;
            var close = 1190;
            for (var k = 0; k < 300; k++)
            {
                close = Math.Clamp(close + random.Next(-25, 26), 300, 4000);
                eager.Close(close, ask: true);
                asked += lazy.Close(close, ask: k == 0) ? 1 : 0;

                lazy.Plan().ShouldBe(eager.Plan(), $"seed {seed}, close {k}");
                (lazy.Report.State, lazy.Report.Pairs, lazy.Report.Matched).ShouldBe((eager.Report.State, eager.Report.Pairs, eager.Report.Matched), $"seed {seed}, close {k}");
            }
        }

        cases.ShouldBeGreaterThan(200);
        asked.ShouldBeLessThan(cases * 300 * 3 / 4);
    }

    [Fact]
    public void The_start_plans_one_purchase_and_the_entries_below()
    {
        var desk = DeskOf(GridSome.Options);
        desk.Close(1190, ask: true);

        desk.Plan().ShouldBe([
            "r0-c0-entry#1 Buy Limit 1000 × 2172 PostOnly",
            "r0-c1-entry#1 Buy Limit 1100 × 2172 PostOnly",
            "purchase#1 Buy Market 0 × 4344 None",
        ]);
    }

    [Fact]
    public void Fills_behind_a_stop_in_the_same_candle_leave_no_orders_of_their_cells()
    {
        var desk = DeskOf(GridSome.Options with { Direction = GridDirection.Neutral, StopLoss = Options.PriceOrPercent.AtPrice(95m) });
        desk.Close(1190, ask: true);

        desk.Fill("r0-c1-entry", 1100);
        desk.Fill("stop-loss", 950);
        desk.Fill("r0-c2-entry", 1300);
        desk.Close(1200, ask: true);

        desk.Plan().ShouldHaveSingleItem().ShouldStartWith("close-short#1 Buy Market");
    }

    private static Desk DeskOf(GridOptions options) => new(new GridStrategy(options, hedgeMode: false), GridSome.Units(), GridSome.Rules);

    private static GridOptions RandomOptions(Random random) => GridSome.Options with
    {
        Direction = (GridDirection)random.Next(3),
        Spacing = (GridSpacing)random.Next(2),
        Sizing = (GridSizing)random.Next(2),
        Grids = random.Next(1, 12),
        PostOnly = random.Next(3) > 0,
        InitialPurchase = random.Next(4) == 0 ? false : null,
        StartPrice = random.Next(4) == 0 ? random.Next(100, 140) : null,
        StopLoss = random.Next(3) switch { 0 => Options.PriceOrPercent.OfInvestment(random.Next(5, 40)), 1 => Options.PriceOrPercent.AtPrice(random.Next(60, 180)), _ => null },
        TakeProfit = random.Next(3) == 0 ? Options.PriceOrPercent.OfInvestment(random.Next(5, 40)) : null,
        OnStop = (InventoryOnStop)random.Next(2),
        TrailingUp = random.Next(2) == 0,
        TrailingDown = random.Next(2) == 0,
        TrailingUpLimit = random.Next(3) == 0 ? 190m : null,
        RebalanceThreshold = random.Next(3) == 0 ? random.Next(2, 20) : null,
    };
}
