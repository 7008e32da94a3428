using Trellis.Core;
using Trellis.Core.Matching;
using Trellis.Simulator.Exchange;

namespace Trellis.Simulator.Keeping;

/// <summary>
/// A state file from start to stop: locked and read, compared with what is asked for, brought back to life, kept while the
/// exchange runs, and closed with a snapshot.
/// </summary>
public sealed class StateKeeper : IAsyncDisposable
{
    /// <summary>How much is logged between two snapshots: at most this is carried out again at a start.</summary>
    private const long SnapshotBytes = 16 << 20;

    private readonly string _path;
    private readonly IDisposable _lock;
    private readonly long _snapshotBytes;
    private StateLog? _log;
    private SimulatedExchange? _exchange;
    private IReadOnlyList<IKeptPart> _parts = [];

    private StateKeeper(string path, IDisposable @lock, KeptState? found, long snapshotBytes)
    {
        _path = path;
        _lock = @lock;
        Found = found;
        _snapshotBytes = snapshotBytes;
    }

    /// <summary>What the file held; null where a new exchange begins.</summary>
    public KeptState? Found { get; }

    /// <exception cref="RunException">Another simulator uses the file.</exception>
    /// <exception cref="DataException">The file is damaged, or no state file.</exception>
    public static StateKeeper Open(string path) => Open(path, SnapshotBytes);

    internal static StateKeeper Open(string path, long snapshotBytes)
    {
        var held = StateLock.Take(path);
        try
        {
            return new StateKeeper(path, held, StateFileReader.TryRead(path), snapshotBytes);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>The engine as it was, with everything that was kept carried out again; a new one where the file is new.</summary>
    /// <param name="parts">Come back with it; then they observe what the log holds beyond the snapshot, where they are observers.</param>
    /// <exception cref="ConfigurationException">The file was made with other settings.</exception>
    /// <exception cref="DataException">The file's content makes no exchange.</exception>
    public MatchingEngine Restore(MatchingSettings settings, KeptSettings wanted, IReadOnlyList<IKeptPart> parts)
    {
        if (Found is null)
        {
            return new MatchingEngine(settings);
        }

        if (Found.Settings.DifferencesTo(wanted) is { Count: > 0 } differences)
        {
            throw new ConfigurationException($"state file {_path}: was made with other settings; run with the same, or name another file\n  {string.Join("\n  ", differences)}");
        }

        try
        {
            return Restore(settings, Found, parts);
        }
        catch (Exception error) when (error is not TrellisException)
        {
            throw new DataException($"state file {_path}: its content can't be carried out again by this version of Trellis ({error.GetType().Name}: {error.Message}). Nothing was changed", error);
        }
    }

    /// <summary>Replaces the file by a snapshot of now, and begins to keep.</summary>
    /// <exception cref="RunException">The file can't be written.</exception>
    public StateLog Start(MatchingEngine engine, KeptSettings settings, IReadOnlyList<IKeptPart> parts)
    {
        _parts = parts;
        var stated = Found?.StatedParts(parts) ?? new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var writer = StateFileWriter.Create(_path, settings, engine.Capture(), stated.Concat(Capture()).ToDictionary(StringComparer.Ordinal));
        return _log = new StateLog(writer, stated, _snapshotBytes);
    }

    /// <summary>From now on the log is shortened by a snapshot of this exchange whenever it has grown.</summary>
    public void Attach(SimulatedExchange exchange)
    {
        _exchange = exchange;
        _log!.SnapshotDue = () => _ = Task.Run(SnapshotAsync);
    }

    /// <summary>Replaces the file by a snapshot; completes when that is on disk.</summary>
    public async Task SnapshotAsync()
    {
        long place = 0;
        await _exchange!.MarkAsync(engine => _log!.BeginSnapshot(engine.Capture()), () => place = _log!.EndSnapshot(Capture()));
        await _log!.CommittedAsync(place);
    }

    /// <summary>Writes what is left, closes the file and frees it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_log is not null)
        {
            await _log.DisposeAsync();
        }

        _lock.Dispose();
    }

    private static MatchingEngine Restore(MatchingSettings settings, KeptState found, IReadOnlyList<IKeptPart> parts)
    {
        var engine = found.Engine is { } state ? MatchingEngine.Restore(settings, state) : new MatchingEngine(settings);
        foreach (var part in parts)
        {
            if (found.Parts.TryGetValue(part.Name, out var kept))
            {
                part.Restore(kept);
            }
        }

        var observers = parts.OfType<IExchangeObserver>().ToList();
        foreach (var command in found.Commands)
        {
            engine.Apply(command);
            if (EventBatch.Take(engine) is { } batch)
            {
                observers.ForEach(observer => observer.Observe(batch));
            }
        }

        return engine;
    }

    private Dictionary<string, byte[]> Capture() => _parts.ToDictionary(part => part.Name, part => part.Capture(), StringComparer.Ordinal);
}
