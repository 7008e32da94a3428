using Trellis.Live.Tests.Kills;
using Trellis.Live.Tests.Processes;
using Trellis.Storage.Tests.Databases;

namespace Trellis.Live.Tests.Faults;

/// <summary>What goes wrong around a bot at work: it says so, holds what it must, and goes on by itself.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trellis-fault-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Lost_streams_come_back_and_fills_meanwhile_are_booked()
    {
        await using var exchange = await StartExchangeAsync();
        var ladder = Ladder.Around(await exchange.LastPriceAsync());
        var bot = new BotFolder(folder.FullName, exchange);
        await using var running = await StartAsync(bot, ladder);

        await exchange.ControlAsync(HttpMethod.Post, "streams/close", """{ "streams": "all" }""");
        await exchange.MoveToAsync(ladder.Middle - (3 * ladder.Step));

        await running.UntilAsync("streams, position and ladder are back", async status =>
            Ladder.IsWhole(status) && status.Health is { MarketStreamUp: true, UserStreamUp: true } && await exchange.SizeAsync() == status.Markets[0].Size);
        running.Output.ShouldContain("market-stream-lost");
    }

    [Fact]
    public async Task A_clock_that_is_ten_seconds_off_is_told_and_does_not_keep_orders_from_being_taken()
    {
        await using var exchange = await StartExchangeAsync();
        await exchange.ControlAsync(HttpMethod.Post, "skew", """{ "milliseconds": 10500 }""");
        var ladder = Ladder.Around(await exchange.LastPriceAsync());
        var bot = new BotFolder(folder.FullName, exchange);
        await using var running = await StartAsync(bot, ladder);

        (await bot.StatusAsync())!.Health.ClockOffset.ShouldBeInRange(9_500, 11_500);
        running.Error.ShouldContain("off the exchange's");
    }

    [Fact]
    public async Task A_database_that_is_gone_is_told_and_what_adds_risk_waits_until_it_is_back()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed");
        var server = new PostgresServer();
        await using var exchange = await StartExchangeAsync();
        var ladder = Ladder.Around(await exchange.LastPriceAsync());
        var bot = new BotFolder(folder.FullName, exchange) { Connection = server.CreateDatabase("gone") };
        await using var running = await StartAsync(bot, ladder);

        server.Stop();
        await exchange.MoveToAsync(ladder.Middle - (3 * ladder.Step));
        await running.UntilAsync("the trouble is told", status => status.Health.StorageTrouble.Length > 0 && status.Health.Committed < status.Health.Sequence);

        server.Start();
        await running.UntilAsync("the journal is whole and the ladder stands", async status =>
            Ladder.IsWhole(status) && status.Health.StorageTrouble.Length == 0 && status.Health.Committed == status.Health.Sequence && await exchange.SizeAsync() == status.Markets[0].Size);
        (await running.TerminateAsync()).ShouldBe(0, running.Error);
        var (code, output, error) = await bot.DoAsync("replay", "CONFIG");
        code.ShouldBe(0, output + error);
    }

    private Task<SimulatedExchange> StartExchangeAsync() => SimulatedExchange.StartAsync(folder.FullName, "--instrument", SimulatedExchange.Symbol, "--balance", "USDT=20000");

    private static async Task<BotAtWork> StartAsync(BotFolder bot, Ladder ladder)
    {
        bot.Configure(ladder.Bots);
        var running = new BotAtWork(bot);
        await running.UntilAsync("the ladder stands", Ladder.IsWhole);
        return running;
    }
}
