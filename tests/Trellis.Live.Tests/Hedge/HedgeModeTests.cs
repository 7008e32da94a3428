using System.Globalization;
using System.Text.Json;
using Trellis.Live.Tests.Kills;
using Trellis.Live.Tests.Processes;
using Trellis.Server.Api;

namespace Trellis.Live.Tests.Hedge;

/// <summary>A long and a short grid on one instrument: in hedge mode each has a side of the position of its own.</summary>
public sealed class HedgeModeTests : IDisposable
{
    private const decimal StartBalance = 40_000m;

    /// <summary>The exchange rounds every amount to 8 decimals.</summary>
    private const decimal Rounding = 0.00001m;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trellis-hedge-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Two_opposite_bots_keep_apart_what_is_each_ones_also_over_a_kill()
    {
        await using var exchange = await SimulatedExchange.StartAsync(folder.FullName, "--instrument", SimulatedExchange.Symbol, "--balance", $"USDT={StartBalance}", "--hedge");
        var ladder = Ladder.Around(await exchange.LastPriceAsync());
        var bot = new BotFolder(folder.FullName, exchange);
        bot.Configure(ladder.HedgedBots);
        await using (var victim = new BotAtWork(bot))
        {
            await victim.UntilAsync("both ladders stand", IsWhole);
            await WanderAsync(exchange, ladder, victim);
            await victim.KillAsync();
        }

        await exchange.MoveToAsync(ladder.Middle + (5 * ladder.Step));
        await exchange.MoveToAsync(ladder.Middle - ladder.Step);
        await using var running = new BotAtWork(bot);
        await WanderAsync(exchange, ladder, running);
        (await running.TerminateAsync()).ShouldBe(0, running.Error);
    }

    private static bool IsWhole(StatusMessage status) => Ladder.IsWhole(status, 2 * Ladder.Cells);

    private static async Task WanderAsync(SimulatedExchange exchange, Ladder ladder, BotAtWork running)
    {
        foreach (var step in new[] { -4, 3, -2, 5 })
        {
            await exchange.MoveToAsync(ladder.Middle + (step * ladder.Step));
            await running.UntilAsync($"both ladders and both sides agree at step {step}", async status => IsWhole(status) && await AgreesAsync(exchange, status));
        }
    }

    /// <summary>Each bot's position and cost are those of its side; the ledgers together are the wallet.</summary>
    private static async Task<bool> AgreesAsync(SimulatedExchange exchange, StatusMessage status)
    {
        var account = await exchange.SendAsync(HttpMethod.Get, "/fapi/v3/account");
        var positions = (await exchange.SendAsync(HttpMethod.Get, "/fapi/v3/positionRisk", "symbol=" + SimulatedExchange.Symbol)).EnumerateArray().ToList();
        var (size, cost) = (Size(positions, "LONG"), Cost(positions));
        var (tight, opposite) = (status.Bots[0], status.Bots[1]);
        if (tight.Positions.Any(position => position.Size < 0) || opposite.Positions.Any(position => position.Size > 0))
        {
            throw new InvalidOperationException($"a bot holds the other one's side: {JsonSerializer.Serialize(status, ApiJson.Default.StatusMessage)}");
        }

        var here = StartBalance + status.Bots.Sum(bot => bot.Realized + bot.Fees + bot.Funding) - status.Bots.SelectMany(bot => bot.Positions).Sum(position => position.Size * position.EntryPrice);
        return size == tight.Positions.Sum(position => position.Size)
            && Size(positions, "SHORT") == opposite.Positions.Sum(position => position.Size)
            && Math.Abs(Number(account, "totalWalletBalance") - cost - here) <= Rounding;
    }

    private static decimal Size(IEnumerable<JsonElement> positions, string side) =>
        positions.Where(position => position.GetProperty("positionSide").GetString() == side).Sum(position => Number(position, "positionAmt"));

    private static decimal Cost(IEnumerable<JsonElement> positions) => positions.Sum(position => Number(position, "notional") - Number(position, "unRealizedProfit"));

    private static decimal Number(JsonElement element, string name) => decimal.Parse(element.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
