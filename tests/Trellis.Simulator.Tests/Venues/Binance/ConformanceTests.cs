using System.Diagnostics;
using System.Net;
using System.Text;
using Trellis.Simulator.Tests.Markets;
using Trellis.Simulator.Venues.Binance;

namespace Trellis.Simulator.Tests.Venues.Binance;

/// <summary>
/// Clients that we did not write (ccxt and the npm package "binance", tests/conformance) trade on the whole simulator, unchanged: at the
/// official addresses, whose connections are led here, and at an address that they are given.
/// </summary>
public sealed class ConformanceTests
{
    private static readonly Lazy<Task<string>> Restored = new(RestoreAsync);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData("official")]
    [InlineData("address")]
    public async Task Clients_that_we_did_not_write_trade_unchanged(string dial)
    {
        Assert.SkipWhen(Find("node") is null || Find("npm") is null, "node and npm are not installed");
        var folder = await Restored.Value;
        await using var simulator = await ExchangeSimulator.StartAsync(
            new SimulatorOptions
            {
                EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
                Accounts = [new SimulatedAccount("main", "conformance-key", "conformance-secret", 10_000m)],
                OpenVenue = static context => new BinanceVenue(context),
                Market = SomeMarket.Options with { Instruments = ["BTCUSDT", "ETHUSDT"] },
                ControlToken = "conformance",
                Program = "test",
            },
            TimeProvider.System,
            static _ => { });

        var (code, output) = await RunAsync(
            Find("node")!, folder, "conform.mjs", "--address", $"{simulator.EndPoint}", "--key", "conformance-key", "--secret", "conformance-secret", "--dial", dial);

        TestContext.Current.TestOutputHelper?.WriteLine(output);
        code.ShouldBe(0, output);
        output.ShouldContain(" 0 failed");
    }

    /// <summary>Copies the scripts below artifacts and restores exactly the packages of the lock file, once a test run.</summary>
    private static async Task<string> RestoreAsync()
    {
        var source = Path.Combine(Root(), "tests", "conformance");
        var folder = Directory.CreateDirectory(Path.Combine(Root(), "artifacts", "conformance")).FullName;
        var wanted = await File.ReadAllTextAsync(Path.Combine(source, "package-lock.json"));
        var kept = Path.Combine(folder, "package-lock.json");
        var isRestored = File.Exists(kept) && await File.ReadAllTextAsync(kept) == wanted && File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json"));
        foreach (var file in Directory.EnumerateFiles(source, "*.mjs").Concat(Directory.EnumerateFiles(source, "package*.json")))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        if (!isRestored)
        {
            var (code, output) = await RunAsync(Find("npm")!, folder, "ci", "--no-audit", "--no-fund", "--ignore-scripts");
            Assert.SkipWhen(code != 0, $"npm could not restore the packages of tests/conformance: {output}");
        }

        return folder;
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Add(output, line.Data);
        process.ErrorDataReceived += (_, line) => Add(output, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Add(output, $"stopped after {Patience.TotalMinutes} minutes");
            return (-1, Text(output));
        }

        return (process.ExitCode, Text(output));
    }

    private static void Add(StringBuilder output, string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }

    private static string Text(StringBuilder output)
    {
        lock (output)
        {
            return output.ToString();
        }
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Trellis.slnx")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Trellis.slnx lies in no folder above the tests");
        }

        return folder.FullName;
    }
}
