using Serilog;
using Serilog.Events;
using Trellis.Cli.Live.News;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Engine.Observing;

namespace Trellis.Cli.Live.Logs;

/// <summary>
/// The log files of a run: <c>trellis-*.json</c> with what happened, <c>trades-*.json</c> with every fill, <c>audit-*.json</c> with who had what done.
/// docs/logs.md has their fields. Trades and audit wait for a disk that is full; of the rest, what can't be written is counted.
/// </summary>
internal sealed class LogFiles : IEngineObserver, IAsyncDisposable
{
    private const int MostWaiting = 10_000;
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    private readonly LiveFacts facts;
    private readonly LogFileSettings settings;
    private readonly TimeProvider time;
    private readonly Narrator narrator;
    private readonly AuditNarrator auditor;
    private readonly Fields common;
    private readonly LogFile all;
    private readonly LogFile trades;
    private readonly LogFile audit;
    private readonly Pump<Step> allPump;
    private readonly Pump<Step> tradesPump;
    private readonly Pump<Step> auditPump;

    /// <param name="say">Told once when a file can't be written, and once when it can again; called from a thread of the logs.</param>
    /// <exception cref="IOException">The folder can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder can't be made.</exception>
    public LogFiles(LogFileSettings settings, LiveFacts facts, TimeProvider time, Action<string> say)
    {
        MakeFolder(settings.Folder);
        this.facts = facts;
        this.settings = settings;
        this.time = time;
        narrator = new Narrator(facts);
        auditor = new AuditNarrator(facts);
        common = new Fields { { "mode", LiveWords.Of(facts.Mode) }, { "account", facts.Account } };
        all = new LogFile("trellis-.json", RollingInterval.Day, settings, isBare: false, say);
        trades = new LogFile("trades-.json", RollingInterval.Month, settings, isBare: true, say);
        audit = new LogFile("audit-.json", RollingInterval.Month, settings, isBare: false, say);
        allPump = new Pump<Step>(MostWaiting, WriteAllAsync, TellLostAsync, time);
        tradesPump = new Pump<Step>(capacity: null, WriteTradesAsync, NothingIsLostAsync, time);
        auditPump = new Pump<Step>(capacity: null, WriteAuditAsync, NothingIsLostAsync, time);
    }

    public void Happened(long sequence, TradingInput input, IReadOnlyList<TradingEffect> effects)
    {
        var step = new Step(sequence, input, effects, null);
        allPump.Offer(step);
        if (effects.Any(effect => effect is FillBooked))
        {
            tradesPump.Offer(step);
        }

        if (AuditNarrator.Concerns(step))
        {
            auditPump.Offer(step);
        }
    }

    public void Noticed(EngineNotice notice)
    {
        var step = new Step(notice);
        allPump.Offer(step);
        if (AuditNarrator.Concerns(step))
        {
            auditPump.Offer(step);
        }
    }

    /// <summary>Writes what waits; a disk that does not take it has 5 s.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(allPump.DisposeAsync().AsTask(), tradesPump.DisposeAsync().AsTask(), auditPump.DisposeAsync().AsTask());
        all.Dispose();
        trades.Dispose();
        audit.Dispose();
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static Task NothingIsLostAsync(long count, CancellationToken cancellation) => Task.CompletedTask;

    private Task WriteAllAsync(Step step, CancellationToken cancellation)
    {
        foreach (var happening in narrator.Tell(step).Where(happening => happening.Level >= settings.Level))
        {
            WriteOnce(happening);
        }

        return Task.CompletedTask;
    }

    private void WriteOnce(Happening happening)
    {
        if (!all.TryWrite(happening, []))
        {
            all.GiveUp();
        }
    }

    private Task TellLostAsync(long count, CancellationToken cancellation)
    {
        WriteOnce(new Happening(
            time.GetUtcNow().ToUnixTimeMilliseconds(), LogEventLevel.Warning, "lines-lost", $"about {count} lines are missing here: the disk was too slow", new Fields { { "steps", count } }));
        return Task.CompletedTask;
    }

    private async Task WriteTradesAsync(Step step, CancellationToken cancellation)
    {
        var fills = new OrderNarrator(facts);
        foreach (var fill in step.Effects.OfType<FillBooked>())
        {
            await KeepAsync(trades, fills.Tell(fill, step.Sequence), cancellation);
        }
    }

    private async Task WriteAuditAsync(Step step, CancellationToken cancellation)
    {
        foreach (var happening in auditor.Tell(step))
        {
            await KeepAsync(audit, happening, cancellation);
        }
    }

    /// <summary>Tries until it is written, or the process has no more time.</summary>
    private async Task KeepAsync(LogFile file, Happening happening, CancellationToken cancellation)
    {
        while (!file.TryWrite(happening, common))
        {
            if (cancellation.IsCancellationRequested)
            {
                file.GiveUp();
                return;
            }

            await Task.Delay(TryAgain, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
