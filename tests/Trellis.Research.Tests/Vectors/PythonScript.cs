using System.ComponentModel;
using System.Diagnostics;

namespace Trellis.Research.Tests.Vectors;

/// <summary>Runs a script of tests/independent.</summary>
internal static class PythonScript
{
    /// <summary>Demands that the script finds nothing to complain about; skips the test where there is no Python.</summary>
    public static async Task Judge(string script, params IReadOnlyList<string> folders)
    {
        var start = new ProcessStartInfo("python3") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-B");
        start.ArgumentList.Add(Path.Combine(VectorFolder.Root, "tests", "independent", script));
        foreach (var folder in folders)
        {
            start.ArgumentList.Add(folder);
        }

        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (Win32Exception)
        {
            Assert.Skip("python3 is not installed: the independent implementation can't be run");
        }

        using (process)
        {
            var errors = process!.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            process.ExitCode.ShouldBe(0, output + await errors);
        }
    }
}
