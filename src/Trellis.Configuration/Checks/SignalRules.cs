using Trellis.Configuration.Shapes;
using Trellis.Core.Markets.Catalogue;
using Trellis.Core.Strategies.Signals;

namespace Trellis.Configuration.Checks;

/// <summary>The settings of a signal bot agree with each other, with its signal and with its market.</summary>
internal sealed class SignalRules(SignalRegistry signals, InstrumentCatalogue catalogue) : IRule
{
    public void Judge(CheckContext context)
    {
        for (var i = 0; i < context.Document.Bots.Count; i++)
        {
            if (context.Document.Bots[i] is not { Signal: { } signal })
            {
                continue;
            }

            var path = $"bots[{i}].signal";
            Parameters(context, path, signal);
            Size(context, path, signal);
            Bracket(context, path, signal);
            Timeframe(context, path, signal);
            MarketRules.Judge(context, catalogue, i, path, signal.Direction != SignalDirection.Long ? CheckContext.Word(signal.Direction) : null, signal.Leverage);
        }
    }

    private void Parameters(CheckContext context, string path, SignalOptions signal)
    {
        if (!context.Sound(path, "name"))
        {
            return;
        }

        if (signals.Find(signal.Name) is not { } definition)
        {
            context.Add($"{path}.name", "is not a signal", $"'{signal.Name}'", string.Join(", ", signals.Names), Nearest.Of(signal.Name, signals.Names));
            return;
        }

        if (!context.Sound(path, "parameters"))
        {
            return;
        }

        var names = definition.Parameters.Select(parameter => parameter.Name).ToList();
        foreach (var problem in definition.Problems(signal.Parameters))
        {
            var known = names.Contains(problem.Parameter, StringComparer.Ordinal);
            var value = known && signal.Parameters.Find(problem.Parameter) is { } number ? DecimalText.Write(number) : null;
            context.Add($"{path}.parameters.{problem.Parameter}", problem.Rule, value, problem.Allowed, known ? null : Nearest.Of(problem.Parameter, names));
        }
    }

    private static void Size(CheckContext context, string path, SignalOptions signal)
    {
        if (context.Sound(path, "size", "sizing") && signal.Sizing != SignalSizing.Fixed && signal.Size > 100)
        {
            context.Add($"{path}.size", $"is above 100, and with {CheckContext.Word(signal.Sizing)} it is a percentage", DecimalText.Write(signal.Size), "above 0 and at most 100");
        }

        if (context.Sound(path, "sizing", "stop_loss_percent", "stop_loss_atr") && signal is { Sizing: SignalSizing.RiskPerTrade, StopLossPercent: null, StopLossAtr: null })
        {
            context.Add($"{path}.sizing", "needs a stop loss, whose distance it measures the risk with", CheckContext.Word(signal.Sizing), "with stop_loss_percent or stop_loss_atr");
        }
    }

    private static void Bracket(CheckContext context, string path, SignalOptions signal)
    {
        if (!context.Sound(path, "stop_loss_percent", "stop_loss_atr", "take_profit_percent", "take_profit_atr", "take_profit_r"))
        {
            return;
        }

        AtMostOne(context, path, ("stop_loss_percent", signal.StopLossPercent), ("stop_loss_atr", signal.StopLossAtr));
        AtMostOne(context, path, ("take_profit_percent", signal.TakeProfitPercent), ("take_profit_atr", signal.TakeProfitAtr), ("take_profit_r", signal.TakeProfitR));
        if (signal is { TakeProfitR: { } multiple, StopLossPercent: null, StopLossAtr: null })
        {
            context.Add($"{path}.take_profit_r", "needs a stop loss, of whose distance it is a multiple", DecimalText.Write(multiple), "with stop_loss_percent or stop_loss_atr");
        }

        if (context.Sound(path, "direction") && signal is { TakeProfitPercent: >= 100m and var percent, Direction: not SignalDirection.Long })
        {
            context.Add($"{path}.take_profit_percent", "is 100 or more, and no short position can win that much", DecimalText.Write(percent), "below 100 unless direction is long");
        }

        if (context.Sound(path, "on_opposite", "max_bars") && signal is { OnOpposite: OppositeSignal.Ignore, MaxBars: null, StopLossPercent: null, StopLossAtr: null, TakeProfitPercent: null, TakeProfitAtr: null })
        {
            context.Add($"{path}.on_opposite", "leaves no way out of a position", CheckContext.Word(signal.OnOpposite), "with a stop loss, a take profit or max_bars");
        }
    }

    private static void AtMostOne(CheckContext context, string path, params ReadOnlySpan<(string Key, decimal? Value)> settings)
    {
        var given = new List<string>();
        var keys = new List<string>();
        foreach (var (key, value) in settings)
        {
            keys.Add(key);
            if (value is not null)
            {
                given.Add(key);
            }
        }

        if (given.Count > 1)
        {
            context.Add(path, $"has {string.Join(" and ", given)}", allowed: $"at most one of {string.Join(", ", keys)}");
        }
    }

    private static void Timeframe(CheckContext context, string path, SignalOptions signal)
    {
        if (!context.Sound(path, "timeframe") || !context.Sound("backtest", "interval") || signal.Timeframe is not { } timeframe || context.Document.Backtest is not { Interval: var interval })
        {
            return;
        }

        if (timeframe.Milliseconds % interval.Milliseconds != 0)
        {
            context.Add($"{path}.timeframe", $"is not a whole multiple of backtest.interval ({interval})", timeframe.ToString(), $"{interval}, or a longer one that it divides");
        }
    }
}
