using System.Runtime.CompilerServices;
using Trellis.Engine.Journal;

namespace Trellis.Engine.Tests.Doubles;

/// <summary>A journal without a disk. Commits come at once, or when the test says so.</summary>
internal sealed class MemoryJournal : IJournal
{
    private readonly Lock gate = new();
    private readonly List<(long Sequence, TaskCompletionSource Done)> waiting = [];
    private readonly List<JournalItem> items;
    private long committed;
    private StorageException? broken;

    /// <param name="before">What an earlier process has committed.</param>
    public MemoryJournal(IReadOnlyList<JournalItem>? before = null)
    {
        items = [.. before ?? []];
        committed = items.Count == 0 ? 0 : items[^1].Sequence;
        Identity = new JournalIdentity("test/simulator/main", 1, committed);
    }

    public bool CommitsAtOnce { get; init; } = true;

    /// <summary>What is pending when it is closed gets to the disk.</summary>
    public bool CommitsWhenClosed { get; init; }

    public JournalIdentity Identity { get; init; }

    public JournalGeneration? Generation { get; private set; } = new("test", 0, "");

    public long CommittedSequence => Volatile.Read(ref committed);

    public StorageException? Trouble { get; set; }

    public IReadOnlyList<JournalItem> Items
    {
        get
        {
            lock (gate)
            {
                return [.. items];
            }
        }
    }

    public Task<JournalGeneration> BeginAsync(string settings, CancellationToken cancellation) =>
        Task.FromResult(Generation = new JournalGeneration("test", CommittedSequence, settings));

    public void Name(JournalNames names)
    {
    }

    public async IAsyncEnumerable<JournaledInput> ReadAsync(long afterSequence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var item in Items.Where(item => item.Sequence > afterSequence && item.Sequence <= Identity.LastSequence))
        {
            yield return new JournaledInput(item.Sequence, item.Input, EffectsHash.Of(item.Effects));
        }
    }

    public void Append(JournalItem item)
    {
        lock (gate)
        {
            items.Add(item);
        }

        if (CommitsAtOnce)
        {
            Commit();
        }
    }

    public ValueTask CommittedAsync(long sequence)
    {
        lock (gate)
        {
            if (broken is not null)
            {
                throw broken;
            }

            if (committed >= sequence)
            {
                return ValueTask.CompletedTask;
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((sequence, done));
            return new ValueTask(done.Task);
        }
    }

    /// <summary>All that was appended is on disk.</summary>
    public void Commit()
    {
        List<TaskCompletionSource> done;
        lock (gate)
        {
            committed = items[^1].Sequence;
            done = [.. waiting.Where(each => each.Sequence <= committed).Select(each => each.Done)];
            waiting.RemoveAll(each => each.Sequence <= committed);
        }

        done.ForEach(each => each.TrySetResult());
    }

    /// <summary>It will never commit again.</summary>
    public void Break(StorageException exception)
    {
        List<TaskCompletionSource> lost;
        lock (gate)
        {
            broken = exception;
            lost = [.. waiting.Select(each => each.Done)];
            waiting.Clear();
        }

        lost.ForEach(each => each.TrySetException(exception));
    }

    public ValueTask DisposeAsync()
    {
        if (CommitsWhenClosed)
        {
            Commit();
        }

        // As a real one does: what waits for a commit that never comes is told.
        Break(new StorageException(StorageFailure.Unreachable, "closed"));
        return ValueTask.CompletedTask;
    }
}
