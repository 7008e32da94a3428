using System.Diagnostics;
using Trellis.Core;

namespace Trellis.Bench.Topics;

/// <summary>How a command ended.</summary>
/// <param name="PeakBytes">High-water mark of its resident memory.</param>
/// <param name="Cpu">Nanoseconds that all its threads computed, but for what came after the last asking.</param>
/// <param name="FirstLine">Of standard error, or of standard output where that is empty.</param>
internal readonly record struct CommandResult(int ExitCode, double PeakBytes, double Cpu, string FirstLine);

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

    /// <summary>Starts it and does not wait.</summary>
    public Process Start(IEnumerable<(string Name, string Value)> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(root, "trellis"), arguments)
        {
            WorkingDirectory = root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public CommandResult Run(params string[] arguments)
    {
        using var process = Start([], arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var (peak, cpu) = (0L, TimeSpan.Zero);
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(3)))
        {
            try
            {
                process.Refresh();
                peak = Math.Max(peak, process.PeakWorkingSet64);
                cpu = process.TotalProcessorTime;
            }
            catch (InvalidOperationException)
            {
                // It ended between the two questions.
                break;
            }
        }

        process.WaitForExit();
        var text = errors.Result.Length > 0 ? errors.Result : output.Result;
        return new CommandResult(process.ExitCode, peak, cpu.TotalNanoseconds, text.Split('\n')[0]);
    }
}
