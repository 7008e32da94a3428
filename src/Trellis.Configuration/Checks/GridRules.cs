using Trellis.Configuration.Shapes;
using Trellis.Core.Markets.Catalogue;
using Trellis.Core.Strategies.Grid;

namespace Trellis.Configuration.Checks;

/// <summary>The settings of a grid agree with each other and with its market.</summary>
internal sealed class GridRules(InstrumentCatalogue catalogue) : IRule
{
    public void Judge(CheckContext context)
    {
        for (var i = 0; i < context.Document.Bots.Count; i++)
        {
            if (context.Document.Bots[i] is not { Grid: { } grid })
            {
                continue;
            }

            var path = $"bots[{i}].grid";
            Window(context, path, grid);
            GridLimitRules.Judge(context, path, grid);
            if (grid.Sizing == GridSizing.PercentOfBalance && context.Sound(path, "sizing", "investment") && grid.Investment > 100)
            {
                context.Add($"{path}.investment", "is above 100, and with percent_of_balance it is a percentage of the wallet", DecimalText.Write(grid.Investment), "above 0 and at most 100");
            }

            if (context.Sound(path, "direction", "initial_purchase") && grid is { Direction: GridDirection.Neutral, InitialPurchase: true })
            {
                context.Add($"{path}.initial_purchase", "does not go with direction neutral, which holds nothing until its first fill", "true", "false, or left out");
            }

            MarketRules.Judge(context, catalogue, i, path, grid.Direction != GridDirection.Long ? CheckContext.Word(grid.Direction) : null, grid.Leverage);
        }
    }

    private static void Window(CheckContext context, string path, GridOptions grid)
    {
        if (!context.Sound(path, "lower", "upper", "grids", "spacing_percent", "levels"))
        {
            return;
        }

        (string Key, bool Given)[] bounded = [("lower", grid.Lower is not null), ("upper", grid.Upper is not null), ("grids", grid.Grids is not null)];
        (string Key, bool Given)[] around = [("spacing_percent", grid.SpacingPercent is not null), ("levels", grid.Levels is not null)];
        const string allowed = "either lower, upper and grids, or spacing_percent and levels";
        if (bounded.Any(key => key.Given) && around.Any(key => key.Given))
        {
            context.Add(path, $"has both kinds of window: {Keys(bounded, given: true)} and {Keys(around, given: true)}", allowed: allowed);
            return;
        }

        var chosen = around.Any(key => key.Given) ? around : bounded;
        if (!chosen.Any(key => key.Given))
        {
            context.Add(path, "has no window", allowed: allowed);
        }
        else if (!chosen.All(key => key.Given))
        {
            context.Add(path, $"has {Keys(chosen, given: true)} without {Keys(chosen, given: false)}", allowed: allowed);
        }

        if (grid is { Lower: { } lower, Upper: { } upper } && lower >= upper)
        {
            context.Add($"{path}.lower", $"is not below upper ({DecimalText.Write(upper)})", DecimalText.Write(lower), "lower below upper");
        }
    }

    private static string Keys((string Key, bool Given)[] keys, bool given) => string.Join(", ", keys.Where(key => key.Given == given).Select(key => key.Key));
}
