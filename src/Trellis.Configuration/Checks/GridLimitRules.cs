using Trellis.Configuration.Shapes;
using Trellis.Core.Options;
using Trellis.Core.Strategies.Grid;

namespace Trellis.Configuration.Checks;

/// <summary>Stops, take profits and trailing limits of a grid lie on their own side of every line it can have.</summary>
internal static class GridLimitRules
{
    public static void Judge(CheckContext context, string path, GridOptions grid)
    {
        if (!context.Sound(path, "lower", "upper", "trailing_up", "trailing_up_limit", "trailing_down", "trailing_down_limit", "rebalance_threshold"))
        {
            return;
        }

        var recentres = grid.RebalanceThreshold is not null;
        var highest = Limit(context, $"{path}.trailing_up_limit", grid.TrailingUpLimit, grid.TrailingUp || recentres, "trailing_up", grid.Upper, "upper", up: true);
        var lowest = Limit(context, $"{path}.trailing_down_limit", grid.TrailingDownLimit, grid.TrailingDown || recentres, "trailing_down", grid.Lower, "lower", up: false);
        if (context.Sound(path, "direction", "stop_loss"))
        {
            Exit(context, $"{path}.stop_loss", grid.StopLoss, grid.Direction, up: grid.Direction == GridDirection.Short, lowest, highest);
        }

        if (context.Sound(path, "direction", "take_profit"))
        {
            Exit(context, $"{path}.take_profit", grid.TakeProfit, grid.Direction, up: grid.Direction == GridDirection.Long, lowest, highest);
        }
    }

    /// <summary>Judges a trailing limit; gives the furthest line on its side, where that is known.</summary>
    private static decimal? Limit(CheckContext context, string path, decimal? limit, bool moves, string key, decimal? edge, string edgeKey, bool up)
    {
        if (limit is not { } price)
        {
            return edge;
        }

        if (!moves)
        {
            context.Add(path, $"needs {key}: true or a rebalance_threshold, else the window never moves", DecimalText.Write(price), $"with {key} or rebalance_threshold only");
            return edge;
        }

        if (up ? price <= edge : price >= edge)
        {
            var side = up ? "above" : "below";
            context.Add(path, $"is not {side} {edgeKey} ({DecimalText.Write(edge!.Value)})", DecimalText.Write(price), $"a price {side} {edgeKey}");
            return edge;
        }

        return price;
    }

    private static void Exit(CheckContext context, string path, PriceOrPercent? exit, GridDirection direction, bool up, decimal? lowest, decimal? highest)
    {
        if (exit is not { Price: { } price })
        {
            return;
        }

        var word = CheckContext.Word(direction);
        if (direction == GridDirection.Neutral)
        {
            context.Add(path, "is a price, and a neutral grid can lose or win on either side of it", DecimalText.Write(price), "a percentage of the investment, such as \"10%\"");
        }
        else if (up && price <= highest)
        {
            context.Add(path, $"is not above the highest line that this {word} grid can have ({DecimalText.Write(highest.Value)})", DecimalText.Write(price), $"a price above {DecimalText.Write(highest.Value)}, or a percentage");
        }
        else if (!up && price >= lowest)
        {
            context.Add(path, $"is not below the lowest line that this {word} grid can have ({DecimalText.Write(lowest.Value)})", DecimalText.Write(price), $"a price below {DecimalText.Write(lowest.Value)}, or a percentage");
        }
    }
}
