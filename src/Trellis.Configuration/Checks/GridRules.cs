using Trellis.Configuration.Model;
using Trellis.Configuration.Shapes;
using Trellis.Core.Markets;
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
            if (context.Document.Bots[i] is not { Grid: { } grid } bot)
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

            if (context.Sound($"bots[{i}]", "instrument") && context.Sound("instruments") && context.Document.FindInstruments(bot.Instrument) is [var instrument])
            {
                Market(context, path, grid, instrument);
            }
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

    private void Market(CheckContext context, string path, GridOptions grid, InstrumentOptions instrument)
    {
        var spot = instrument.Market == MarketKind.Spot;
        if (spot && context.Sound(path, "direction") && grid.Direction != GridDirection.Long)
        {
            context.Add($"{path}.direction", $"needs a perpetual, and {instrument.Id} is spot", CheckContext.Word(grid.Direction), "long on spot");
        }

        if (!context.Sound(path, "leverage"))
        {
            return;
        }

        if (spot && grid.Leverage != 1)
        {
            context.Add($"{path}.leverage", $"does not go with spot ({instrument.Id})", DecimalText.Write(grid.Leverage), "1 on spot");
            return;
        }

        var own = instrument.LeverageTiers?.Select(tier => tier.MaxLeverage);
        var entry = catalogue.Find(instrument.Id);
        var most = (own ?? entry?.Instrument.LeverageTiers.Select(tier => tier.MaxLeverage) ?? []).DefaultIfEmpty(decimal.MaxValue).Max();
        if (!spot && grid.Leverage > most)
        {
            var source = own is null ? $"the catalogue's of {entry!.LeverageTiersAsOf:yyyy-MM-dd}" : "this document's";
            context.Add($"{path}.leverage", $"is above what the leverage tiers of {instrument.Id} allow ({source})", DecimalText.Write(grid.Leverage), $"at most {DecimalText.Write(most)}");
        }
    }

    private static string Keys((string Key, bool Given)[] keys, bool given) => string.Join(", ", keys.Where(key => key.Given == given).Select(key => key.Key));
}
