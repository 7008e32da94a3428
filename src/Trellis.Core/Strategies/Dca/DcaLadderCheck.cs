using Trellis.Core.Markets;

namespace Trellis.Core.Strategies.Dca;

/// <summary>Safety orders that do not exist, do not move away from the base order, or meet on a tick.</summary>
internal static class DcaLadderCheck
{
    /// <summary>What is wrong whatever the price.</summary>
    public static StrategyProblem? ProblemOfOffsets(DcaOptions options, DcaLadder ladder)
    {
        for (var n = 0; n < ladder.Count; n++)
        {
            if (n > 0 && ladder.Offset(n) <= ladder.Offset(n - 1))
            {
                return new StrategyProblem(
                    "step_scale",
                    $"safety orders {n - 1} and {n} lie {Percent(ladder.Offset(n - 1))} and {Percent(ladder.Offset(n))} from the base order, and each must lie beyond the one before; " +
                    (options.DeviationMode == DeviationMode.FromEntry ? "with deviation_mode from_entry a step_scale above 1 would do" : $"at most {n} safety orders would do, or a larger step_scale"));
            }

            if (options.Direction == DcaDirection.Long && ladder.Offset(n) >= 1m)
            {
                return new StrategyProblem(
                    "max_safety_orders",
                    $"safety order {n} would lie {Percent(ladder.Offset(n))} below the base order, at or below zero; {Fewer(n)}");
            }
        }

        return null;
    }

    /// <summary>What is wrong at a price of the base order.</summary>
    public static StrategyProblem? ProblemOfPrices(DcaOptions options, DcaLadder ladder, InstrumentUnits units, InstrumentRules rules, decimal startPrice)
    {
        var terms = new DcaTerms(units, rules);
        var direction = options.Direction == DcaDirection.Short ? -1 : 1;
        var start = units.FromPrice(startPrice);
        for (var (n, before) = (0, start); n < ladder.Count; n++)
        {
            var price = ladder.Price(n, start, terms);
            if (price == 0)
            {
                var where = direction > 0 ? $"below one tick ({rules.TickSize})" : "beyond the largest price";
                return new StrategyProblem("max_safety_orders", $"safety order {n} would lie {where}; {Fewer(n)}");
            }

            if (direction * ((long)before - price) <= 0)
            {
                var first = n == 0 ? "the base order and safety order 0" : $"safety orders {n - 1} and {n}";
                return new StrategyProblem(
                    "deviation_percent",
                    $"{first} both lie at {units.ToPrice(price)} with tick size {rules.TickSize}; a deviation_percent of {LeastDeviation(options, rules, startPrice)} would keep them apart");
            }

            before = price;
        }

        return null;
    }

    /// <summary>A stop in percent of the base order's price lies beyond the last safety order, whatever the price.</summary>
    public static StrategyProblem? ProblemOfStopShare(DcaOptions options, DcaLadder ladder)
    {
        if (options.StopLoss?.Percent is not { } percent || options.StopLossFrom != StopLossFrom.Base)
        {
            return null;
        }

        for (var n = 0; n < ladder.Count; n++)
        {
            if (percent / 100m <= ladder.Offset(n))
            {
                return new StrategyProblem(
                    "stop_loss",
                    $"{percent}% from the base order is reached before safety order {n} ({Percent(ladder.Offset(n))} from it), which would never fill; " +
                    $"more than {Percent(ladder.Offset(ladder.Count - 1))} would do, or {AtMost(n)}");
            }
        }

        return null;
    }

    public static string AtMost(int safetyOrders) => safetyOrders == 1 ? "at most 1 safety order" : $"at most {safetyOrders} safety orders";

    private static string Fewer(int n) => $"{AtMost(n)} would do, or a smaller deviation_percent or step_scale";

    /// <summary>The smallest distance between two neighbours is at least a tick from this deviation on.</summary>
    private static decimal LeastDeviation(DcaOptions options, InstrumentRules rules, decimal startPrice)
    {
        var (least, step) = (1m, 1m);
        for (var n = 1; n < options.MaxSafetyOrders && step < 1_000_000m; n++)
        {
            var next = step * options.StepScale;
            least = Math.Min(least, options.DeviationMode == DeviationMode.Cumulative ? next : next - step);
            step = next;
        }

        return decimal.Ceiling(1_000_000m * rules.TickSize / (startPrice * least)) / 10_000m;
    }

    private static string Percent(decimal share) => $"{share * 100m:0.####} %";
}
