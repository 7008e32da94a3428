using Trellis.Configuration.Model;

namespace Trellis.Cli.Live.Setup;

/// <summary>Where a live bot keeps what is its own: <c>TRELLIS_HOME</c>, else <c>~/.trellis</c>.</summary>
internal sealed record HomeFolder(string Path)
{
    public const string Variable = "TRELLIS_HOME";

    /// <param name="environment">Looks up an environment variable; null where it is not set.</param>
    public static HomeFolder Find(Func<string, string?> environment) => new(environment(Variable) is { Length: > 0 } folder
        ? folder
        : System.IO.Path.Combine(environment("HOME") ?? environment("USERPROFILE") ?? ".", ".trellis"));

    public string Database(StorageOptions options) => options.Path is { } path ? Expand(path) : System.IO.Path.Combine(Path, "trellis.db");

    public string Logs(LogOptions options) => options.Folder is { } folder ? Expand(folder) : System.IO.Path.Combine(Path, "logs");

    /// <summary>A short name: the system takes at most about a hundred letters of a socket's path.</summary>
    public string Socket(string account) => System.IO.Path.Combine(Path, "run", $"{FileName(account)}.sock");

    public IEnumerable<string> Sockets() =>
        Directory.Exists(System.IO.Path.Combine(Path, "run")) ? Directory.EnumerateFiles(System.IO.Path.Combine(Path, "run"), "*.sock").Order(StringComparer.Ordinal) : [];

    /// <summary>What the simulator that belongs to an account keeps.</summary>
    public string Simulator(string account, string extension) => System.IO.Path.Combine(Path, "simulator", $"{FileName(account)}.{extension}");

    private static string FileName(string account) => account.Replace('/', '-');

    private string Expand(string path) => path.StartsWith("~/", StringComparison.Ordinal) ? System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path) ?? ".", path[2..]) : path;
}
