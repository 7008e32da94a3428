using System.Text.Json.Nodes;

namespace Trellis.Research.Tests.Vectors;

/// <summary>DCA bots on random walks that reach every branch of docs/strategies/dca.md.</summary>
internal sealed class RandomDcaCase(int seed) : RandomCase(seed)
{
    protected override string Strategy => "dca";

    protected override JsonObject Options(int price, bool spot)
    {
        var direction = spot ? "long" : Pick("long", "short");
        var orders = Next(0, 9);
        var deviation = Next(4, 40) / 10m;
        var fromEntry = Chance(30);
        var takeProfit = Next(2, 60) / 10m;
        var percent = Chance(30);
        var limit = Chance(35);
        var dca = new JsonObject
        {
            ["direction"] = direction,
            ["sizing"] = percent ? "percent_of_balance" : "fixed",
            ["base_order_size"] = percent ? Text(Next(20, 90) / 10m) : Text(Next(200, 900)),
            ["base_order"] = limit ? "limit" : "market",
            ["safety_order_size"] = percent ? Text(Next(20, 60) / 10m) : Text(Next(200, 600)),
            ["max_safety_orders"] = Text(orders),
            ["deviation_percent"] = Text(deviation),
            ["deviation_mode"] = fromEntry ? "from_entry" : "cumulative",
            ["step_scale"] = fromEntry ? Pick("1.1", "1.25", "1.6") : Pick("0.8", "1", "1.2", "1.33"),
            ["volume_scale"] = Pick("0.9", "1", "1.15", "1.4"),
            ["take_profit_percent"] = Text(takeProfit),
            ["include_fees"] = Flag(Chance(60)),
            ["leverage"] = spot ? "1" : Pick("1", "2", "5", "15"),
            ["post_only"] = Flag(Chance(30)),
        };
        Maybe(limit ? 60 : 0, dca, "base_order_offset_percent", () => Pick("0.1", "0.5", "1.25"));
        Maybe(limit ? 50 : 0, dca, "base_order_timeout_seconds", () => Text(Next(1, 1200)));
        Maybe(50, dca, "max_active_safety_orders", () => Text(Next(1, 4)));
        Maybe(30, dca, "trailing_percent", () => Text(takeProfit / Next(2, 7)));
        Maybe(60, dca, "stop_loss", () => StopLoss(price, direction));
        if (dca["stop_loss"] is { } stop && stop.GetValue<string>().EndsWith('%'))
        {
            dca["stop_loss_from"] = Pick("base", "average");
        }

        Maybe(15, dca, "after_stop_loss", () => "stop");
        Maybe(40, dca, "cooldown_seconds", () => Text(Next(1, 900)));
        Maybe(12, dca, "max_deals", () => Text(Next(1, 6)));
        Maybe(15, dca, "start_price", () => Near(price, 4));
        return dca;
    }

    private string StopLoss(int price, string direction) =>
        Chance(60) ? $"{Next(2, 35)}%" : direction == "short" ? Near(price * 1.2m, 15) : Near(price * 0.8m, 15);
}
