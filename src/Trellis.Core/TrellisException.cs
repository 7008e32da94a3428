namespace Trellis.Core;

/// <summary>
/// An error that a person can act on: the message names the thing, the value, what is allowed and what to do.
/// The command line prints the message alone, never a stack trace.
/// </summary>
public abstract class TrellisException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The exit code of a command that ends with this error: 1 runtime failure, 2 usage or configuration, 3 data.</summary>
    public abstract int ExitCode { get; }
}

/// <summary>A configuration document or a command line that can't be used as it stands.</summary>
public sealed class ConfigurationException(string message, Exception? inner = null) : TrellisException(message, inner)
{
    private const int Shown = 100;

    /// <summary>Every problem of a document at once; the message holds one a line, the first hundred in full.</summary>
    public ConfigurationException(IReadOnlyList<ConfigurationProblem> problems)
        : this(Describe(problems)) => Problems = problems;

    /// <summary>What is wrong with a document; empty where the error is not about a document.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems { get; } = [];

    public override int ExitCode => 2;

    private static string Describe(IReadOnlyList<ConfigurationProblem> problems)
    {
        var lines = problems.Take(Shown).Select(problem => problem.ToString()).ToList();
        if (problems.Count > Shown)
        {
            lines.Add($"and {problems.Count - Shown} more problems; correct these first");
        }

        return string.Join('\n', lines);
    }
}

/// <summary>Market data that is missing, damaged or contradicts itself.</summary>
public sealed class DataException(string message, Exception? inner = null) : TrellisException(message, inner)
{
    public override int ExitCode => 3;
}

/// <summary>A run that had to stop although its input was in order.</summary>
public sealed class RunException(string message, Exception? inner = null) : TrellisException(message, inner)
{
    public override int ExitCode => 1;
}
