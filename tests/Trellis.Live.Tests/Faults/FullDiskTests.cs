using Trellis.Live.Tests.Kills;
using Trellis.Live.Tests.Processes;

namespace Trellis.Live.Tests.Faults;

/// <summary>The disk of journal and logs is full.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trellis-full-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_full_disk_is_told_no_order_leaves_uncommitted_and_all_goes_on_when_there_is_room()
    {
        await using var exchange = await SimulatedExchange.StartAsync(folder.FullName, "--instrument", SimulatedExchange.Symbol, "--balance", "USDT=20000");
        var ladder = Ladder.Around(await exchange.LastPriceAsync());
        var bot = new BotFolder(folder.FullName, exchange);
        using var disk = SmallDisk.TryMount(bot.Home);
        Assert.SkipUnless(disk is not null, "no file system can be mounted here");
        bot.Configure(ladder.Bots);
        await using var running = new BotAtWork(bot);
        await running.UntilAsync("the ladder stands", Ladder.IsWhole);

        disk.Fill();
        await exchange.MoveToAsync(ladder.Middle - (3 * ladder.Step));
        await running.UntilAsync("it is told", status => status.Health.StorageTrouble.Contains("the disk is full", StringComparison.Ordinal) && status.Health.Committed < status.Health.Sequence);
        await running.UntilAsync("the fills are booked in memory", async status => await exchange.SizeAsync() == status.Markets[0].Size);

        // Three cells have bought. What would sell again is decided, and stays here, but for what there was still room to write down.
        var open = (await exchange.SendAsync(HttpMethod.Get, "/fapi/v1/openOrders", "symbol=" + SimulatedExchange.Symbol)).EnumerateArray().Select(order => order.GetProperty("clientOrderId").GetString()!).ToList();
        open.Count.ShouldBeLessThan(Ladder.Cells);
        open.Except(await JournalProbe.OrdersAsync(bot), StringComparer.Ordinal).ShouldBeEmpty();

        disk.Free();
        await running.UntilAsync("the journal is whole and the ladder stands", async status =>
            Ladder.IsWhole(status) && status.Health.StorageTrouble.Length == 0 && status.Health.Committed == status.Health.Sequence && await exchange.SizeAsync() == status.Markets[0].Size);
        (await running.TerminateAsync()).ShouldBe(0, running.Error);
        var (code, output, error) = await bot.DoAsync("replay", "CONFIG");
        code.ShouldBe(0, output + error);
    }
}
