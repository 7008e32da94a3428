using Serilog.Events;

namespace Trellis.Cli.Live.News;

/// <summary>Something that people may want to read: a sentence for lines, fields for logs.</summary>
/// <param name="Time">Unix milliseconds.</param>
/// <param name="Level">From <see cref="LogEventLevel.Information"/> on it is worth a line.</param>
/// <param name="Event">Stable, lower case with hyphens; docs/logs.md has all.</param>
/// <param name="Text">One line, clean.</param>
/// <param name="Fields">In the order in which they are written.</param>
internal sealed record Happening(long Time, LogEventLevel Level, string Event, string Text, Fields Fields);
