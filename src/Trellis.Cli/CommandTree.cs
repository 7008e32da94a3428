using System.CommandLine;
using System.CommandLine.Help;
using Trellis.Cli.Backtest;
using Trellis.Cli.Config;
using Trellis.Cli.Data;
using Trellis.Cli.Live;
using Trellis.Cli.Live.Commands;
using Trellis.Cli.Reports;
using Trellis.Cli.Simulator;

namespace Trellis.Cli;

/// <summary>The one place where commands are hung on the root.</summary>
internal static class CommandTree
{
    private const string Description = """
        Trellis: self-hosted, automated crypto trading.

        Examples:
          trellis run examples/grid-btc.yaml
          trellis backtest examples/dca-btc.yaml
          trellis config check examples/grid-btc.yaml
          trellis exchange-sim --port 8790

        Exit codes:
          0  ok    1  runtime failure    2  usage or configuration    3  data    130  interrupted
        """;

    /// <summary>Builds the whole tree; cheap, since nothing is read or opened before a command runs.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand(Description);
        foreach (var command in Commands())
        {
            root.Subcommands.Add(command);
        }

        // A bare `trellis` is a question, not a mistake: it is answered with the help and exit code 0.
        root.SetAction(result => new HelpAction().Invoke(result));
        return root;
    }

    private static IEnumerable<Command> Commands() =>
    [
        RunCommand.Create(TimeProvider.System),
        StatusCommand.Create(),
        PlanCommand.Create(TimeProvider.System),
        ReplayCommand.Create(TimeProvider.System),
        .. ControlCommands.Create(),
        BacktestCommand.Create(TimeProvider.System),
        ReportCommand.Create(),
        CompareCommand.Create(),
        ConfigCommands.Create(new LadderCheck()),
        DataCommands.Create(),
        SimulatorCommand.Create(TimeProvider.System),
    ];
}
