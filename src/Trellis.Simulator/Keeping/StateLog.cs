using Trellis.Core;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.State;
using Trellis.Simulator.Exchange;

namespace Trellis.Simulator.Keeping;

/// <summary>
/// The command log in a file. One thread writes: what came in while it wrote and flushed is its next frame, so that many callers
/// share one flush.
/// </summary>
public sealed class StateLog : ICommandLog, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly StateFileWriter _file;
    private readonly long _snapshotBytes;
    private readonly Task _writing;
    private readonly Dictionary<string, byte[]> _stated;
    private Group _open = new(0);
    private Group _flushing = new(0);
    private long _committed;
    private Snapshot? _snapshot;
    private long _dueAt;
    private bool _ends;
    private RunException? _failure;

    /// <param name="stated">Parts that were stated on their own before, such as the venue's.</param>
    /// <param name="snapshotBytes">When this much was written since the last snapshot, <see cref="SnapshotDue"/> is called.</param>
    internal StateLog(StateFileWriter file, IReadOnlyDictionary<string, byte[]> stated, long snapshotBytes)
    {
        _file = file;
        _stated = new Dictionary<string, byte[]>(stated, StringComparer.Ordinal);
        _snapshotBytes = snapshotBytes;
        _dueAt = file.Length + snapshotBytes;
        _writing = Task.Factory.StartNew(WriteAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Called on the writing thread when the log has grown enough for a new snapshot; once for each. Must not throw.</summary>
    internal Action? SnapshotDue { get; set; }

    /// <exception cref="RunException">The file could not be written; nothing can be appended any more.</exception>
    public long Append(MatchingCommand command) => Enqueue(command);

    /// <summary>Keeps the state of something beside the engine; the last one stated counts.</summary>
    /// <returns>Its place, for <see cref="CommittedAsync"/>.</returns>
    public long AppendPart(string name, byte[] state)
    {
        lock (_gate)
        {
            _stated[name] = state;
            return Enqueue(new KeptPart(name, state));
        }
    }

    /// <inheritdoc/>
    /// <exception cref="RunException">The file could not be written.</exception>
    public ValueTask CommittedAsync(long place)
    {
        if (Volatile.Read(ref _committed) >= place)
        {
            return ValueTask.CompletedTask;
        }

        lock (_gate)
        {
            return _committed >= place ? ValueTask.CompletedTask : new ValueTask((place <= _flushing.Last ? _flushing : _open).Done.Task);
        }
    }

    /// <summary>Begins a snapshot here: called between two commands, under the exchange's lock.</summary>
    internal void BeginSnapshot(EngineState engine)
    {
        lock (_gate)
        {
            Enqueue(new Snapshot(engine, new Dictionary<string, byte[]>(_stated, StringComparer.Ordinal)));
        }
    }

    /// <summary>Ends the snapshot with what the kept parts were where it began; the file is replaced soon after.</summary>
    /// <returns>Its place, for <see cref="CommittedAsync"/>.</returns>
    internal long EndSnapshot(IReadOnlyDictionary<string, byte[]> parts) => Enqueue(new SnapshotParts(parts));

    /// <summary>Writes what is left and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _ends = true;
        }

        _work.Release();
        await _writing;
        _file.Dispose();
        _work.Dispose();
    }

    private long Enqueue(object entry)
    {
        lock (_gate)
        {
            if (_failure is not null)
            {
                throw _failure;
            }

            ObjectDisposedException.ThrowIf(_ends, this);
            _open.Entries.Add(entry);
            _open.Last++;
            if (_open.Entries.Count == 1)
            {
                _work.Release();
            }

            return _open.Last;
        }
    }

    private void WriteAll()
    {
        while (true)
        {
            _work.Wait();
            Group group;
            lock (_gate)
            {
                if (_open.Entries.Count == 0)
                {
                    if (_ends)
                    {
                        return;
                    }

                    continue;
                }

                group = _flushing = _open;
                _open = new Group(group.Last);
            }

            try
            {
                Write(group);
            }
            catch (Exception error)
            {
                Fail(group, error);
                return;
            }

            Volatile.Write(ref _committed, group.Last);
            group.Done.SetResult();
        }
    }

    private void Write(Group group)
    {
        foreach (var entry in group.Entries)
        {
            switch (entry)
            {
                case Snapshot snapshot:
                    _file.Append();
                    _snapshot = snapshot with { Tail = _file.Length };
                    break;
                case SnapshotParts ended when _snapshot is { } begun:
                    var parts = begun.Parts.Concat(ended.Parts).ToDictionary(StringComparer.Ordinal);
                    _file.Replace(begun.Engine, parts, begun.Tail);
                    _snapshot = null;
                    _dueAt = _file.Length + _snapshotBytes;
                    break;
                default:
                    _file.Add(entry);
                    break;
            }
        }

        _file.Append();
        _file.FlushToDisk();
        if (_file.Length >= _dueAt)
        {
            _dueAt = long.MaxValue;
            SnapshotDue?.Invoke();
        }
    }

    private void Fail(Group group, Exception error)
    {
        lock (_gate)
        {
            _failure = error as RunException ?? new RunException($"the state file can't be written: {Data.IoReason.Of(error)}. The simulator stops; what it acknowledged is in the file", error);
            group.Done.SetException(_failure);
            _open.Done.SetException(_failure);
        }
    }

    /// <summary>What is written and flushed together.</summary>
    private sealed class Group(long last)
    {
        public List<object> Entries { get; } = [];

        /// <summary>The place of its last entry.</summary>
        public long Last { get; set; } = last;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <param name="Parts">The parts stated on their own, as they stood.</param>
    private sealed record Snapshot(EngineState Engine, Dictionary<string, byte[]> Parts)
    {
        /// <summary>Where in the old file that begins which comes after the snapshot.</summary>
        public long Tail { get; init; }
    }

    private sealed record SnapshotParts(IReadOnlyDictionary<string, byte[]> Parts);
}
