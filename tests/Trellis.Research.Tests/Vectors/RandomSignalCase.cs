using System.Text.Json.Nodes;

namespace Trellis.Research.Tests.Vectors;

/// <summary>Signal bots on random walks that reach every branch of docs/strategies/signals.md.</summary>
internal sealed class RandomSignalCase(int seed) : RandomCase(seed)
{
    protected override string Strategy => "signal";

    protected override JsonObject Options(int price, bool spot)
    {
        var signal = Signal();
        signal["direction"] = spot ? "long" : Pick("long", "short", "both", "both");
        signal["leverage"] = spot ? "1" : Pick("1", "2", "5", "15");
        signal["sizing"] = Pick("fixed", "percent_of_equity", "risk_per_trade");
        var sizing = signal["sizing"]!.GetValue<string>();
        signal["size"] = sizing switch
        {
            "fixed" => Text(Next(10, 3_000)),
            "percent_of_equity" => Pick("10", "55.5", "97", "100"),
            _ => Pick("0.5", "1", "2.75"),
        };
        var stop = Pick("percent", "atr", sizing == "risk_per_trade" ? "percent" : "none");
        if (stop != "none")
        {
            signal[$"stop_loss_{stop}"] = Pick("0.5", "1", "1.7", "3.333");
        }

        var target = Pick("percent", "atr", "none", stop == "none" ? "percent" : "r");
        if (target != "none")
        {
            signal[$"take_profit_{target}"] = Pick("0.4", "1", "2.25", "5");
        }

        Maybe(30, signal, "timeframe", () => Pick("1m", "3m", "5m", "15m"));
        Maybe(60, signal, "atr_period", () => Pick("1", "3", "7"));
        Maybe(60, signal, "on_opposite", () => Pick("reverse", "close", "ignore"));
        Maybe(25, signal, "max_bars", () => Pick("1", "4", "12"));
        Maybe(25, signal, "cooldown_bars", () => Pick("1", "3", "10"));
        return signal;
    }

    private JsonObject Signal()
    {
        var name = Pick("sma-cross", "sma-cross", "rsi", "breakout");
        var fast = Next(1, 6);
        JsonObject parameters = name switch
        {
            "sma-cross" => new JsonObject { ["fast"] = Text(fast), ["slow"] = Text(fast + Next(1, 10)) },
            "rsi" => new JsonObject { ["period"] = Text(Next(1, 8)), ["oversold"] = Pick("30", "45.5"), ["overbought"] = Pick("55", "70") },
            _ => new JsonObject { ["period"] = Text(Next(1, 12)) },
        };
        return new JsonObject { ["name"] = name, ["parameters"] = parameters };
    }
}
