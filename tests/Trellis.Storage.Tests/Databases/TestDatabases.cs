using System.Diagnostics;
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

        PostgresServer.SkipWhereThereIsNone();
        ConnectionText = PostgresServer.Shared.CreateDatabase($"t{Interlocked.Increment(ref names)}x{Environment.ProcessId}");
    }

    /// <summary>The file of SQLite or the connection string of PostgreSQL.</summary>
    public string ConnectionText { get; }

    public string Folder => folder.FullName;

    public SqlJournalStore Store() => kind == DatabaseKind.Sqlite
        ? SqlJournalStore.Sqlite(ConnectionText, TimeProvider.System, static () => 42)
        : SqlJournalStore.Postgres(ConnectionText, TimeProvider.System, static () => 42);

    public void Dispose() => folder.Delete(recursive: true);
}

/// <summary>A PostgreSQL server of this test run: on a free port, in a temporary folder, stopped with the process.</summary>
internal sealed class PostgresServer
{
    private static readonly Lazy<PostgresServer> Instance = new(() => new PostgresServer());
    private readonly string folder = Directory.CreateTempSubdirectory("trellis-postgres-").FullName;
    private readonly string binaries;
    private readonly int port;
    private readonly bool asOther = Environment.UserName == "root";

    private PostgresServer()
    {
        binaries = Binaries() ?? throw new InvalidOperationException("PostgreSQL is not installed");
        port = FreePort();
        var data = Path.Combine(folder, "data");
        if (asOther)
        {
            // PostgreSQL refuses to run as root.
            Run("chown", "postgres", folder);
        }

        RunAsOwner("initdb", "-D", data, "-U", "trellis", "--auth=trust", "-E", "UTF8", "--no-sync");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(data);
        RunAsOwner("pg_ctl", "-D", data, "-w", "-l", Path.Combine(folder, "log"), "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=", "start");
    }

    public static PostgresServer Shared => Instance.Value;

    public static void SkipWhereThereIsNone() => Assert.SkipWhen(Binaries() is null, "PostgreSQL is not installed");

    public string CreateDatabase(string name)
    {
        RunAsOwner("psql", "-h", "127.0.0.1", "-p", $"{port}", "-U", "trellis", "-d", "postgres", "-qc", $"CREATE DATABASE {name}");
        return $"Host=127.0.0.1;Port={port};Username=trellis;Database={name}";
    }

    private static string? Binaries()
    {
        const string Debian = "/usr/lib/postgresql";
        var candidates = Directory.Exists(Debian) ? Directory.GetDirectories(Debian).OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")) : [];
        return candidates.FirstOrDefault(path => File.Exists(Path.Combine(path, "initdb")));
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Stop(string data)
    {
        RunAsOwner("pg_ctl", "-D", data, "-m", "immediate", "stop");
        Directory.Delete(folder, recursive: true);
    }

    private void RunAsOwner(string program, params string[] arguments)
    {
        var path = Path.Combine(binaries, program);
        if (asOther)
        {
            Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", path, .. arguments]);
        }
        else
        {
            Run(path, arguments);
        }
    }

    private void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start");
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
        }
    }
}
