using Trellis.Cli.Shell;

namespace Trellis.Cli.Tests;

/// <summary>Runs whole command lines as the program does, in a temporary folder.</summary>
internal sealed class CommandLine : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("trellis-backtest-").FullName;

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Writes a configuration and returns its path.</summary>
    public string Configuration(string text, string name = "bot.yaml")
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public async Task<(int ExitCode, string Output, string Error)> Run(params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var reporter = new ErrorReporter(error, color: false, new CrashLog(Folder, TimeProvider.System));
        var exitCode = await new CommandRunner(output, error, reporter, interruption: null).RunAsync(CommandTree.Create(), arguments);
        return (exitCode, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
