using System.Diagnostics;

namespace Trellis.Storage.Tests.Databases;

/// <summary>A PostgreSQL server of this test run: on a free port, in a temporary folder, stopped with the process.</summary>
internal sealed class PostgresServer
{
    private static readonly Lazy<PostgresServer> Instance = new(() => new PostgresServer());
    private readonly string folder = Directory.CreateTempSubdirectory("trellis-postgres-").FullName;
    private readonly string data;
    private readonly string binaries;
    private readonly int port;
    private readonly bool asOther = Environment.UserName == "root";
    private bool isRunning;

    public PostgresServer()
    {
        binaries = Binaries() ?? throw new InvalidOperationException("PostgreSQL is not installed");
        port = FreePort();
        data = Path.Combine(folder, "data");
        if (asOther)
        {
            // PostgreSQL refuses to run as root.
            Run("chown", "postgres", folder);
        }

        RunAsOwner("initdb", "-D", data, "-U", "trellis", "--auth=trust", "-E", "UTF8", "--no-sync");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End();
        Start();
    }

    public static PostgresServer Shared => Instance.Value;

    public static bool IsInstalled => Binaries() is not null;

    public string CreateDatabase(string name)
    {
        RunAsOwner("psql", "-h", "127.0.0.1", "-p", $"{port}", "-U", "trellis", "-d", "postgres", "-qc", $"CREATE DATABASE {name}");
        return ConnectionText(name);
    }

    public string ConnectionText(string database) => $"Host=127.0.0.1;Port={port};Username=trellis;Database={database}";

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

    /// <summary>Starts it, the first time or after a <see cref="Stop"/>, on the same port.</summary>
    public void Start()
    {
        RunAsOwner("pg_ctl", "-D", data, "-w", "-l", Path.Combine(folder, "log"), "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=", "start");
        isRunning = true;
    }

    /// <summary>Ends it at once, as a crash does; what was committed is there after the next start.</summary>
    public void Stop()
    {
        RunAsOwner("pg_ctl", "-D", data, "-m", "immediate", "stop");
        isRunning = false;
    }

    private void End()
    {
        if (isRunning)
        {
            Stop();
        }

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
