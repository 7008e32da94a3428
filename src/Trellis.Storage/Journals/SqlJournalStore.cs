using Microsoft.EntityFrameworkCore;
using Trellis.Core;
using Trellis.Engine.Journal;
using Trellis.Storage.Databases;
using Trellis.Storage.Model;

namespace Trellis.Storage.Journals;

/// <summary>Journals in SQLite or PostgreSQL.</summary>
public sealed class SqlJournalStore : IJournalStore
{
    private readonly IDatabase database;
    private readonly TimeProvider time;
    private readonly Generations generations;

    private SqlJournalStore(IDatabase database, TimeProvider time, Func<ulong> random)
    {
        this.database = database;
        this.time = time;
        generations = new Generations(database, time, random);
    }

    /// <summary>For people: where the journal is, without a password.</summary>
    public string Name => database.Name;

    /// <param name="path">A SQLite file; it and its folder are made where they are missing.</param>
    /// <param name="time">Clock.</param>
    /// <param name="random">64 random bits, for the name of a new installation.</param>
    public static SqlJournalStore Sqlite(string path, TimeProvider time, Func<ulong> random) => new(new SqliteDatabase(path), time, random);

    /// <param name="connectionString">As Npgsql reads it.</param>
    /// <param name="time">Clock.</param>
    /// <param name="random">64 random bits, for the name of a new installation.</param>
    /// <exception cref="ConfigurationException">The connection string can't be read.</exception>
    public static SqlJournalStore Postgres(string connectionString, TimeProvider time, Func<ulong> random) => new(new PostgresDatabase(connectionString), time, random);

    public async Task<IJournal> OpenAsync(string account, CancellationToken cancellation)
    {
        var accountLock = await database.TryLockAsync(account, cancellation)
            ?? throw new StorageException(StorageFailure.Fenced, $"{database.Name}: the account {account} is traded by another process; stop it first, or use another database for another account");
        try
        {
            await MigrateAsync(cancellation);
            var identity = await IdentifyAsync(account, cancellation);
            return new SqlJournal(database, identity, generations, await generations.FindAsync(account, cancellation), accountLock, time);
        }
        catch (Exception exception)
        {
            await accountLock.DisposeAsync();
            throw database.Explain("open the journal", exception);
        }
    }

    private async Task MigrateAsync(CancellationToken cancellation)
    {
        await using var context = database.CreateContext();
        var known = context.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        if (await context.Database.CanConnectAsync(cancellation))
        {
            var foreign = (await context.Database.GetAppliedMigrationsAsync(cancellation)).Where(name => !known.Contains(name)).ToList();
            if (foreign.Count > 0)
            {
                throw new StorageException(StorageFailure.SchemaTooNew, $"{database.Name}: its schema has {foreign[0]}, which this program does not know: it was made by a newer one. Use that one, or another database");
            }
        }

        await context.Database.MigrateAsync(cancellation);
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
