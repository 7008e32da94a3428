using System.Diagnostics;
using System.Text.Json;
using Trellis.Core;
using Trellis.Live.Tests.Processes;
using Trellis.Server.Api;
using Trellis.Server.Control;
using Trellis.Simulator.Tests;

namespace Trellis.Live.Tests.Embedded;

/// <summary>What <c>trellis run examples/grid-btc.yaml</c> does for somebody who has nothing but the program.</summary>
public sealed class EmbeddedSimulatorTests : IDisposable
{
    private const int RuntimeFailure = 1;

    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("trellis-embedded-");

    public EmbeddedSimulatorTests() => File.WriteAllText(Example, Repository.Read("examples/grid-btc.yaml"));

    private string Example => Path.Combine(home.FullName, "grid-btc.yaml");

    private string ReadyFile => Path.Combine(home.FullName, "simulator", "binance-simulator-main.json");

    private string Socket => Path.Combine(home.FullName, "run", "binance-simulator-main.sock");

    public void Dispose()
    {
        // Where a test failed, its exchange may be left.
        if (File.Exists(ReadyFile) && SimulatorAsync().GetAwaiter().GetResult() is var left && IsRunning(left))
        {
            using var process = Process.GetProcessById(left);
            process.Kill();
            process.WaitForExit();
        }

        home.Delete(recursive: true);
    }

    [Fact]
    public async Task The_example_trades_on_an_exchange_of_its_own_which_survives_a_kill_and_ends_with_an_orderly_stop()
    {
        var killed = Start("run", Example);
        await UntilLadderAsync(killed, "the ladder stands");
        var simulator = await SimulatorAsync();
        await killed.KillAsync();
        await killed.DisposeAsync();
        IsRunning(simulator).ShouldBeTrue("an exchange goes on when a bot dies");

        await using var again = Start("run", Example);
        await UntilLadderAsync(again, "the ladder stands again");
        (await SimulatorAsync()).ShouldBe(simulator, "the next start finds it");
        (await again.TerminateAsync()).ShouldBe(0, again.Error);
        IsRunning(simulator).ShouldBeFalse("an orderly stop ends it");
    }

    [Fact]
    public async Task A_start_that_can_not_open_its_journal_ends_the_exchange_that_it_has_started_and_tells_of_the_journal()
    {
        var configuration = Path.Combine(home.FullName, "bot.yaml");
        await File.WriteAllTextAsync(configuration, await File.ReadAllTextAsync(Example, TestContext.Current.CancellationToken) + """

            storage:
              connection: Host=127.0.0.1;Port=9;Database=none;Username=nobody;Password=none;Timeout=5
            """, TestContext.Current.CancellationToken);
        await using var refused = Start("run", configuration);

        (await refused.WaitAsync(TrellisProcess.Patience)).ShouldBe(RuntimeFailure);
        refused.Error.ShouldContain("127.0.0.1");
        IsRunning(await SimulatorAsync()).ShouldBeFalse("it had started the exchange");
    }

    [Fact]
    public async Task A_start_that_can_not_open_its_journal_leaves_an_exchange_alone_that_was_there()
    {
        await using var first = Start("run", Example);
        await UntilLadderAsync(first, "the ladder stands");
        var simulator = await SimulatorAsync();
        await using var second = Start("run", Example);

        (await second.WaitAsync(TrellisProcess.Patience)).ShouldBe(RuntimeFailure, "one process at a time trades an account");
        IsRunning(simulator).ShouldBeTrue("the first one trades there");
        (await first.TerminateAsync()).ShouldBe(0, first.Error);
    }

    private TrellisProcess Start(params string[] command) =>
        TrellisProcess.Start(new Dictionary<string, string>(StringComparer.Ordinal) { ["TRELLIS_HOME"] = home.FullName }, command);

    private Task UntilLadderAsync(TrellisProcess process, string what) => Waiting.UntilAsync(what, TrellisProcess.Patience, async () =>
        process.HasExited ? throw new InvalidOperationException($"{what}: the program ended: {process.Output}{process.Error}") : await StatusAsync() is { IsReconciled: true } status && status.Orders.Count(order => order.State == "Open") > 20);

    private async Task<StatusMessage?> StatusAsync()
    {
        using var client = new ControlClient(Socket);
        try
        {
            return await client.StatusAsync(TestContext.Current.CancellationToken);
        }
        catch (RunException)
        {
            return null;
        }
    }

    /// <summary>The process of the exchange, as its file names it.</summary>
    private async Task<int> SimulatorAsync()
    {
        using var file = JsonDocument.Parse(await File.ReadAllBytesAsync(ReadyFile, TestContext.Current.CancellationToken));
        return file.RootElement.GetProperty("pid").GetInt32();
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
