using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Trellis.Cli.Simulator;
using Trellis.Configuration;
using Trellis.Configuration.Model;
using Trellis.Core;

namespace Trellis.Cli.Live.Setup;

/// <summary>
/// The exchange that a configuration without a real one trades on: a simulator in a process of its own, which goes on when the bot is killed, as a real
/// exchange would. The next start finds it again; an orderly stop ends it, and its state file keeps it until then.
/// </summary>
internal sealed class EmbeddedSimulator
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly int processId;
    private readonly TimeProvider time;

    private EmbeddedSimulator(Uri address, int processId, TimeProvider time)
    {
        Address = address;
        this.processId = processId;
        this.time = time;
    }

    public static string Key => AccountArguments.DefaultKey;

    public static string Secret => AccountArguments.DefaultSecret;

    public Uri Address { get; }

    /// <summary>Whether this start made it; else an earlier one did, and perhaps another process trades there.</summary>
    public bool IsNew { get; private init; }

    /// <exception cref="RunException">It does not start.</exception>
    public static async Task<EmbeddedSimulator> StartAsync(LoadedConfiguration loaded, LiveAccount account, HomeFolder home, TimeProvider time, CancellationToken cancellation)
    {
        var ready = home.Simulator(account.Key, "json");
        if (await FindAsync(ready, time, cancellation) is { } running)
        {
            return running;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(ready)!);
        var log = home.Simulator(account.Key, "log");
        using var process = Process.Start(Launch(Arguments(loaded, account, home, ready), log))
            ?? throw new RunException("the exchange simulator can't be started: the system gave no process");
        var since = time.GetTimestamp();
        while (true)
        {
            if (await FindAsync(ready, time, cancellation) is { } started)
            {
                return new EmbeddedSimulator(started.Address, started.processId, time) { IsNew = started.processId == process.Id };
            }

            if (process.HasExited || time.GetElapsedTime(since) > Patience)
            {
                throw new RunException($"the exchange simulator {(process.HasExited ? $"ended with {process.ExitCode}" : $"was not ready within {Patience.TotalSeconds:0} s")}: {Tail(log)}");
            }

            await Task.Delay(Look, time, cancellation);
        }
    }

    /// <summary>Ends it in order; a killed one would lose nothing either.</summary>
    public async Task StopAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            using var process = Process.GetProcessById(processId);
            using var kill = Process.Start(new ProcessStartInfo("kill", ["-TERM", processId.ToString(CultureInfo.InvariantCulture)]) { UseShellExecute = false, RedirectStandardError = true });
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5), time);
            await process.WaitForExitAsync(patience.Token);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or OperationCanceledException or System.ComponentModel.Win32Exception)
        {
            // It has ended already, or takes its time: nothing depends on it.
        }
    }

    /// <summary>The start has failed otherwise: an exchange that it made ends again, one that was there goes on, and one that did not come up is no news beside that failure.</summary>
    public static async Task EndNewAsync(Task<EmbeddedSimulator> starting)
    {
        try
        {
            if (await starting is { IsNew: true } simulator)
            {
                await simulator.StopAsync();
            }
        }
        catch (Exception error) when (error is RunException or OperationCanceledException)
        {
            // As the summary says.
        }
    }

    private static List<string> Arguments(LoadedConfiguration loaded, LiveAccount account, HomeFolder home, string ready)
    {
        var document = loaded.Document;
        var options = document.Exchange.Simulator ?? new EmbeddedSimulatorOptions();
        var symbols = document.Bots.Select(bot => document.FindInstruments(bot.Instrument)[0].Symbol).Distinct(StringComparer.Ordinal);
        List<string> arguments =
        [
            "exchange-sim", "--port", "0", "--ready-file", ready, "--state", home.Simulator(account.Key, "state"),
            "--instrument", string.Join(',', symbols),
            "--balance", $"USDT={document.Account.Balance.ToString(CultureInfo.InvariantCulture)}",
            "--speed", options.Speed,
            "--seed", options.Seed.ToString(CultureInfo.InvariantCulture),
            "--fill-rule", options.FillRule.ToString().ToLowerInvariant(),
            "--quiet", options.QuietMs.ToString(CultureInfo.InvariantCulture),
        ];
        if (document.Account.PositionMode == PositionMode.Hedge)
        {
            arguments.Add("--hedge");
        }

        foreach (var file in options.Data ?? [])
        {
            var at = file.IndexOf('=', StringComparison.Ordinal);
            arguments.AddRange(["--data", at < 0 ? loaded.Locate(file) : $"{file[..at]}={loaded.Locate(file[(at + 1)..])}"]);
        }

        return arguments;
    }

    /// <summary>In a session of its own, so that the terminal's Ctrl-C reaches the bot alone, and with its words in a file, so that they outlive the bot.</summary>
    private static ProcessStartInfo Launch(List<string> arguments, string log)
    {
        var program = Environment.ProcessPath ?? throw new RunException("the exchange simulator can't be started: the system does not tell where this program is");
        List<string> command = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, Environment.GetCommandLineArgs()[0], .. arguments] : [program, .. arguments];
        if (OperatingSystem.IsWindows())
        {
            return new ProcessStartInfo(command[0], command.Skip(1)) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        }

        const string Script = "log=$1; shift; if command -v setsid >/dev/null; then exec setsid \"$@\" >>\"$log\" 2>&1 </dev/null; else exec \"$@\" >>\"$log\" 2>&1 </dev/null; fi";
        return new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", log, .. command]);
    }

    private static async Task<EmbeddedSimulator?> FindAsync(string ready, TimeProvider time, CancellationToken cancellation)
    {
        if (!File.Exists(ready))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(ready, cancellation));
            var id = document.RootElement.GetProperty("pid").GetInt32();
            var address = new Uri(document.RootElement.GetProperty("rest").GetString()!);
            using var process = Process.GetProcessById(id);
            using var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(2) };
            using var answer = await client.GetAsync("/fapi/v1/ping", cancellation);
            return answer.IsSuccessStatusCode ? new EmbeddedSimulator(address, id, time) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or ArgumentException or InvalidOperationException or HttpRequestException or TaskCanceledException or KeyNotFoundException)
        {
            cancellation.ThrowIfCancellationRequested();
            return null;
        }
    }

    private static string Tail(string log)
    {
        try
        {
            return File.ReadAllLines(log).LastOrDefault(line => line.Length > 0) ?? "it said nothing";
        }
        catch (IOException)
        {
            return "it said nothing";
        }
    }
}
