using Trellis.Core.Markets;

namespace Trellis.Core.Strategies.Grid;

/// <summary>What can be said about a grid before it trades.</summary>
public static class GridCheck
{
    /// <summary>Problems of the first window; empty where the grid can start.</summary>
    /// <param name="options">The grid.</param>
    /// <param name="units">Of its instrument.</param>
    /// <param name="rules">In force at the start.</param>
    /// <param name="wallet">Wallet balance at the start.</param>
    /// <param name="startPrice">Close at the start; null where it is not known yet: then a grid spaced around it is not looked at.</param>
    public static IReadOnlyList<StrategyProblem> Problems(GridOptions options, InstrumentUnits units, InstrumentRules rules, decimal wallet, decimal? startPrice)
    {
        if (options.Grids is null && startPrice is null)
        {
            return [];
        }

        var lines = GridLines.Create(options, units, rules, startPrice ?? 0m);
        if (ProblemOfLines(options, units, rules, lines) is { } problem)
        {
            return [problem];
        }

        var start = startPrice is { } price ? units.FromPrice(price) : 0;
        return Problems(options, units, rules, wallet, lines, new GridLadder(options, units, rules, lines, wallet, start));
    }

    /// <summary>The same for lines and quantities that are there already; the lines must be in order.</summary>
    internal static IReadOnlyList<StrategyProblem> Problems(GridOptions options, InstrumentUnits units, InstrumentRules rules, decimal wallet, GridLines lines, GridLadder ladder)
    {
        var problems = new List<StrategyProblem>();
        if (UnprofitableCell(lines, rules) is { } cell)
        {
            var (low, high) = (units.ToPrice(lines[cell]), units.ToPrice(lines[cell + 1]));
            problems.Add(new StrategyProblem(
                RangeKey(options),
                $"the cell from {low} to {high} earns {high - low} per unit before fees, and fees at {rules.MakerFee * 100:0.####} % take {rules.MakerFee * (low + high):0.############}; {FewerGrids(options, units, rules, candidate => UnprofitableCell(candidate, rules) is null)}"));
        }

        for (var i = 0; i < lines.Cells; i++)
        {
            if (!ladder.MeetsMinimums(i))
            {
                problems.Add(new StrategyProblem("investment", TooSmall(options, units, rules, ladder, lines, i, wallet)));
                break;
            }
        }

        problems.AddRange(Misplaced(options, units, lines));
        if (ladder.Investment > wallet)
        {
            problems.Add(new StrategyProblem("investment", $"{ladder.Investment} is more than the wallet holds ({wallet})"));
        }

        return problems;
    }

    /// <summary>Price levels that lie on the wrong side of the lines; for a bounded grid the configuration has said so already.</summary>
    private static List<StrategyProblem> Misplaced(GridOptions options, InstrumentUnits units, GridLines lines)
    {
        var problems = new List<StrategyProblem>();
        if (options.Grids is not null)
        {
            return problems;
        }

        var (lowest, highest) = (units.ToPrice(lines[0]), units.ToPrice(lines[lines.Cells]));
        var isShort = options.Direction == GridDirection.Short;
        Require("stop_loss", options.StopLoss?.Price, isShort);
        Require("take_profit", options.TakeProfit?.Price, !isShort);
        Require("trailing_up_limit", options.TrailingUpLimit, above: true);
        Require("trailing_down_limit", options.TrailingDownLimit, above: false);
        return problems;

        void Require(string key, decimal? price, bool above)
        {
            if (price is { } given && (above ? given < highest : given > lowest))
            {
                problems.Add(new StrategyProblem(key, above
                    ? $"{given} lies below the highest line {highest}; at least {highest} is allowed"
                    : $"{given} lies above the lowest line {lowest}; at most {lowest} is allowed"));
            }
        }
    }

    /// <summary>Lines that do not exist, or that share a tick.</summary>
    internal static StrategyProblem? ProblemOfLines(GridOptions options, InstrumentUnits units, InstrumentRules rules, GridLines lines)
    {
        if (!lines.Exists(0))
        {
            return options.Lower is { } lower
                ? new StrategyProblem("lower", $"{lower} is below one tick; at least {rules.TickSize} is allowed")
                : new StrategyProblem(RangeKey(options), $"the lowest line would lie below one tick ({rules.TickSize}); use fewer levels or a smaller spacing");
        }

        if (!lines.Exists(lines.Cells))
        {
            return new StrategyProblem(RangeKey(options), "the highest line would lie beyond the largest price; use fewer levels or a smaller spacing");
        }

        return SharedTick(lines) is { } shared
            ? new StrategyProblem(RangeKey(options), $"lines {shared} and {shared + 1} both lie at {units.ToPrice(lines[shared])} with tick size {rules.TickSize}; {FewerGrids(options, units, rules, candidate => SharedTick(candidate) is null)}")
            : null;
    }

    private static string TooSmall(GridOptions options, InstrumentUnits units, InstrumentRules rules, GridLadder ladder, GridLines lines, int cell, decimal wallet)
    {
        var quantity = units.ToQuantity(ladder.Quantity(cell));
        var least = ladder.LeastInvestment();
        var asWritten = options.Sizing == GridSizing.PercentOfBalance
            ? $"{decimal.Ceiling(least / wallet * 10000m) / 100m} (percent of the wallet)"
            : $"{least}";
        return $"{ladder.Investment} leaves {quantity} for the cell from {units.ToPrice(lines[cell])} to {units.ToPrice(lines[cell + 1])}; " +
            $"the exchange asks for lots of {rules.LotSize}, at least {rules.MinQuantity} and a notional of at least {rules.MinNotional}; an investment of {asWritten} would do";
    }

    private static string RangeKey(GridOptions options) => options.Grids is null ? "spacing_percent" : "grids";

    private static int? SharedTick(GridLines lines)
    {
        for (var i = 0; i < lines.Cells; i++)
        {
            if (lines[i] >= lines[i + 1])
            {
                return i;
            }
        }

        return null;
    }

    private static int? UnprofitableCell(GridLines lines, InstrumentRules rules)
    {
        if (rules.MakerFee <= 0)
        {
            return null;
        }

        // high − low > fee × (high + low), with the fee as a ratio of whole numbers.
        var (numerator, denominator) = (rules.MakerFee, 1m);
        while (numerator != decimal.Truncate(numerator))
        {
            (numerator, denominator) = (numerator * 10, denominator * 10);
        }

        var (share, whole) = ((Int128)numerator, (Int128)denominator);
        for (var i = 0; i < lines.Cells; i++)
        {
            var (low, high) = (lines[i], lines[i + 1]);
            if (whole * (high - low) <= share * ((long)high + low))
            {
                return i;
            }
        }

        return null;
    }

    private static string FewerGrids(GridOptions options, InstrumentUnits units, InstrumentRules rules, Func<GridLines, bool> isFine)
    {
        if (options.Grids is not { } grids)
        {
            return "use a larger spacing_percent";
        }

        for (var fewer = grids - 1; fewer > 0; fewer--)
        {
            if (isFine(GridLines.Create(options with { Grids = fewer }, units, rules, 0m)))
            {
                return $"at most {fewer} grids would do";
            }
        }

        return "no number of grids fits between lower and upper; widen the range";
    }
}
