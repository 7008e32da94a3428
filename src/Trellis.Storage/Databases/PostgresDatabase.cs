using System.Data.Common;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Trellis.Engine.Journal;

namespace Trellis.Storage.Databases;

/// <summary>A PostgreSQL database. The locks are advisory locks of a session, gone with the process that held them.</summary>
internal sealed class PostgresDatabase : IDatabase
{
    private readonly string connectionString;

    /// <exception cref="Trellis.Core.ConfigurationException">The connection string is none.</exception>
    public PostgresDatabase(string connectionString)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 5, CommandTimeout = 30, KeepAlive = 10 };
            this.connectionString = builder.ToString();
            Name = $"postgresql {builder.Host}:{builder.Port}/{builder.Database}";
        }
        catch (ArgumentException exception)
        {
            throw new Core.ConfigurationException($"storage: the connection string can't be used: {exception.Message}; such as Host=localhost;Database=trellis;Username=trellis;Password=…", exception);
        }
    }

    public string Name { get; }

    public string Scripts => "postgres";

    public string HistoryExists => "SELECT tablename::text FROM pg_tables WHERE schemaname = ANY (current_schemas(false)) AND tablename = '__EFMigrationsHistory'";

    public async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = "SET synchronous_commit TO on";
            await command.ExecuteNonQueryAsync(cancellation);
            return connection;
        }
        catch (Exception exception)
        {
            await connection.DisposeAsync();
            throw this.Explain("open", exception);
        }
    }

    public async Task<IHeldLock?> TryLockAsync(string name, CancellationToken cancellation)
    {
        var connection = await OpenAsync(cancellation);
        try
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT pg_try_advisory_lock(@key)";
            var key = command.CreateParameter();
            key.ParameterName = "key";
            key.Value = BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes("trellis " + name)));
            command.Parameters.Add(key);
            if (await command.ExecuteScalarAsync(cancellation) is true)
            {
                return new SessionLock(connection);
            }
        }
        catch (Exception exception)
        {
            await connection.DisposeAsync();
            throw this.Explain("lock", exception);
        }

        await connection.DisposeAsync();
        return null;
    }

    // Classes of SQLSTATE: postgresql.org/docs/current/errcodes-appendix.html.
    public StorageFailure? Classify(Exception exception) => exception switch
    {
        PostgresException { SqlState: "53100" } => StorageFailure.DiskFull,
        PostgresException { SqlState: "42501" } => StorageFailure.NotPermitted,
        PostgresException { SqlState: "3D000" } => StorageFailure.DatabaseMissing,
        PostgresException postgres when postgres.SqlState.StartsWith("28", StringComparison.Ordinal) => StorageFailure.NotPermitted,
        PostgresException postgres when postgres.SqlState[..2] is "08" or "53" or "57" or "40" or "55" => StorageFailure.Unreachable,
        PostgresException => StorageFailure.Damaged,
        NpgsqlException or SocketException or TimeoutException or IOException => StorageFailure.Unreachable,
        _ => null,
    };

    /// <summary>The server keeps it as long as the session lives, which a restart of the server ends.</summary>
    private sealed class SessionLock(DbConnection session) : IHeldLock
    {
        public async Task<bool> IsHeldAsync(CancellationToken cancellation)
        {
            try
            {
                await using var command = session.Command(null, "SELECT 1");
                return await command.ExecuteScalarAsync(cancellation) is 1;
            }
            catch (Exception exception) when (exception is DbException or InvalidOperationException or IOException or SocketException)
            {
                return false;
            }
        }

        public ValueTask DisposeAsync() => session.DisposeAsync();
    }
}
