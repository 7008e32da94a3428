using Microsoft.EntityFrameworkCore;
using Trellis.Core;
using Trellis.Engine.Journal;
using Trellis.Storage.Databases;
using Trellis.Storage.Model;

namespace Trellis.Storage.Journals;

/// <summary>Journals in SQLite or PostgreSQL.</summary>
public sealed class SqlJournalStore : IJournalStore
{
    private static readonly TimeSpan MigrationPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MigrationLook = TimeSpan.FromMilliseconds(50);

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
            await MigrateAsync(cancellation);
            var identity = await IdentifyAsync(account, cancellation) with { LockedAt = lockedAt };
            return new SqlJournal(database, identity, generations, await generations.FindAsync(account, cancellation), accountLock, time, checkpoint);
        }
        catch (Exception exception)
        {
            await accountLock.DisposeAsync();
            throw database.Explain("open the journal", exception);
        }
    }

    private async Task MigrateAsync(CancellationToken cancellation)
    {
        await using var context = checkpoint is null ? database.CreateContext() : database.CreateContext(new MigrationCheckpoint(checkpoint));
        var known = context.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        if (await context.Database.CanConnectAsync(cancellation))
        {
            var applied = (await context.Database.GetAppliedMigrationsAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
            var foreign = applied.Except(known, StringComparer.Ordinal).ToList();
            if (foreign.Count > 0)
            {
                throw new StorageException(StorageFailure.SchemaTooNew, $"{database.Name}: its schema has {foreign[0]}, which this program does not know: it was made by a newer one. Use that one, or another database");
            }

            if (applied.SetEquals(known))
            {
                return;
            }
        }

        await using var alone = await LockSchemaAsync(cancellation);
        await database.ForgetMigrationAsync(context, cancellation);
        await context.Database.MigrateAsync(cancellation);
    }

    private async Task<IAsyncDisposable> LockSchemaAsync(CancellationToken cancellation)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            if (await database.TryLockAsync("schema", cancellation) is { } alone)
            {
                return alone;
            }

            if (time.GetElapsedTime(since) > MigrationPatience)
            {
                throw new StorageException(StorageFailure.Unreachable, $"{database.Name}: another process has been changing its schema for {MigrationPatience.TotalSeconds:0} s; try again when it is done");
            }

            await Task.Delay(MigrationLook, time, cancellation);
        }
    }

    private async Task<JournalIdentity> IdentifyAsync(string account, CancellationToken cancellation)
    {
        await using var context = database.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var row = await context.Accounts.FindAsync([account], cancellation);
        if (row is null)
        {
            row = new AccountRow { Account = account, Installation = "" };
            context.Accounts.Add(row);
        }

        row.Epoch++;
        row.OpenedAt = time.GetUtcNow().ToUnixTimeMilliseconds();
        await context.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new JournalIdentity(account, row.Epoch, row.LastSequence);
    }
}
