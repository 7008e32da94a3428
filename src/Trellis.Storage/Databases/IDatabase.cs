using System.Data.Common;
using Trellis.Engine.Journal;

namespace Trellis.Storage.Databases;

/// <summary>What differs between SQLite and PostgreSQL.</summary>
internal interface IDatabase
{
    /// <summary>For people: a path or host and name, never a password.</summary>
    string Name { get; }

    /// <summary>Its folder of <c>Migrations/Scripts</c>.</summary>
    string Scripts { get; }

    /// <summary>A query with one row where there is a history of migrations, and none in an empty database.</summary>
    string HistoryExists { get; }

    /// <summary>A connection that is set up for durable commits.</summary>
    /// <exception cref="StorageException">It can't be opened.</exception>
    Task<DbConnection> OpenAsync(CancellationToken cancellation);

    /// <summary>Holds a name for this process until disposed; null where another process holds it.</summary>
    /// <exception cref="StorageException">The database can't be reached.</exception>
    Task<IHeldLock?> TryLockAsync(string name, CancellationToken cancellation);

    /// <summary>What a failure of the database means, or null where it is none of the database's.</summary>
    StorageFailure? Classify(Exception exception);
}
