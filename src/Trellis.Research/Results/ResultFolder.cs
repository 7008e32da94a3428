using System.Security.Cryptography;
using System.Text;
using Trellis.Core;
using Trellis.Research.Backtesting;
using Trellis.Research.Reports;

namespace Trellis.Research.Results;

/// <summary>
/// Writes a result as a folder of <c>result.json</c>, <c>fills.csv</c>, <c>equity.csv</c>, <c>chart.json</c> and <c>report.html</c>. The folder appears whole or not at all:
/// it is written under another name beside its place and renamed.
/// </summary>
public static class ResultFolder
{
    private static readonly string[] Files = ["result.json", "fills.csv", "equity.csv", "chart.json", ReportPage.FileName, ResultSums.FileName];
    private static int written;

    /// <summary>The folder gets the name of the configuration and the first 8 hex digits of the SHA-256 of its <c>result.json</c>.</summary>
    /// <param name="parent">Made where it is missing.</param>
    /// <returns>The result, and the folder that it is in.</returns>
    /// <exception cref="RunException">The file system refuses.</exception>
    public static (BacktestResult Result, string Path) WriteBelow(string parent, RunDescription run, BacktestSetup setup, RunOutcome outcome) =>
        Write(parent, json => Path.Combine(parent, $"{run.Name}-{Convert.ToHexStringLower(SHA256.HashData(json))[..8]}"), run, setup, outcome);

    /// <summary>The folder is the given one; an older result in it is replaced.</summary>
    /// <exception cref="ConfigurationException">The folder holds something else.</exception>
    /// <exception cref="RunException">The file system refuses.</exception>
    public static (BacktestResult Result, string Path) WriteTo(string path, RunDescription run, BacktestSetup setup, RunOutcome outcome)
    {
        Check(path);
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Write(Path.GetDirectoryName(full) ?? full, _ => path, run, setup, outcome);
    }

    /// <summary>Looks before a run whether its result could go there.</summary>
    /// <exception cref="ConfigurationException">The path is a file, or a folder that holds more than an older result.</exception>
    public static void Check(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new ConfigurationException("--out is empty; give the folder that the result should go to");
        }

        if (File.Exists(path))
        {
            throw new ConfigurationException($"{path} is a file; a result is a folder. Choose another --out");
        }

        if (!Directory.Exists(path))
        {
            return;
        }

        if (Directory.EnumerateFileSystemEntries(path).FirstOrDefault(entry => !Files.Contains(Path.GetFileName(entry), StringComparer.Ordinal) || !File.Exists(entry)) is { } foreign)
        {
            throw new ConfigurationException($"{path} holds '{Path.GetFileName(foreign)}', which is no part of a result; nothing was written. Choose another --out, a new folder or one with an older result");
        }

        if (Directory.EnumerateFileSystemEntries(path).Any() && !HoldsResult(path))
        {
            throw new ConfigurationException($"{path} is not empty and its {Files[0]} is no result of Trellis; nothing was written. Choose another --out, a new folder or one with an older result");
        }
    }

    private static bool HoldsResult(string path)
    {
        var file = new FileInfo(Path.Combine(path, Files[0]));
        if (!file.Exists || file.Length == 0)
        {
            return false;
        }

        using var reader = file.OpenText();
        var start = new char[200];
        return start.AsSpan(0, reader.ReadBlock(start)) is var text && text.Contains("\"schema_version\"", StringComparison.Ordinal) && text.Contains("\"trellis\"", StringComparison.Ordinal);
    }

    private static (BacktestResult Result, string Path) Write(string parent, Func<byte[], string> place, RunDescription run, BacktestSetup setup, RunOutcome outcome)
    {
        var temporary = Path.Combine(parent, $".trellis-{Environment.ProcessId}-{Interlocked.Increment(ref written)}.tmp");
        try
        {
            try
            {
                Directory.CreateDirectory(temporary);
                var result = Summarize(temporary, run, setup, outcome);
                var json = ResultJson.Write(result);
                File.WriteAllBytes(Path.Combine(temporary, Files[0]), json);
                File.WriteAllBytes(Path.Combine(temporary, Files[3]), ChartJson.Write(setup, outcome, result.FillsSha256));
                ResultSums.Write(temporary);
                ReportPage.Write(temporary, Path.Combine(temporary, ReportPage.FileName));
                var path = place(json);
                MoveInto(path, temporary);
                return (result, path);
            }
            finally
            {
                if (Directory.Exists(temporary))
                {
                    Directory.Delete(temporary, recursive: true);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"{parent}: the result can't be written: {error.Message}. Check the folder's permissions and free space, or choose another with --out", error);
        }
    }

    private static BacktestResult Summarize(string folder, RunDescription run, BacktestSetup setup, RunOutcome outcome)
    {
        using var fills = Create(Path.Combine(folder, Files[1]));
        using var equity = Create(Path.Combine(folder, Files[2]));
        return BacktestResult.Of(run, setup, outcome, fills, equity);
    }

    private static StreamWriter Create(string path) => new(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);

    private static void MoveInto(string path, string temporary)
    {
        if (!Directory.Exists(path))
        {
            Directory.Move(temporary, path);
            return;
        }

        // The older result steps aside first: at no instant is a mixture of both in its place.
        var old = temporary + ".old";
        Directory.Move(path, old);
        try
        {
            Directory.Move(temporary, path);
        }
        catch
        {
            Directory.Move(old, path);
            throw;
        }

        Directory.Delete(old, recursive: true);
    }
}
