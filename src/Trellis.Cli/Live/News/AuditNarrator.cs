using Serilog.Events;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Cli.Live.News;

/// <summary>Who had what done, and what changed whether the process may trade.</summary>
internal sealed class AuditNarrator(LiveFacts facts)
{
    private readonly CommandNarrator commands = new(facts);
    private readonly Narrator narrator = new(facts);

    /// <summary>Whether there is anything to tell; quick, for the trading thread.</summary>
    public static bool Concerns(Step step) => step switch
    {
        { Notice: { } notice } => notice.Level == AlertLevel.Critical,
        { Input: BotCommand or KillSwitched or OrderAdopted or Started or Stopping or RulesChanged } => true,
        _ => step.Effects.Any(IsOfAccount),
    };

    public IEnumerable<Happening> Tell(Step step)
    {
        if (step.Notice is { } notice)
        {
            yield return narrator.Tell(notice);
            yield break;
        }

        var input = step.Input!;
        if (commands.Tell(input, step.Sequence) is { } command)
        {
            yield return command;
        }

        foreach (var happening in narrator.Tell(step with { Effects = [.. step.Effects.Where(IsOfAccount)] }).Where(happening => happening.Event is "alert" or "bot" && happening.Level >= LogEventLevel.Information))
        {
            yield return happening;
        }
    }

    private static bool IsOfAccount(TradingEffect effect) =>
        effect is BotStateChanged or Alert { Level: AlertLevel.Critical } or Alert { Code: "kill-switch-released" or "order-adopted" or "adopt-refused" or "command-without-effect" or "balance-correction" };
}
