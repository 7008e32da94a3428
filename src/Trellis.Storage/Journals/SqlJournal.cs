using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Trellis.Engine.Journal;
using Trellis.Storage.Databases;

namespace Trellis.Storage.Journals;

/// <summary>A journal in a database. One writer takes what is pending and commits it at once; while the disk works, the next group gathers.</summary>
internal sealed class SqlJournal : IJournal
{
    private const int LargestGroup = 2_000;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly IDatabase database;
    private readonly Generations generations;
    private readonly TimeProvider time;
    private readonly Action<string>? checkpoint;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim work = new(0);
    private readonly CancellationTokenSource closing = new();
    private readonly Task writing;
    private IHeldLock accountLock;
    private List<JournalItem> pending = [];
    private TaskCompletionSource<bool> progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StorageException? fatal;
    private long committed;
    private bool closed;
    private JournalNames names = new([], []);

    public SqlJournal(IDatabase database, JournalIdentity identity, Generations generations, JournalGeneration? generation, IHeldLock accountLock, TimeProvider time, Action<string>? checkpoint)
    {
        this.checkpoint = checkpoint;
        this.database = database;
        this.generations = generations;
        Generation = generation;
        this.accountLock = accountLock;
        this.time = time;
        Identity = identity;
        committed = identity.LastSequence;
        writing = Task.Run(WriteAsync);
    }

    public JournalIdentity Identity { get; }

    public JournalGeneration? Generation { get; private set; }

    public long CommittedSequence => Volatile.Read(ref committed);

    public StorageException? Trouble { get; private set; }

    public async Task<JournalGeneration> BeginAsync(string settings, CancellationToken cancellation)
    {
        try
        {
            return Generation = await generations.BeginAsync(Identity, settings, cancellation);
        }
        catch (Exception exception)
        {
            throw database.Explain("begin a generation", exception);
        }
    }

    public void Name(JournalNames names) => this.names = names;

    public void Append(JournalItem item)
    {
        lock (gate)
        {
            pending.Add(item);
            if (pending.Count > 1)
            {
                return;
            }
        }

        work.Release();
    }

    public async ValueTask CommittedAsync(long sequence)
    {
        while (CommittedSequence < sequence)
        {
            Task next;
            lock (gate)
            {
                if (fatal is not null)
                {
                    throw new StorageException(fatal.Failure, fatal.Message, fatal);
                }

                next = progress.Task;
            }

            if (CommittedSequence < sequence)
            {
                await next;
            }
        }
    }

