using System.Text.Json;
using Trellis.Live.Tests.Kills;
using Trellis.Live.Tests.Processes;

namespace Trellis.Live.Tests.Faults;

/// <summary>The exchange lets nobody in, or not this key: the bot says so, holds, and goes on by itself when it may.</summary>
public sealed class ShutOutTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trellis-out-");

    private string Wire => Path.Combine(folder.FullName, "wire.jsonl");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task While_its_address_is_banned_a_bot_sends_nothing_and_goes_on_when_the_ban_ends()
    {
        const int Seconds = 8;

        // What was under way together when the first of them was told of the ban.
        const int MostAtOnce = 8;
        await using var exchange = await StartExchangeAsync("--record", Wire);
        var ladder = Ladder.Around(await exchange.LastPriceAsync());
        var bot = new BotFolder(folder.FullName, exchange);
        bot.Configure(ladder.Bots);
        await using var running = new BotAtWork(bot);
        await running.UntilAsync("the ladder stands", Ladder.IsWhole);

        var until = (await exchange.ControlAsync(HttpMethod.Post, "ban", $$"""{ "seconds": {{Seconds}} }""")).GetProperty("banned_until").GetInt64();
        for (var step = 0; step < 12; step++)
        {
            // Fills are told by the stream all along, and each wants an order.
            await exchange.MoveToAsync(ladder.Middle + (((step % 2 == 0) ? 3 : -3) * ladder.Step));
        }

        await running.UntilAsync("the ban is told", _ => running.Output.Contains("banned", StringComparison.Ordinal));
        await running.UntilAsync("the ladder is back", async status => Ladder.IsWhole(status) && await exchange.SizeAsync() == status.Markets[0].Size);

        // To the second: the exchange says how many are left, rounded up.
        var told = DateTimeOffset.FromUnixTimeMilliseconds(until);
        new[] { told, told.AddSeconds(1), told.AddSeconds(2) }.ShouldContain(time => running.Output.Contains($"until {time:yyyy-MM-dd'T'HH:mm:ss'Z'}", StringComparison.Ordinal), running.Output);
        await running.UntilAsync("the end of the ban is told", _ => running.Output.Contains("ban-over", StringComparison.Ordinal));
        (await AnswersAsync(418)).ShouldBeInRange(1, MostAtOnce);
        (await running.TerminateAsync()).ShouldBe(0, running.Error);
    }

    [Fact]
    public async Task A_key_whose_rights_are_withdrawn_holds_the_bot_until_they_are_given_back()
    {
        await using var exchange = await StartExchangeAsync("--record", Wire);
        var ladder = Ladder.Around(await exchange.LastPriceAsync());
        var bot = new BotFolder(folder.FullName, exchange);
        bot.Configure(ladder.Bots);
        await using var running = new BotAtWork(bot);
        await running.UntilAsync("the ladder stands", Ladder.IsWhole);

        await exchange.ControlAsync(HttpMethod.Post, "keys", """{ "accepted": false }""");
        for (var step = 1; step <= 4; step++)
        {
            await exchange.MoveToAsync(ladder.Middle - (step * ladder.Step));
        }

        await running.UntilAsync("it is told", status => status.Forbidden.Contains("-2015", StringComparison.Ordinal));
        await running.UntilAsync("the fills are booked", async status => await exchange.SizeAsync() == status.Markets[0].Size);
        var refused = await AnswersAsync(401);
        (await exchange.AccountAsync()).GetProperty("open_orders").GetInt32().ShouldBeLessThan(Ladder.Cells);
        running.Output.ShouldContain("not-allowed");

        await exchange.ControlAsync(HttpMethod.Post, "keys", """{ "accepted": true }""");
        await running.UntilAsync("the ladder is back", async status =>
            Ladder.IsWhole(status) && status.Forbidden.Length == 0 && await exchange.SizeAsync() == status.Markets[0].Size);
        running.Output.ShouldContain("allowed-again");
        refused.ShouldBeLessThan(30);
        (await running.TerminateAsync()).ShouldBe(0, running.Error);
        var (code, output, error) = await bot.DoAsync("replay", "CONFIG");
        code.ShouldBe(0, output + error);
    }

    private Task<SimulatedExchange> StartExchangeAsync(params string[] arguments) =>
        SimulatedExchange.StartAsync(folder.FullName, ["--instrument", SimulatedExchange.Symbol, "--balance", "USDT=20000", .. arguments]);

    /// <summary>How many answers of a status have left so far.</summary>
    private async Task<int> AnswersAsync(int status)
    {
        await using var file = new FileStream(Wire, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        var count = 0;
        while (await reader.ReadLineAsync() is { } line)
        {
            // The last line may be half there.
            if (line.EndsWith('}'))
            {
                using var entry = JsonDocument.Parse(line);
                count += entry.RootElement.TryGetProperty("status", out var number) && number.GetInt32() == status ? 1 : 0;
            }
        }

        return count;
    }
}
