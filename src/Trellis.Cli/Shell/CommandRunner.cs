using System.CommandLine;
using System.CommandLine.Invocation;

namespace Trellis.Cli.Shell;

/// <summary>Parses a command line, runs the command and turns whatever happens into an exit code.</summary>
internal sealed class CommandRunner(TextWriter output, TextWriter error, ErrorReporter reporter, Interruption? interruption)
{
    /// <summary>The runner of the real process: its streams, its signals, its temporary folder.</summary>
    public static CommandRunner ForProcess()
    {
        var color = Terminal.ColorsErrors(Console.IsErrorRedirected, OperatingSystem.IsWindows(), Environment.GetEnvironmentVariable);
        var reporter = new ErrorReporter(Console.Error, color, new CrashLog(Path.GetTempPath(), TimeProvider.System));
        // An exception on a thread of its own passes no catch below; it must not print its stack either.
        AppDomain.CurrentDomain.UnhandledException += (_, crash) =>
            Environment.Exit(reporter.Report((Exception)crash.ExceptionObject, "background work"));
        var interruption = new Interruption(TimeProvider.System, exitCode =>
        {
            reporter.Line(exitCode == ExitCode.Interrupted ? "Interrupted." : "Terminated.");
            Environment.Exit(exitCode);
        });
        return new CommandRunner(Console.Out, Console.Error, reporter, interruption);
    }

    /// <summary>Runs one command line to its end and returns the exit code; throws nothing.</summary>
    public async Task<int> RunAsync(RootCommand root, IReadOnlyList<string> args)
    {
        // A leading @ is part of a file's name here, not a file of further arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            return reporter.ReportUsage(UsageErrors.Describe(parsed));
        }

        if (interruption is not null)
        {
            interruption.EndsAtOnce = parsed.Action is SynchronousCommandLineAction;
            interruption.Grace = parsed.CommandResult.Command is PatientCommand ? PatientCommand.Grace : interruption.Grace;
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = output,
                Error = error,
            };
            return await parsed.InvokeAsync(configuration, interruption?.Token ?? CancellationToken.None);
        }
        catch (Exception exception)
        {
            var exitCode = reporter.Report(exception, parsed.CommandResult.Command.Name);
            return exception is OperationCanceledException ? interruption?.ExitCodeOfSignal ?? exitCode : exitCode;
        }
    }
}
