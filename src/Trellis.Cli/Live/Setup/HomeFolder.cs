using Trellis.Configuration;

namespace Trellis.Cli.Live.Setup;

/// <summary>Where a live bot keeps what is its own: <c>TRELLIS_HOME</c>, else <c>~/.trellis</c>.</summary>
/// <param name="Path">That folder.</param>
/// <param name="User">The user's home folder.</param>
internal sealed record HomeFolder(string Path, string User)
{
    public const string Variable = "TRELLIS_HOME";

    /// <param name="environment">Looks up an environment variable; null where it is not set.</param>
    public static HomeFolder Find(Func<string, string?> environment)
    {
        var user = environment("HOME") ?? environment("USERPROFILE") ?? ".";
        return new HomeFolder(environment(Variable) is { Length: > 0 } folder ? folder : System.IO.Path.Combine(user, ".trellis"), user);
    }

    public string Database(LoadedConfiguration loaded) => loaded.Document.Storage.Path is { } path ? Locate(loaded, path) : System.IO.Path.Combine(Path, "trellis.db");

    public string Logs(LoadedConfiguration loaded) => loaded.Document.Logs.Folder is { } folder ? Locate(loaded, folder) : System.IO.Path.Combine(Path, "logs");

    /// <summary>A short name: the system takes at most about a hundred letters of a socket's path.</summary>
    public string Socket(string account) => System.IO.Path.Combine(Path, "run", $"{FileName(account)}.sock");

    public IEnumerable<string> Sockets() =>
        Directory.Exists(System.IO.Path.Combine(Path, "run")) ? Directory.EnumerateFiles(System.IO.Path.Combine(Path, "run"), "*.sock").Order(StringComparer.Ordinal) : [];

    /// <summary>What the simulator that belongs to an account keeps.</summary>
    public string Simulator(string account, string extension) => System.IO.Path.Combine(Path, "simulator", $"{FileName(account)}.{extension}");

    /// <summary>Where a paper account is kept.</summary>
    public string Paper(string account) => System.IO.Path.Combine(Path, "paper", $"{FileName(account)}.state");

    private static string FileName(string account) => account.Replace('/', '-');

    /// <summary>A path of the document: <c>~/</c> is the user's home, the rest is relative to the document.</summary>
    private string Locate(LoadedConfiguration loaded, string path) => path.StartsWith("~/", StringComparison.Ordinal) ? System.IO.Path.Combine(User, path[2..]) : loaded.Locate(path);
}
