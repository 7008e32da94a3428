using Trellis.Live.Tests.Kills;
using Trellis.Live.Tests.Processes;
using Trellis.Server.Api;

namespace Trellis.Live.Tests.Paper;

/// <summary>Paper trading as a process: the market is an exchange's, the fills are made up, and no order reaches it.</summary>
public sealed class PaperTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trellis-paper-");

    private string Wire => Path.Combine(folder.FullName, "wire.jsonl");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Orders_fill_on_paper_position_and_money_outlive_a_kill_and_nothing_reaches_the_exchange()
    {
        await using var exchange = await SimulatedExchange.StartAsync(folder.FullName, "--instrument", SimulatedExchange.Symbol, "--record", Wire);

        // It moves where it is told to, and not while nobody looks.
        await exchange.ControlAsync(HttpMethod.Post, "pause");
        var ladder = Ladder.Around(await exchange.LastPriceAsync());
        var bot = new BotFolder(folder.FullName, exchange) { IsPaper = true };
        bot.Configure($"dry_run: true\n{ladder.Bots}");
        decimal size, realized;
        await using (var victim = new BotAtWork(bot))
        {
            await victim.UntilAsync("the ladder stands", Ladder.IsWhole);
            var bought = Holding((await bot.StatusAsync())!);

            // Five lines down: whether the first of them was bought at the start hangs on which side of it the market began.
            await exchange.MoveToAsync(ladder.Middle - (5 * ladder.Step));
            await victim.UntilAsync("four more cells have bought", status => Ladder.IsWhole(status) && Holding(status) >= bought + 4);
            await exchange.MoveToAsync(ladder.Middle - ladder.Step);
            await victim.UntilAsync("cells have sold again", status => Ladder.IsWhole(status) && status.Bots[0].Realized != 0);
            var before = (await bot.StatusAsync())!;
            (size, realized) = (before.Markets[0].Size, before.Bots[0].Realized);
            await victim.KillAsync();
        }

        await using var running = new BotAtWork(bot);
        await running.UntilAsync("the ladder is back", Ladder.IsWhole);
        var after = (await bot.StatusAsync())!;
        after.Mode.ShouldBe("DRY RUN");
        after.Markets[0].Size.ShouldBe(size);
        after.Markets[0].ForeignSize.ShouldBe(0m);
        after.Bots[0].Realized.ShouldBe(realized);
        await exchange.MoveToAsync(ladder.Middle + (2 * ladder.Step));
        await running.UntilAsync("it trades on", status => Ladder.IsWhole(status) && status.Bots[0].Realized != realized);
        (await running.TerminateAsync()).ShouldBe(0, running.Error);
        var (code, output, error) = await bot.DoAsync("replay", "CONFIG");
        code.ShouldBe(0, output + error);

        var account = await exchange.AccountAsync();
        account.GetProperty("open_orders").GetInt32().ShouldBe(0);
        account.GetProperty("positions").GetArrayLength().ShouldBe(0);
        var requests = (await ReadAsync()).Where(line => line.Contains("\"request\"", StringComparison.Ordinal)).ToList();
        requests.ShouldNotBeEmpty();
        requests.ShouldAllBe(line => line.Contains("\"GET\"", StringComparison.Ordinal));
    }

    /// <summary>Cells that wait to sell what they have bought.</summary>
    private static int Holding(StatusMessage status) => status.Orders.Count(order => order.Side.Equals("sell", StringComparison.OrdinalIgnoreCase));

    private async Task<IReadOnlyList<string>> ReadAsync()
    {
        await using var file = new FileStream(Wire, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return (await reader.ReadToEndAsync()).Split('\n');
    }
}
