using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Trellis.Storage.Journals;

namespace Trellis.Storage.Tests.Databases;

/// <summary>The two kinds of database that every journal test runs on.</summary>
public enum DatabaseKind
{
    Sqlite,
    Postgres,
}

/// <summary>An empty database of a kind, gone with its folder.</summary>
internal sealed class TestDatabase : IDisposable
{
    private static ulong names = 1;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trellis-storage-");
    private readonly DatabaseKind kind;

    public TestDatabase(DatabaseKind kind)
    {
        this.kind = kind;
        if (kind == DatabaseKind.Sqlite)
        {
            ConnectionText = Path.Combine(folder.FullName, "journal.db");
            return;
        }

        Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed");
        ConnectionText = PostgresServer.Shared.CreateDatabase($"t{Interlocked.Increment(ref names)}x{Environment.ProcessId}");
    }

    /// <summary>The file of SQLite or the connection string of PostgreSQL.</summary>
    public string ConnectionText { get; }

    public string Folder => folder.FullName;

    public SqlJournalStore Store() => kind == DatabaseKind.Sqlite
        ? SqlJournalStore.Sqlite(ConnectionText, TimeProvider.System, static () => 42)
        : SqlJournalStore.Postgres(ConnectionText, TimeProvider.System, static () => 42);

    /// <summary>Not open yet.</summary>
    public DbConnection Connect() => kind == DatabaseKind.Sqlite ? new SqliteConnection($"Data Source={ConnectionText};Pooling=false") : new NpgsqlConnection(ConnectionText + ";Pooling=false");

    public void Dispose() => folder.Delete(recursive: true);
}
