using System.Diagnostics;
using Trellis.Core;

namespace Trellis.Bench.Topics;

/// <summary>How a command ended.</summary>
/// <param name="PeakBytes">High-water mark of its resident memory.</param>
/// <param name="FirstLine">Of standard error, or of standard output where that is empty.</param>
internal readonly record struct CommandResult(int ExitCode, double PeakBytes, string FirstLine);

/// <summary>The command ./trellis of the repository that the bench was built in.</summary>
internal sealed class Command(string root)
{
    /// <exception cref="RunException">The bench does not lie in a repository.</exception>
    public static Command AtRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Trellis.slnx")))
            {
                return new Command(folder.FullName);
            }
        }

        throw new RunException($"bench: no Trellis.slnx above {AppContext.BaseDirectory}; run ./bench in the repository");
    }

    public bool HasFile(string path) => File.Exists(Path.Combine(root, path));

    public CommandResult Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(root, "trellis"), arguments)
        {
            WorkingDirectory = root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var peak = 0L;
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(3)))
        {
            peak = Math.Max(peak, PeakOf(process));
        }

        var text = errors.Result.Length > 0 ? errors.Result : output.Result;
        return new CommandResult(process.ExitCode, peak, text.Split('\n')[0]);
    }

    private static long PeakOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It ended between the two questions.
            return 0;
        }
    }
}
