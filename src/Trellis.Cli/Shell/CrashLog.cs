using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Trellis.Cli.Shell;

/// <summary>Keeps what the screen is spared: the stack trace of a defect, in a file that only its owner may read.</summary>
internal sealed class CrashLog(string folder, TimeProvider time)
{
    /// <summary>
    /// Writes the exception and the command's name (never its arguments, which may hold a secret) and returns the path,
    /// or null when the folder takes no file.
    /// </summary>
    public string? TryWrite(Exception exception, string command)
    {
        var now = time.GetUtcNow();
        var stamp = now.ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
        var path = Path.Combine(folder, $"trellis-crash-{stamp}-{Environment.ProcessId}.log");
        var version = typeof(CrashLog).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var writer = new StreamWriter(path, options);
            writer.WriteLine($"trellis {version}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}");
            writer.WriteLine($"{now:yyyy-MM-ddTHH:mm:ssZ}, command: {command}");
            writer.WriteLine(exception);
            return path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
