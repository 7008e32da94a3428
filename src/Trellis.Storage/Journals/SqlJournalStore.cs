using Trellis.Core;
using Trellis.Engine.Journal;
using Trellis.Storage.Databases;
using Trellis.Storage.Schema;

namespace Trellis.Storage.Journals;

/// <summary>Journals in SQLite or PostgreSQL.</summary>
public sealed class SqlJournalStore : IJournalStore
{
    private readonly IDatabase database;
    private readonly TimeProvider time;
    private readonly Generations generations;
    private readonly Action<string>? checkpoint;

    private SqlJournalStore(IDatabase database, TimeProvider time, Func<ulong> random, Action<string>? checkpoint)
    {
        this.checkpoint = checkpoint;
        this.database = database;
        this.time = time;
        generations = new Generations(database, time, random);
    }

    /// <summary>For people: where the journal is, without a password.</summary>
    public string Name => database.Name;

    /// <param name="path">A SQLite file; it and its folder are made where they are missing.</param>
    /// <param name="time">Clock.</param>
    /// <param name="random">64 random bits, for the name of a new installation.</param>
    /// <param name="checkpoint">Is told the name of each instant at which a kill would be interesting: <c>during-migration</c>, <c>in-commit</c>.</param>
    public static SqlJournalStore Sqlite(string path, TimeProvider time, Func<ulong> random, Action<string>? checkpoint = null) => new(new SqliteDatabase(path), time, random, checkpoint);

    /// <param name="connectionString">As Npgsql reads it.</param>
    /// <param name="time">Clock.</param>
    /// <param name="random">64 random bits, for the name of a new installation.</param>
    /// <param name="checkpoint">As for SQLite.</param>
    /// <exception cref="ConfigurationException">The connection string can't be read.</exception>
    public static SqlJournalStore Postgres(string connectionString, TimeProvider time, Func<ulong> random, Action<string>? checkpoint = null) =>
        new(new PostgresDatabase(connectionString), time, random, checkpoint);

    public async Task<IJournal> OpenAsync(string account, CancellationToken cancellation)
    {
        var accountLock = await database.TryLockAsync(account, cancellation)
            ?? throw new StorageException(StorageFailure.Fenced, $"{database.Name}: the account {account} is traded by another process; stop it first, or use another database for another account");
        var lockedAt = time.GetTimestamp();
        try
        {
            await new SchemaUpdate(database, time, checkpoint).RunAsync(cancellation);
            var identity = await IdentifyAsync(account, cancellation) with { LockedAt = lockedAt };
            return new SqlJournal(database, identity, generations, await generations.FindAsync(account, cancellation), accountLock, time, checkpoint);
        }
        catch (Exception exception)
        {
            await accountLock.DisposeAsync();
            throw database.Explain("open the journal", exception);
        }
    }

    private async Task<JournalIdentity> IdentifyAsync(string account, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        const string Open = """
            INSERT INTO accounts (account, installation, epoch, last_sequence, opened_at) VALUES (@account, '', 1, 0, @now)
            ON CONFLICT (account) DO UPDATE SET epoch = accounts.epoch + 1, opened_at = excluded.opened_at
            RETURNING epoch, last_sequence
            """;
        JournalIdentity identity;
        await using (var command = connection.Command(transaction, Open, ("account", account), ("now", time.GetUtcNow().ToUnixTimeMilliseconds())))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            await reader.ReadAsync(cancellation);
            identity = new JournalIdentity(account, reader.GetInt64(0), reader.GetInt64(1));
        }

        await transaction.CommitAsync(cancellation);
        return identity;
    }
}
