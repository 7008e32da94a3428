using System.Globalization;
using System.Text.Json;
using Trellis.Core;
using Trellis.Server.Api;
using Trellis.Server.Control;

namespace Trellis.Live.Tests.Processes;

/// <summary>A bot's home and configuration, and the commands of the program on them.</summary>
/// <param name="Folder">Temporary.</param>
/// <param name="Exchange">Where it trades.</param>
internal sealed record BotFolder(string Folder, SimulatedExchange Exchange)
{
    /// <summary>A connection string of PostgreSQL; null keeps the journal in SQLite.</summary>
    public string? Connection { get; init; }

    /// <summary>Its account is on paper.</summary>
    public bool IsPaper { get; init; }

    public string Key { get; init; } = SimulatedExchange.Key;

    public string Home => Path.Combine(Folder, "home");

    public string Configuration => Path.Combine(Folder, "bot.yaml");

    public string Database => Path.Combine(Home, "trellis.db");

    public string Logs => Path.Combine(Home, "logs");

    private string Socket => Path.Combine(Home, "run", IsPaper ? "binance-paper-main.sock" : "binance-simulator-main.sock");

    /// <param name="bots">The section <c>bots</c> and others, as YAML.</param>
    /// <param name="exchange">More lines of the section <c>exchange</c>, indented.</param>
    public void Configure(string bots, string exchange = "")
    {
        Directory.CreateDirectory(Home);
        File.WriteAllText(Configuration, $"""
            exchange:
              type: binance
              address: {Exchange.Address.OriginalString}
              api_key: {Key}
              api_secret: {SimulatedExchange.Secret}
            {exchange}
            storage:
              {(Connection is null ? $"path: {Database}" : $"connection: {Connection}")}
            instruments:
              - symbol: {SimulatedExchange.Symbol}
                exchange: binance
                market: perp
            {bots}
            """);
    }

    /// <param name="command">And its arguments; CONFIG stands for the configuration.</param>
    /// <param name="killAt">Point at which the process kills itself; null for none.</param>
    public TrellisProcess Start(IEnumerable<string> command, string? killAt = null)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["TRELLIS_HOME"] = Home };
        if (killAt is not null)
        {
            environment["TRELLIS_KILL_AT"] = killAt;
        }

        return TrellisProcess.Start(environment, command.Select(part => part == "CONFIG" ? Configuration : part));
    }

    public TrellisProcess Run(string? killAt = null) => Start(["run", "CONFIG"], killAt);

    /// <summary>Runs a command to its end.</summary>
    public async Task<(int ExitCode, string Output, string Error)> DoAsync(params string[] command)
    {
        await using var process = Start(command);
        var code = await process.WaitAsync(TrellisProcess.Patience);
        return (code, process.Output, process.Error);
    }

    /// <summary>What <c>trellis status --json</c> prints, over the same socket; null where nobody listens.</summary>
    public async Task<StatusMessage?> StatusAsync()
    {
        using var client = new ControlClient(Socket);
        try
        {
            return await client.StatusAsync(CancellationToken.None);
        }
        catch (RunException)
        {
            return null;
        }
    }

    /// <summary>The command itself, and that it says what it must.</summary>
    public async Task<StatusMessage> PrintedStatusAsync()
    {
        var (code, output, error) = await DoAsync("status", "--json");
        return code == 0
            ? JsonSerializer.Deserialize(output, ApiJson.Default.StatusMessage)!
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"trellis status --json ended with {code}: {error}"));
    }

    /// <summary>Throws or releases the kill switch; the process may die of it before it answers.</summary>
    public async Task KillSwitchAsync(bool on)
    {
        using var client = new ControlClient(Socket);
        try
        {
            await client.KillAsync(on, new CommandMessage(By: "test"), CancellationToken.None);
        }
        catch (RunException)
        {
            // Whether it was taken shows in what follows.
        }
    }
}
