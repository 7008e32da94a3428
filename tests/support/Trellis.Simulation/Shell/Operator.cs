using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Simulation.Faults;

namespace Trellis.Simulation.Shell;

/// <summary>The person in front of the screen: gives commands at odd times, and looks after what has stopped.</summary>
internal sealed class Operator(LiveShell shell, TradingSettings settings, FaultDice dice)
{
    public static IReadOnlyList<(FaultKind Kind, BotCommandKind Command)> Commands { get; } =
    [
        (FaultKind.Pause, BotCommandKind.Pause), (FaultKind.Resume, BotCommandKind.Resume), (FaultKind.Stop, BotCommandKind.Stop), (FaultKind.Start, BotCommandKind.Start),
    ];

    public void Command(FaultKind kind, BotCommandKind command)
    {
        if (shell.IsUp)
        {
            dice.Note(kind);
            shell.Tell(new BotCommand(0, (int)dice.Pick(kind, settings.Bots.Count), command, dice.Pick(kind, 2) == 0, "operator"));
        }
    }

    public void ThrowKillSwitch()
    {
        if (shell.IsUp)
        {
            dice.Note(FaultKind.KillSwitch);
            shell.Tell(new KillSwitched(0, On: true, dice.Pick(FaultKind.KillSwitch, 2) == 0, "operator"));
        }
    }

    /// <summary>Starts and resumes what stands still, and releases the kill switch.</summary>
    public void LookAfter()
    {
        if (!shell.IsUp)
        {
            return;
        }

        var view = shell.Loop.View();
        if (view.KilledBy.Length > 0)
        {
            shell.Tell(new KillSwitched(0, On: false, ClosePositions: false, "operator"));
        }

        foreach (var bot in view.Bots)
        {
            if (bot.State is BotState.Stopped or BotState.Failed)
            {
                shell.Tell(new BotCommand(0, bot.Bot, BotCommandKind.Start, ClosePosition: false, "operator"));
            }
            else if (bot.State == BotState.Paused)
            {
                shell.Tell(new BotCommand(0, bot.Bot, BotCommandKind.Resume, ClosePosition: false, "operator"));
            }
        }
    }
}
