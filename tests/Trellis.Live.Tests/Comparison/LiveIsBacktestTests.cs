using System.Text.Json;
using Trellis.Live.Tests.Processes;
using Trellis.Server.Api;

namespace Trellis.Live.Tests.Comparison;

/// <summary>The same bot on the same candles: once live against an exchange that fills by the backtest's rule, once in a backtest.</summary>
public sealed class LiveIsBacktestTests(ITestOutputHelper output) : IDisposable
{
    private const int Candles = 80;

    /// <summary>Candles that the exchange shows from the start: a grid begins at the close of the last one.</summary>
    private const int History = 1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const string Live = """

        live:
          reconcile_seconds: 5
        """;

    // Not post-only: by the candle rule there is no book, and so no quote by which such an order could be judged.
    private const string Grid = """
        account:
          balance: 10000
        bots:
          - name: same
            instrument: BTCUSDT
            grid:
              lower: 59700
              upper: 60300
              grids: 20
              investment: 9000
              post_only: false
        """;

    private const string Dca = """
        account:
          balance: 10000
        bots:
          - name: same
            instrument: BTCUSDT
            dca:
              base_order_size: 500
              safety_order_size: 500
              max_safety_orders: 5
              deviation_percent: 0.06
              take_profit_percent: 0.09
              include_fees: false
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trellis-same-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("grid", Grid, 1, 2)]
    [InlineData("grid", Grid, 2, 0)]
    [InlineData("dca", Dca, 3, 2)]
    [InlineData("dca", Dca, 4, 0)]
    public async Task A_live_run_fills_what_its_backtest_fills(string name, string bots, ulong seed, int comparisons)
    {
        var candles = Path.Combine(folder.FullName, "BTCUSDT.csv");
        await File.WriteAllTextAsync(candles, GeneratedCandles.Csv(Candles, seed), TestContext.Current.CancellationToken);
        await using var exchange = await SimulatedExchange.StartAsync(
            folder.FullName, "--speed", "step", "--fill-rule", "candle", "--data", $"BTCUSDT={candles}", "--history", $"{History}", "--balance", "USDT=10000");
        await exchange.ControlAsync(HttpMethod.Post, "pause");
        var bot = new BotFolder(folder.FullName, exchange);
        bot.Configure(bots + Live);
        await using (var live = bot.Run())
        {
            await Waiting.UntilAsync("the bot is at work", TrellisProcess.Patience, async () => live.HasExited
                ? throw new InvalidOperationException($"the bot ended: {live.Output}{live.Error}")
                : await bot.StatusAsync() is { IsReconciled: true, Orders.Count: > 0 } status && IsAtRest(status) && await AgreesAsync(exchange, status) && await ListensAsync(exchange));
            for (var passed = History; passed < Candles; passed++)
            {
                await StepAsync(exchange, bot, live, passed == History);
                if (passed == Candles / 2)
                {
                    await CompareAsync(bot, comparisons);
                }
            }

            (await live.TerminateAsync()).ShouldBe(0, live.Error);
        }

        var store = Path.Combine(folder.FullName, "store");
        var result = Path.Combine(folder.FullName, "result");
        (await bot.DoAsync("data", "import", candles, "--exchange", "binance", "--market", "perp", "--symbol", "BTCUSDT", "--interval", "1m", "--store", store)).ExitCode.ShouldBe(0);
        var (code, _, error) = await bot.DoAsync("backtest", "CONFIG", "--store", store, "--out", result);
        code.ShouldBe(0, error);
        var expected = Fill.OfBacktest(Path.Combine(result, "fills.csv"));
        var fills = await Fill.OfJournalAsync(bot.Database);
        output.WriteLine($"{name} {seed}: {fills.Count} fills live, {expected.Count} in the backtest");
        expected.Count.ShouldBeGreaterThan(5);
        fills.ShouldBe(expected);
    }

    /// <summary>One candle, and until the bot has done all that follows from it. One that closes while the market stream comes up reaches the bot with the next.</summary>
    private static async Task StepAsync(SimulatedExchange exchange, BotFolder bot, TrellisProcess live, bool isFirst)
    {
        (await exchange.ControlAsync(HttpMethod.Post, "step", """{ "candles": 1 }""")).GetProperty("passed").GetInt32().ShouldBe(1);
        var close = await exchange.LastPriceAsync();
        StatusMessage? last = null;
        try
        {
            await Waiting.UntilAsync("the bot has seen the candle and is at rest", Patience, async () =>
                (last = await bot.StatusAsync()) is { } status && (isFirst || status.Markets[0].LastClose == close) && IsAtRest(status) && await AgreesAsync(exchange, status));
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{exception.Message}; the exchange closed at {close} and has {await exchange.ControlAsync(HttpMethod.Get, "accounts/main")}, the bot says {JsonSerializer.Serialize(last, ApiJson.Default.StatusMessage)}; it said: {live.Output}{live.Error}", exception);
        }
    }

    /// <summary>The bot compares its account with the exchange's, whose candles lie ahead of its clock by then: the only inputs while nothing moves.</summary>
    private static async Task CompareAsync(BotFolder bot, int times)
    {
        var before = (await bot.StatusAsync())!.Health.Sequence;
        await Waiting.UntilAsync("the account has been compared", TrellisProcess.Patience, async () => await bot.StatusAsync() is { } status && status.Health.Sequence >= before + times);
    }

    private static bool IsAtRest(StatusMessage status) =>
        status.Health is { Waiting: 0, Requests: 0 } && status.Health.Committed == status.Health.Sequence && status.Orders.All(order => order.State is "Open" or "Untriggered" or "Planned");

    /// <summary>To candles, quotes and its own account; before the first message it counts none of them as up.</summary>
    private static async Task<bool> ListensAsync(SimulatedExchange exchange)
    {
        const int Streams = 3;
        return (await exchange.ControlAsync(HttpMethod.Get, "state")).GetProperty("connections").GetProperty("open").GetInt32() >= Streams;
    }

    private static async Task<bool> AgreesAsync(SimulatedExchange exchange, StatusMessage status)
    {
        var account = await exchange.ControlAsync(HttpMethod.Get, "accounts/main");
        var size = account.GetProperty("positions").EnumerateArray().Sum(position => position.GetProperty("quantity").GetDecimal());
        var open = account.GetProperty("open_orders").GetInt32() + account.GetProperty("conditional_orders").GetInt32();
        return size == status.Markets[0].Size && open == status.Orders.Count(order => order.State is not "Planned");
    }
}
