using System.Globalization;
using System.Text.Json.Nodes;

namespace Trellis.Research.Tests.Vectors;

/// <summary>A bot on a random walk, in the form of docs/vectors/README.md; equal seeds give equal cases.</summary>
internal abstract class RandomCase(int seed)
{
    private const long Start = 1_700_000_040_000;
    private readonly Random random = new(seed);

    /// <summary>Key of the strategy's options.</summary>
    protected abstract string Strategy { get; }

    public JsonObject Make()
    {
        var spot = Chance(30);
        var tick = Pick("0.1", "0.5", "1", "0.01");
        var price = random.Next(400, 2000);
        var (rows, decimals) = Candles(price, tick);
        var options = Options(price, spot);
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
            [Strategy] = options,
            ["candles"] = new JsonObject { ["start"] = Text(Start), ["interval_ms"] = "60000", ["price_decimals"] = Text(decimals), ["rows"] = rows },
            ["funding"] = spot ? [] : Funding(price),
        };
    }

    /// <param name="price">First close of the walk.</param>
    /// <param name="spot">Whether the market is spot.</param>
    protected abstract JsonObject Options(int price, bool spot);

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

    protected void Maybe(int percent, JsonObject options, string key, Func<string> value)
    {
        if (Chance(percent))
        {
            options[key] = value();
        }
    }

    protected string Near(decimal price, int percent) => Text(decimal.Round(price * (1000 + random.Next(-10 * percent, (10 * percent) + 1)) / 1000m, 3));

    /// <summary>At least <paramref name="least"/>, below <paramref name="end"/>.</summary>
    protected int Next(int least, int end) => random.Next(least, end);

    protected bool Chance(int percent) => random.Next(100) < percent;

    protected string Pick(params string[] values) => values[random.Next(values.Length)];

    protected static string Flag(bool value) => value ? "true" : "false";

    protected static string Text(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}
