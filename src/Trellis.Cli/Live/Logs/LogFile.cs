using Serilog;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;
using Trellis.Cli.Live.News;

namespace Trellis.Cli.Live.Logs;

/// <summary>A file of JSON lines that rotates. Tells once when it can't be written, and once when it can again; for one thread.</summary>
internal sealed class LogFile(string name, RollingInterval interval, LogFileSettings settings, bool isBare, Action<string> say) : IDisposable
{
    private readonly LineFormatter formatter = new(isBare);
    private Watched? sink;
    private OpenedFile file = new();
    private Logger? logger;
    private bool isBroken;
    private long missing;

    /// <summary>False where the disk did not take it; the file is opened anew for the next one.</summary>
    public bool TryWrite(Happening happening, Fields common)
    {
        logger ??= Open();
        logger.Write(Event(happening, common));
        if (sink!.Failure is not null || !file.IsOpen)
        {
            Close();
            if (!isBroken)
            {
                isBroken = true;
                say($"{Path.Combine(settings.Folder, name)} can't be written: {sink.Failure?.Message ?? "no file can be opened there"}");
            }

            return false;
        }

        if (isBroken)
        {
            isBroken = false;
            say($"{Path.Combine(settings.Folder, name)} is written again{(missing > 0 ? $"; {missing} lines are missing in it" : "")}");
            missing = 0;
        }

        return true;
    }

    /// <summary>A line that is not tried again.</summary>
    public void GiveUp() => missing++;

    /// <summary>The last line has been given; tells what is missing.</summary>
    public void Dispose()
    {
        Close();
        if (missing > 0)
        {
            say($"{Path.Combine(settings.Folder, name)}: {missing} lines could not be written");
        }
    }

    private void Close()
    {
        logger?.Dispose();
        logger = null;
    }

    private Logger Open()
    {
        file = new OpenedFile();
        var configuration = new LoggerConfiguration().MinimumLevel.Verbose();
        LoggerSinkConfiguration.Wrap(
            configuration.WriteTo,
            inner => sink = new Watched(inner),
            to => to.File(
                formatter, Path.Combine(settings.Folder, name), fileSizeLimitBytes: settings.FileBytes, rollOnFileSizeLimit: true, rollingInterval: interval,
                retainedFileCountLimit: settings.Keep + 1, hooks: file),
            LevelAlias.Minimum,
            levelSwitch: null);
        return configuration.CreateLogger();
    }

    private static LogEvent Event(Happening happening, Fields common)
    {
        IEnumerable<KeyValuePair<string, object>> named = [new("event", happening.Event), .. common, .. happening.Fields];
        return new LogEvent(
            DateTimeOffset.FromUnixTimeMilliseconds(happening.Time), happening.Level, exception: null, new MessageTemplate(happening.Text, [new TextToken(happening.Text)]),
            named.Select(field => new LogEventProperty(field.Key, new ScalarValue(field.Value))));
    }

    /// <summary>A logger swallows what its files throw; here it is kept.</summary>
    private sealed class Watched(ILogEventSink inner) : ILogEventSink, IDisposable
    {
        public Exception? Failure { get; private set; }

        public void Emit(LogEvent logEvent)
        {
            try
            {
                inner.Emit(logEvent);
            }
#pragma warning disable CA1031 // Whatever keeps a line from the disk must neither end trading nor go unsaid.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Failure = exception;
            }
        }

        public void Dispose()
        {
            try
            {
                (inner as IDisposable)?.Dispose();
            }
            catch (IOException)
            {
                // What it still held could not be written; the line that failed has been told of.
            }
        }
    }
}
