using System.Reflection;
using Trellis.Core;

namespace Trellis.Cli.Shell;

/// <summary>The one place where an error becomes words on standard error and an exit code. A stack trace never reaches the screen.</summary>
internal sealed class ErrorReporter(TextWriter error, bool color, CrashLog crashLog)
{
    /// <summary>Reports the exception that ended <paramref name="command"/> and returns the process's exit code.</summary>
    public int Report(Exception exception, string command)
    {
        var cause = Unwrap(exception);
        switch (cause)
        {
            case TrellisException known:
                Error(known.Message);
                return known.ExitCode;
            case OperationCanceledException:
                Line("Interrupted.");
                return ExitCode.Interrupted;
            case IOException or UnauthorizedAccessException:
                Error(FileProblem(cause));
                return ExitCode.RuntimeFailure;
            case OutOfMemoryException:
                Error("The machine has not enough free memory for this run. Try a shorter time range or fewer instruments.");
                return ExitCode.RuntimeFailure;
            default:
                Error(Defect(cause, command));
                return ExitCode.RuntimeFailure;
        }
    }

    /// <summary>Reports a command line that can't be understood.</summary>
    public int ReportUsage(IReadOnlyList<string> lines)
    {
        for (var index = 0; index < lines.Count - 1; index++)
        {
            Error(lines[index]);
        }

        Line(lines[^1]);
        return ExitCode.Usage;
    }

    /// <summary>Prints one plain line.</summary>
    public void Line(string text)
    {
        try
        {
            error.WriteLine(text);
        }
        catch (IOException)
        {
            // Standard error itself is gone or full: the exit code is all that is left to speak.
        }
    }

    private void Error(string message) => Line(color ? $"\e[1;31merror:\e[0m {message}" : $"error: {message}");

    private static Exception Unwrap(Exception exception)
    {
        while (exception is TargetInvocationException or TypeInitializationException or AggregateException { InnerExceptions.Count: 1 }
            && exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception;
    }

    private static string FileProblem(Exception cause) => cause switch
    {
        FileNotFoundException { FileName: { } name } => $"'{name}' does not exist.",
        UnauthorizedAccessException => $"{OneLine(cause.Message)} Check who may read and write there.",
        // The system names the path of a file that it failed on; what has no name is a stream of the process.
        _ when !cause.Message.Contains('\'', StringComparison.Ordinal) => $"The output can't be read or written: {OneLine(cause.Message)}",
        _ => OneLine(cause.Message),
    };

    private string Defect(Exception cause, string command)
    {
        var what = $"{cause.GetType().Name}: {OneLine(cause.Message)}";
        return crashLog.TryWrite(cause, command) is { } path
            ? $"This is a defect in Trellis ({what}). Details for a report are in {path}"
            : $"This is a defect in Trellis ({what}). Its details could not be written to the temporary folder.";
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
