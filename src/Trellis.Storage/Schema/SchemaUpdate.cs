using Trellis.Engine.Journal;
using Trellis.Storage.Databases;

namespace Trellis.Storage.Schema;

/// <summary>Brings a database's schema up to this program's, one process at a time, each migration whole or not at all.</summary>
internal sealed class SchemaUpdate(IDatabase database, TimeProvider time, Action<string>? checkpoint)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly IReadOnlyList<MigrationScript> scripts = MigrationScript.Of(database.Scripts);

    /// <exception cref="StorageException">A newer program made the schema; or another process has been changing it for too long.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if ((await MissingAsync(cancellation)).Count == 0)
        {
            return;
        }

        await using var alone = await LockAsync(cancellation);
        foreach (var script in await MissingAsync(cancellation))
        {
            await ApplyAsync(script, cancellation);
        }
    }

    private async Task<List<MigrationScript>> MissingAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        if (await connection.Command(null, database.HistoryExists).TextsAsync(cancellation) is [])
        {
            return [.. scripts];
        }

        var applied = await connection.Command(null, "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\" ORDER BY \"MigrationId\"").TextsAsync(cancellation);
        if (applied.Except(scripts.Select(script => script.Id), StringComparer.Ordinal).FirstOrDefault() is { } foreign)
        {
            throw new StorageException(StorageFailure.SchemaTooNew, $"{database.Name}: its schema has {foreign}, which this program does not know: it was made by a newer one. Use that one, or another database");
        }

        return [.. scripts.Where(script => !applied.Contains(script.Id))];
    }

    private async Task ApplyAsync(MigrationScript script, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        foreach (var statement in script.Statements)
        {
            await connection.Command(transaction, statement).ExecuteAsync(cancellation);
            checkpoint?.Invoke("during-migration");
        }

        await transaction.CommitAsync(cancellation);
        checkpoint?.Invoke("during-migration");
    }

    private async Task<IAsyncDisposable> LockAsync(CancellationToken cancellation)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            if (await database.TryLockAsync("schema", cancellation) is { } alone)
            {
                return alone;
            }

            if (time.GetElapsedTime(since) > Patience)
            {
                throw new StorageException(StorageFailure.Unreachable, $"{database.Name}: another process has been changing its schema for {Patience.TotalSeconds:0} s; try again when it is done");
            }

            await Task.Delay(Look, time, cancellation);
        }
    }
}