    public async IAsyncEnumerable<JournaledInput> ReadAsync(long afterSequence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = connection.Command(
            null, "SELECT sequence, payload, effects_hash FROM inputs WHERE account = @account AND sequence > @after ORDER BY sequence", ("account", Identity.Account), ("after", afterSequence));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var expected = afterSequence + 1;
        while (await reader.ReadAsync(cancellation))
        {
            var sequence = reader.GetInt64(0);
            if (sequence != expected)
            {
                throw new StorageException(StorageFailure.Damaged, $"journal of {Identity.Account}: input {expected} is missing; the next one there is {sequence}");
            }

            expected++;
            yield return new JournaledInput(sequence, InputCodec.Read(reader.GetString(1), sequence), ulong.Parse(reader.GetString(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Commits what is pending, as far as the database lets it, and gives the account up.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            if (closed)
            {
                return;
            }

            closed = true;
        }

        work.Release();
        await writing;
        lock (gate)
        {
            fatal ??= new StorageException(StorageFailure.Unreachable, $"journal of {Identity.Account}: it is closed");
        }

        progress.TrySetResult(false);
        closing.Dispose();
        work.Dispose();
        await accountLock.DisposeAsync();
    }

    private async Task WriteAsync()
    {
        DbConnection? connection = null;
        JournalStatements? statements = null;
        List<JournalItem> group = [];
        var failures = 0;
        while (true)
        {
            if (group.Count == 0)
            {
                await work.WaitAsync();
                group = Take();
                if (group.Count == 0)
                {
                    break;
                }
            }

            try
            {
                connection ??= await OpenAsync();
                statements ??= await JournalStatements.PrepareAsync(connection, closing.Token);
                foreach (var part in group.Chunk(LargestGroup))
                {
                    if (part[^1].Sequence > CommittedSequence)
                    {
                        await CommitAsync(connection, statements, part);
                        Advance(part[^1].Sequence);
                    }
                }

                group = [];
                failures = 0;
            }
            catch (Exception exception)
            {
                // A connection that has failed once is not trusted again; whether the commit arrived is read back.
                await CloseAsync(statements, connection);
                (statements, connection) = (null, null);
                if (Fail(exception) || (closed && ++failures > 3))
                {
                    return;
                }

                await Task.Delay(LongestPause, time);
                await FindCommittedAsync();
            }
        }

        await CloseAsync(statements, connection);
    }

    /// <summary>
    /// A connection to write with. What ended the last one may have ended the session that holds the account: it is taken again where it can be, so that no other process
    /// takes over what is traded here. Until then the epoch keeps a second writer out.
    /// </summary>
    private async Task<DbConnection> OpenAsync()
    {
        var connection = await database.OpenAsync(closing.Token);
        if (!await accountLock.IsHeldAsync(closing.Token) && await database.TryLockAsync(Identity.Account, closing.Token) is { } again)
        {
            await accountLock.DisposeAsync();
            accountLock = again;
        }

        return connection;
    }

    private List<JournalItem> Take()
    {
        lock (gate)
        {
            var taken = pending;
            pending = [];
            return taken;
        }
    }

    private async Task CommitAsync(DbConnection connection, JournalStatements statements, JournalItem[] items)
    {
        var writer = new ItemWriter(statements, Identity, names);
        await using var transaction = await connection.BeginTransactionAsync(closing.Token);
        if (!await statements.TryAdvanceAsync(transaction, Identity, items[^1].Sequence, closing.Token))
        {
            return;
        }

        foreach (var item in items)
        {
            if (item.Sequence > CommittedSequence)
            {
                await writer.WriteAsync(transaction, item, closing.Token);
            }
        }

        checkpoint?.Invoke("in-commit");
        await transaction.CommitAsync(closing.Token);
    }

    /// <summary>After a failure the last commit may or may not have arrived: the database says which.</summary>
    private async Task FindCommittedAsync()
    {
        try
        {
            await using var connection = await database.OpenAsync(closing.Token);
            await using var command = connection.Command(
                null, "SELECT last_sequence FROM accounts WHERE account = @account AND epoch = @epoch", ("account", Identity.Account), ("epoch", Identity.Epoch));
            if (await command.ExecuteScalarAsync(closing.Token) is long last && last > CommittedSequence)
            {
                Advance(last);
            }
        }
        catch (Exception exception) when (database.Classify(exception) is not null || exception is StorageException)
        {
            Trouble = database.Explain("read back", exception) as StorageException;
        }
    }

    private void Advance(long sequence)
    {
        TaskCompletionSource<bool> done;
        lock (gate)
        {
            Volatile.Write(ref committed, sequence);
            Trouble = null;
            done = progress;
            progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        done.TrySetResult(true);
    }

    /// <returns>Whether the journal can't go on.</returns>
    private bool Fail(Exception exception)
    {
        var failure = database.Explain("commit", exception) as StorageException
            ?? new StorageException(StorageFailure.Damaged, $"{database.Name}: commit: {exception.Message}", exception);
        Trouble = failure;
        if (DatabaseErrors.MayPass(failure.Failure) && !closed)
        {
            return false;
        }

        lock (gate)
        {
            fatal = failure;
        }

        progress.TrySetResult(false);
        return true;
    }

    private static async ValueTask CloseAsync(JournalStatements? statements, DbConnection? connection)
    {
        try
        {
            if (statements is not null)
            {
                await statements.DisposeAsync();
            }

            if (connection is not null)
            {
                await connection.DisposeAsync();
            }
        }
        catch (DbException)
        {
            // It is given up because it is broken.
        }
    }
}
