using System.Text.Json.Nodes;

namespace Trellis.Research.Tests.Vectors;

/// <summary>Grids on random walks that reach every branch of docs/strategies/grid.md.</summary>
internal sealed class RandomGridCase(int seed) : RandomCase(seed)
{
    protected override string Strategy => "grid";

    protected override JsonObject Options(int price, bool spot)
    {
        var direction = spot ? "long" : Pick("long", "short", "neutral");
        var grid = new JsonObject
        {
            ["direction"] = direction,
            ["spacing"] = Pick("arithmetic", "geometric"),
            ["investment"] = Text(Next(1500, 6000)),
            ["leverage"] = spot ? "1" : Pick("1", "2", "5", "15"),
            ["on_stop"] = Chance(75) ? "sell" : "keep",
            ["post_only"] = Flag(Chance(70)),
        };
        if (Chance(70))
        {
            var width = price * Next(2, 25) / 100m;
            var centre = price * (100 + Next(-8, 9)) / 100m;
            (grid["lower"], grid["upper"], grid["grids"]) = (Text(centre - width), Text(centre + width), Text(Next(1, 24)));
        }
        else
        {
            (grid["spacing_percent"], grid["levels"]) = (Pick("0.8", "1.5", "2.25", "0.6667"), Text(Next(1, 11)));
        }

        grid["sizing"] = Pick("equal_quantity", "equal_quote", "percent_of_balance");
        if (grid["sizing"]!.GetValue<string>() == "percent_of_balance")
        {
            grid["investment"] = Pick("30", "55.5", "100");
        }

        Maybe(25, grid, "initial_purchase", () => direction == "neutral" ? "false" : Pick("true", "false"));
        Maybe(20, grid, "start_price", () => Near(price, 4));
        Maybe(40, grid, "stop_loss", () => Chance(50) ? $"{Next(2, 30)}%" : direction == "short" ? Near(price * 1.1m, 6) : Near(price * 0.9m, 6));
        Maybe(30, grid, "take_profit", () => Chance(50) ? $"{Next(1, 20)}%" : direction == "short" ? Near(price * 0.9m, 6) : Near(price * 1.1m, 6));
        Maybe(35, grid, "trailing_up", () => "true");
        Maybe(35, grid, "trailing_down", () => "true");
        Maybe(25, grid, "rebalance_threshold", () => Pick("3", "5.5", "12"));
        Maybe(25, grid, "trailing_up_limit", () => Near(price * 1.3m, 5));
        Maybe(25, grid, "trailing_down_limit", () => Near(price * 0.7m, 5));
        return grid;
    }
}
