using Trellis.Core.Options;

namespace Trellis.Configuration.Model;

/// <summary>What a log holds: a level and all above it.</summary>
public enum LogLevel
{
    Verbose,
    Debug,
    Information,
    Warning,
    Error,
}

/// <summary>The log files of live trading; every setting has a default.</summary>
[Meaning("The log files of live trading.")]
public sealed record LogOptions
{
    [Meaning("Folder of the log files. Default: ~/.trellis/logs.", Example = "~/.trellis/logs")]
    [Pattern("^[^\\u0000-\\u001F]+$", "a path without control characters")]
    public string? Folder { get; init; }

    [Meaning("The least that is logged: verbose, debug, information, warning or error.", Example = "information")]
    public LogLevel Level { get; init; } = LogLevel.Information;

    [Meaning("Size at which a file is closed and the next one begun, in megabytes.", Example = "50")]
    [Bounds(AtLeast = "1", AtMost = "1000")]
    public int FileMb { get; init; } = 50;

    [Meaning("How many closed files are kept.", Example = "20")]
    [Bounds(AtLeast = "1", AtMost = "1000")]
    public int Keep { get; init; } = 20;
}
