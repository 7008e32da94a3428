using System.Globalization;
using System.Text.Json.Nodes;

namespace Trellis.Research.Tests.Vectors;

/// <summary>Grids on random walks that reach every branch of docs/strategies/grid.md; equal seeds give equal cases.</summary>
internal sealed class RandomGridCase(int seed)
{
    private const long Start = 1_700_000_040_000;
    private readonly Random random = new(seed);

    public JsonObject Make()
    {
        var spot = Chance(30);
        var tick = Pick("0.1", "0.5", "1", "0.01");
        var price = random.Next(400, 2000);
        var (rows, decimals) = Candles(price, tick);
        var grid = Grid(price, spot);
        var rules = new JsonArray(Rules(0, tick, Pick("0.001", "0.01", "0.005")));
        if (Chance(15))
        {
            rules.Add(Rules(Start + (random.Next(10, 200) * 60_000L), tick, "0.001"));
        }

        return new JsonObject
        {
            ["name"] = $"random {seed}",
            ["instrument"] = new JsonObject
            {
                ["market"] = spot ? "spot" : "perp",
                ["multiplier"] = Chance(80) ? "1" : Pick("0.1", "10"),
                ["fee_currency"] = spot && Chance(80) ? "received" : "quote",
                ["rules"] = rules,
                ["tiers"] = spot ? [] : new JsonArray(Tier("20000", "0.01", "0", "100"), Tier("60000", "0.02", "200", "40"), Tier("999999999", "0.05", "2000", "20")),
            },
            ["account"] = new JsonObject
            {
                ["balance"] = Pick("10000", "12345.67", "6000"),
                ["hedge_mode"] = Flag(!spot && Chance(25)),
                ["optimistic"] = Flag(Chance(25)),
                ["slippage_percent"] = Pick("0", "0", "0.01", "0.25", "0.0333"),
            },
            ["grid"] = grid,
            ["candles"] = new JsonObject { ["start"] = Text(Start), ["interval_ms"] = "60000", ["price_decimals"] = Text(decimals), ["rows"] = rows },
            ["funding"] = spot ? [] : Funding(price),
        };
    }

    private JsonObject Grid(int price, bool spot)
    {
        var direction = spot ? "long" : Pick("long", "short", "neutral");
        var grid = new JsonObject
        {
            ["direction"] = direction,
            ["spacing"] = Pick("arithmetic", "geometric"),
            ["investment"] = Text(random.Next(1500, 6000)),
            ["leverage"] = spot ? "1" : Pick("1", "2", "5", "15"),
            ["on_stop"] = Chance(75) ? "sell" : "keep",
            ["post_only"] = Flag(Chance(70)),
        };
        if (Chance(70))
        {
            var width = price * random.Next(2, 25) / 100m;
            var centre = price * (100 + random.Next(-8, 9)) / 100m;
            (grid["lower"], grid["upper"], grid["grids"]) = (Text(centre - width), Text(centre + width), Text(random.Next(1, 24)));
        }
        else
        {
            (grid["spacing_percent"], grid["levels"]) = (Pick("0.8", "1.5", "2.25", "0.6667"), Text(random.Next(1, 11)));
        }

        grid["sizing"] = Pick("equal_quantity", "equal_quote", "percent_of_balance");
        if (grid["sizing"]!.GetValue<string>() == "percent_of_balance")
        {
            grid["investment"] = Pick("30", "55.5", "100");
        }

        Maybe(25, grid, "initial_purchase", () => direction == "neutral" ? "false" : Pick("true", "false"));
        Maybe(20, grid, "start_price", () => Near(price, 4));
        Maybe(40, grid, "stop_loss", () => Chance(50) ? $"{random.Next(2, 30)}%" : direction == "short" ? Near(price * 1.1m, 6) : Near(price * 0.9m, 6));
        Maybe(30, grid, "take_profit", () => Chance(50) ? $"{random.Next(1, 20)}%" : direction == "short" ? Near(price * 0.9m, 6) : Near(price * 1.1m, 6));
        Maybe(35, grid, "trailing_up", () => "true");
        Maybe(35, grid, "trailing_down", () => "true");
        Maybe(25, grid, "rebalance_threshold", () => Pick("3", "5.5", "12"));
        Maybe(25, grid, "trailing_up_limit", () => Near(price * 1.3m, 5));
        Maybe(25, grid, "trailing_down_limit", () => Near(price * 0.7m, 5));
        return grid;
    }

    private (JsonArray Rows, int Decimals) Candles(int price, string tick)
    {
        var decimals = tick.Contains('.', StringComparison.Ordinal) ? tick.Length - tick.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        decimals = Chance(20) ? decimals + 1 : decimals;
        var scale = (int)Math.Pow(10, decimals);
        var close = price * scale;
        var step = close * random.Next(2, 25) / 1000;
        var drift = random.Next(-3, 4) * step / 40;
        var rows = new JsonArray();
        var count = random.Next(60, 400);
        for (var k = 0; k < count; k++)
        {
            if (k > 0 && k < count - 1 && Chance(3))
            {
                rows.Add(null);
                continue;
            }

            var open = Math.Max(scale, Chance(85) ? close : close + random.Next(-step, step + 1));
            close = Math.Max(scale, open + drift + random.Next(-step, step + 1));
            var high = Math.Max(open, close) + random.Next(0, step + 1);
            var low = Math.Max(1, Math.Min(open, close) - random.Next(0, step + 1));
            rows.Add(new JsonArray(Text((decimal)open / scale), Text((decimal)high / scale), Text((decimal)low / scale), Text((decimal)close / scale)));
        }

        return (rows, decimals);
    }

    private JsonArray Funding(int price)
    {
        var rows = new JsonArray();
        for (var k = 0; k < 400 && Chance(90); k += random.Next(1, 40))
        {
            rows.Add(new JsonArray(Start + (k * 60_000L) + random.Next(0, 60_000), Pick("0.0001", "-0.0003", "0.01", "0.00000123"), Chance(50) ? null : Near(price, 5)));
        }

        return rows;
    }

    private JsonObject Rules(long from, string tick, string lot) => new()
    {
        ["valid_from"] = Text(from),
        ["tick_size"] = tick,
        ["lot_size"] = lot,
        ["min_quantity"] = Pick("0", "0.001", "0.0075"),
        ["min_notional"] = Pick("0", "5", "20"),
        ["maker_fee"] = Pick("0.0002", "0.001", "0", "-0.0001", "0.00017"),
        ["taker_fee"] = Pick("0.0005", "0.001", "0.00045"),
    };

    private static JsonObject Tier(string cap, string rate, string deduction, string leverage) => new()
    {
        ["notional_cap"] = cap,
        ["maintenance_rate"] = rate,
        ["deduction"] = deduction,
        ["max_leverage"] = leverage,
    };

    private void Maybe(int percent, JsonObject grid, string key, Func<string> value)
    {
        if (Chance(percent))
        {
            grid[key] = value();
        }
    }

    private string Near(decimal price, int percent) => Text(decimal.Round(price * (1000 + random.Next(-10 * percent, (10 * percent) + 1)) / 1000m, 3));

    private bool Chance(int percent) => random.Next(100) < percent;

    private string Pick(params string[] values) => values[random.Next(values.Length)];

    private static string Flag(bool value) => value ? "true" : "false";

    private static string Text(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}
