using System.Globalization;
using Trellis.Core.Numerics;
using Trellis.Live.Tests.Processes;
using Trellis.Server.Api;

namespace Trellis.Live.Tests.Kills;

/// <summary>Kills a bot again and again while the market runs through its ladder, and looks after each start whether all is as it must be.</summary>
internal sealed class KillCampaign : IAsyncDisposable
{
    private const string ByHand = "placed-by-hand";
    /// <summary>The alert that an order which counted as refused is at the exchange: it was lost track of for a while.</summary>
    private const string CameBack = "order-came-back";
    private const decimal StartBalance = 20_000m;

    private static readonly TimeSpan MostRandomWait = TimeSpan.FromMilliseconds(600);

    private readonly BotFolder bot;
    private readonly SimulatedExchange exchange;
    private readonly Ladder ladder;
    private readonly AccountAudit audit;
    private readonly DeterministicRandom random;
    private TrellisProcess? running;

    private string KillFile => Path.Combine(bot.Folder, "kill");

    private string KillOrder => "@" + KillFile;

    private KillCampaign(BotFolder bot, Ladder ladder, ulong seed)
    {
        this.bot = bot;
        this.ladder = ladder;
        exchange = bot.Exchange;
        audit = new AccountAudit(exchange, StartBalance, ByHand);
        random = new DeterministicRandom(seed);
    }

    /// <summary>Starts an exchange, places an order by hand and writes a bot's configuration.</summary>
    /// <param name="folder">Temporary.</param>
    /// <param name="connection">Of an empty PostgreSQL database; null for SQLite.</param>
    /// <param name="seed">Of prices and instants.</param>
    public static async Task<KillCampaign> StartAsync(string folder, string? connection, ulong seed)
    {
        var market = await SimulatedExchange.StartAsync(folder, "--instrument", SimulatedExchange.Symbol, "--balance", $"USDT={StartBalance}");
        var lines = Ladder.Around(await market.LastPriceAsync());
        var trader = new BotFolder(folder, market) { Connection = connection };
        trader.Configure(lines.Bots);
        var price = decimal.Round(lines.Lower * 0.97m, 0);
        await market.SendAsync(HttpMethod.Post, "/fapi/v1/order", string.Create(CultureInfo.InvariantCulture, $"symbol={SimulatedExchange.Symbol}&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.002&price={price}&newClientOrderId={ByHand}"));
        return new KillCampaign(trader, lines, seed);
    }

    /// <summary>Kills at a named point.</summary>
    public async Task<KillResult> KillAtAsync(string point)
    {
        var occurrence = 1 + (int)(random.NextBits() % (ulong)KillPoints.MostOccurrences(point));
        if (KillPoints.IsOfAStart(point))
        {
            await EndAsync();
            Arm($"{point}:{occurrence}");
            running = bot.Run(KillOrder);
        }
        else
        {
            await StandAsync();
            Arm($"{point}:{occurrence}");
        }

        var (since, victim) = (TimeProvider.System.GetTimestamp(), running!);
        if (point == KillPoints.CancelSent)
        {
            await bot.KillSwitchAsync(on: true);
        }

        await ShakeUntilAsync(() => Died(victim, point), $"the kill at {point}:{occurrence}");
        await EndAsync();
        return await RecoverAsync(point, TimeProvider.System.GetElapsedTime(since));
    }

    /// <summary>Kills at no point in particular, by a signal.</summary>
    public async Task<KillResult> KillAtRandomAsync()
    {
        await StandAsync();
        var wait = MostRandomWait * (random.NextBits() % 1_000 / 1_000d);
        var since = TimeProvider.System.GetTimestamp();
        await ShakeUntilAsync(() => TimeProvider.System.GetElapsedTime(since) >= wait, "a random instant");
        await EndAsync();
        return await RecoverAsync(KillPoints.Random, TimeProvider.System.GetElapsedTime(since));
    }

    /// <summary>Ends the bot and makes all decisions of its journal again.</summary>
    /// <returns>What <c>trellis replay</c> printed, and its exit code.</returns>
    public async Task<(int ExitCode, string Output)> ReplayAsync()
    {
        await EndAsync();
        var (code, output, error) = await bot.DoAsync("replay", "CONFIG");
        return (code, output + error);
    }

