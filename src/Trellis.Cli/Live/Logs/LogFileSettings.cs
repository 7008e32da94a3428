using Serilog.Events;
using Trellis.Configuration.Model;

namespace Trellis.Cli.Live.Logs;

/// <summary>Where log files are, what they hold, and how much of them is kept.</summary>
internal sealed record LogFileSettings
{
    /// <summary>Created where it is not there.</summary>
    public required string Folder { get; init; }

    /// <summary>The least that <c>trellis-*.json</c> holds; trades and audit are always whole.</summary>
    public LogEventLevel Level { get; init; } = LogEventLevel.Information;

    /// <summary>A file that has reached this size is closed and the next one begun; above 0.</summary>
    public long FileBytes { get; init; } = 50_000_000;

    /// <summary>Closed files of each kind that are kept; at least 1.</summary>
    public int Keep { get; init; } = 20;

    /// <param name="options">Of the document.</param>
    /// <param name="folder">Where the document names none.</param>
    public static LogFileSettings Of(LogOptions options, string folder) => new()
    {
        Folder = options.Folder ?? folder,
        Level = options.Level switch
        {
            LogLevel.Verbose => LogEventLevel.Verbose,
            LogLevel.Debug => LogEventLevel.Debug,
            LogLevel.Information => LogEventLevel.Information,
            LogLevel.Warning => LogEventLevel.Warning,
            _ => LogEventLevel.Error,
        },
        FileBytes = options.FileMb * 1_000_000L,
        Keep = options.Keep,
    };
}
