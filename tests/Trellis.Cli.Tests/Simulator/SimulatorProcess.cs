using System.Diagnostics;
using System.Text.Json;
using Trellis.Cli.Shell;

namespace Trellis.Cli.Tests.Simulator;

/// <summary>The real program as a process of its own, which can be killed.</summary>
internal sealed class SimulatorProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private SimulatorProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public int Port { get; private set; }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>What it wrote to standard output; only after its end.</summary>
    public string Output => _output.Result;

    public string Error => _error.Result;

    /// <summary>Starts <c>exchange-sim</c> on a free port and returns when it is ready.</summary>
    public static async Task<SimulatorProcess> StartAsync(string readyFile, params string[] arguments)
    {
        File.Delete(readyFile);
        var start = new ProcessStartInfo("dotnet", [typeof(CommandRunner).Assembly.Location, "exchange-sim", "--port", "0", "--ready-file", readyFile, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        var program = new SimulatorProcess(Process.Start(start)!);
        var started = TimeProvider.System.GetTimestamp();
        while (!File.Exists(readyFile))
        {
            if (program._process.HasExited || TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                await program.DisposeAsync();
                throw new InvalidOperationException($"the simulator is not ready: {program.Error}");
            }

            await Task.Delay(5);
        }

        using var ready = JsonDocument.Parse(await File.ReadAllTextAsync(readyFile));
        program.Port = ready.RootElement.GetProperty("port").GetInt32();
        return program;
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, and returns its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{Id}"]);
        await _process.WaitForExitAsync();
        await Task.WhenAll(_output, _error);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        await Task.WhenAll(_output, _error);
        _process.Dispose();
    }
}