    /// <summary>What the command itself prints, which the rest of a campaign asks by the same socket.</summary>
    public Task<StatusMessage> PrintedStatusAsync() => bot.PrintedStatusAsync();

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await exchange.DisposeAsync();
    }

    private static bool Died(TrellisProcess victim, string point)
    {
        const int Killed = 128 + 9;
        if (!victim.HasExited)
        {
            return false;
        }

        var code = victim.WaitAsync(TrellisProcess.Patience).Result;
        return code == Killed ? true : throw new InvalidOperationException($"the program should have died at {point} and ended with {code}: {victim.Output}{victim.Error}");
    }

    /// <summary>The bot that came back from the last kill is the next victim; the first one has to be started.</summary>
    private async Task StandAsync()
    {
        if (running is null)
        {
            running = bot.Run(KillOrder);
            await UntilStatusAsync("the ladder stands", Ladder.IsWhole);
        }
    }

    /// <summary>Tells the bot at work, or the next one, where it dies.</summary>
    private void Arm(string point)
    {
        File.WriteAllText(KillFile + ".new", point);
        File.Move(KillFile + ".new", KillFile, overwrite: true);
    }

    private async Task EndAsync()
    {
        File.Delete(KillFile);
        if (running is not null)
        {
            await running.DisposeAsync();
            running = null;
        }
    }

    private async Task ShakeUntilAsync(Func<bool> isDone, string what)
    {
        await Waiting.UntilAsync(what, TrellisProcess.Patience, async () =>
        {
            await exchange.MoveToAsync(ladder.Elsewhere(random.NextBits()));
            return isDone();
        });

        // While nobody was there the market went on.
        await exchange.MoveToAsync(ladder.Elsewhere(random.NextBits()));
        await exchange.MoveToAsync(ladder.Middle);
    }

    private async Task<KillResult> RecoverAsync(string point, TimeSpan dying)
    {
        var inFlight = KillPoints.HasOrderInFlight(point) || (point != KillPoints.Migration && await JournalProbe.OrdersInFlightAsync(bot) > 0);
        await exchange.RoomAsync();
        var since = TimeProvider.System.GetTimestamp();
        running = bot.Run(KillOrder);
        if (point == KillPoints.CancelSent)
        {
            // A cancel leaves before the command is on disk: the kill switch may be on after the start, or never have been thrown.
            await UntilStatusAsync("the account is understood", status => status is { IsReconciled: true });
            if (await bot.StatusAsync() is { KilledBy.Length: > 0 })
            {
                await UntilStatusAsync("every order is gone", status => status is { KilledBy.Length: 0 } || (status is not null && status.Orders.All(order => order.State is "Planned")));
                since = TimeProvider.System.GetTimestamp();
                await bot.KillSwitchAsync(on: false);
            }
        }

        await UntilStatusAsync("the ladder stands again", Ladder.IsWhole);
        var recovery = TimeProvider.System.GetElapsedTime(since);
        return new KillResult(point, inFlight, dying, recovery, TimeProvider.System.GetUtcNow(), running.Output, await AuditAsync());
    }

    /// <summary>The market moves meanwhile: only what is still there at the last look is a problem.</summary>
    private async Task<IReadOnlyList<Problem>> AuditAsync()
    {
        const int Looks = 10;
        for (var look = 1; ; look++)
        {
            var status = Alive(await bot.StatusAsync())!;
            List<Problem> problems = Ladder.IsWhole(status) ? [] : [new Problem(ProblemKind.Other, "the ladder is not whole any more")];
            problems.AddRange(await audit.RunAsync(status));
            if (running!.Output.Contains(CameBack, StringComparison.Ordinal))
            {
                problems.Add(new Problem(ProblemKind.Lost, $"an order was given up and came back: {running.Output}"));
            }

            if (problems.Count == 0 || look == Looks)
            {
                return problems;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    private async Task UntilStatusAsync(string what, Func<StatusMessage?, bool> isDone)
    {
        StatusMessage? last = null;
        try
        {
            await Waiting.UntilAsync(what, TrellisProcess.Patience, async () => isDone(last = Alive(await bot.StatusAsync())));
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{exception.Message}; it has {last?.Orders.Count} orders, {string.Join(", ", last?.Orders.CountBy(order => order.State) ?? [])}; problem '{last?.Problem}'; it said: {running?.Output}{running?.Error}", exception);
        }
    }

    private StatusMessage? Alive(StatusMessage? status) =>
        running is { HasExited: true } ? throw new InvalidOperationException($"the program ended: {running.Output}{running.Error}") : status;
}
