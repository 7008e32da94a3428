using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Trellis.Engine.Journal;
using Trellis.Storage.Model;

namespace Trellis.Storage.Databases;

/// <summary>What differs between SQLite and PostgreSQL.</summary>
internal interface IDatabase
{
    /// <summary>For people: a path or host and name, never a password.</summary>
    string Name { get; }

    /// <param name="interceptors">See every command of the context.</param>
    TrellisContext CreateContext(params IEnumerable<IInterceptor> interceptors);

    /// <summary>A connection that is set up for durable commits.</summary>
    /// <exception cref="StorageException">It can't be opened.</exception>
    Task<DbConnection> OpenAsync(CancellationToken cancellation);

    /// <summary>Holds a name for this process until disposed; null where another process holds it.</summary>
    /// <exception cref="StorageException">The database can't be reached.</exception>
    Task<IAsyncDisposable?> TryLockAsync(string name, CancellationToken cancellation);

    /// <summary>Clears away what a migration left behind whose process was killed; the caller sees to it that no other one is under way.</summary>
    Task ForgetMigrationAsync(TrellisContext context, CancellationToken cancellation);

    /// <summary>What a failure of the database means, or null where it is none of the database's.</summary>
    StorageFailure? Classify(Exception exception);
}
