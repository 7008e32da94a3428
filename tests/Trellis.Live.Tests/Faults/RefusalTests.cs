using Trellis.Live.Tests.Kills;
using Trellis.Live.Tests.Processes;

namespace Trellis.Live.Tests.Faults;

/// <summary>What the program does not begin, and how it says so.</summary>
public sealed class RefusalTests : IDisposable
{
    private const int RuntimeFailure = 1;
    private const int WrongConfiguration = 2;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trellis-refuse-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Wrong_keys_end_the_start_with_what_the_exchange_said()
    {
        await using var exchange = await SimulatedExchange.StartAsync(folder.FullName, "--instrument", SimulatedExchange.Symbol);
        var bot = new BotFolder(folder.FullName, exchange) { Key = "not-a-key" };
        bot.Configure(Ladder.Around(await exchange.LastPriceAsync()).Bots);

        var (code, _, error) = await bot.DoAsync("run", "CONFIG");

        code.ShouldBe(RuntimeFailure);
        error.ShouldContain("-2014");
        error.ShouldNotContain(SimulatedExchange.Secret);
    }

    [Fact]
    public async Task Opposite_bots_on_one_instrument_are_refused_outside_hedge_mode()
    {
        await using var exchange = await SimulatedExchange.StartAsync(folder.FullName, "--instrument", SimulatedExchange.Symbol);
        var bot = new BotFolder(folder.FullName, exchange);
        bot.Configure(Ladder.Around(await exchange.LastPriceAsync()).OppositeBots);

        var (code, _, error) = await bot.DoAsync("run", "CONFIG");

        code.ShouldBe(WrongConfiguration);
        error.ShouldContain("in one-way mode the exchange nets opposite positions");
        (await exchange.ControlAsync(HttpMethod.Get, "accounts/main")).GetProperty("open_orders").GetInt32().ShouldBe(0);
    }
}
