using System.Text.Json;
using Serilog.Events;
using Trellis.Cli.Live;
using Trellis.Cli.Live.Logs;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Orders;
using Trellis.Engine.Observing;

namespace Trellis.Cli.Tests.Live.Logs;

public sealed class LogFilesTests : IDisposable
{
    private static readonly TimePassed Time = new(LiveSamples.Now);

    private readonly string folder = Directory.CreateTempSubdirectory("trellis-logs-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_fill_is_one_line_of_the_trade_log_with_every_number_whole()
    {
        await LogAsync(logs => logs.Happened(12, Time, [LiveSamples.Fill()]));

        Read("trades").Single().GetRawText().ShouldBe(
            """{"time":"2026-01-02T03:04:05.678Z","event":"fill","mode":"DRY RUN","account":"main","sequence":12,"bot":"grid-btc","instrument":"binance/perp/BTCUSDT","slot":"cell 7 exit","side":"sell","position_side":"net","price":63100.5,"quantity":0.01,"fee":0.126201,"fee_currency":"USDT","realized":1.23,"currency":"USDT","maker":true,"trade_id":"7001","order_id":"555","client_order_id":"inst00000001000001000001000ab"}""");
    }

    [Fact]
    public async Task The_audit_says_who_had_what_done_in_which_mode()
    {
        await LogAsync(logs =>
        {
            logs.Happened(1, new Started(LiveSamples.Now, "trellis 0.1.0"), []);
            logs.Happened(2, Time, [LiveSamples.Fill(), new Alert(AlertLevel.Warning, "limits", 0, "held back")]);
            logs.Happened(3, new BotCommand(LiveSamples.Now, 0, BotCommandKind.Pause, false, "ann"), [new BotStateChanged(0, BotState.Paused, "paused by ann")]);
            logs.Happened(4, Time, [new Alert(AlertLevel.Critical, "kill-switch", -1, "thrown by the drawdown limit")]);
            logs.Noticed(new EngineNotice(LiveSamples.Now, AlertLevel.Warning, "circuit-open", "x"));
            logs.Noticed(new EngineNotice(LiveSamples.Now, AlertLevel.Critical, "engine-stopped", "a defect"));
            logs.Happened(5, new Stopping(LiveSamples.Now, false), []);
        });

        var lines = Read("audit");
        lines.Select(line => line.GetProperty("event").GetString()).ShouldBe(["started", "command", "bot", "alert", "notice", "stopping"]);
        lines[0].GetProperty("fingerprint").GetString().ShouldBe("trellis 0.1.0");
        lines[0].GetProperty("configuration").GetString().ShouldBe("c0ffee");
        lines[1].GetProperty("by").GetString().ShouldBe("ann");
        lines[1].GetProperty("command").GetString().ShouldBe("pause");
        lines.ShouldAllBe(line => line.GetProperty("mode").GetString() == "DRY RUN" && line.GetProperty("account").GetString() == "main");
    }

    [Theory]
    [InlineData(LogEventLevel.Verbose, "input,order-open,order-partly-filled,alert,input")]
    [InlineData(LogEventLevel.Debug, "input,order-open,order-partly-filled,alert")]
    [InlineData(LogEventLevel.Information, "order-open,alert")]
    [InlineData(LogEventLevel.Warning, "alert")]
    public async Task The_level_decides_what_the_log_holds(LogEventLevel level, string expected)
    {
        await LogAsync(
            logs =>
            {
                logs.Happened(
                    1, Time,
                    [
                        new OrderStateChanged(LiveSamples.Order(0, Side.Buy, 1m, 7)), new OrderStateChanged(LiveSamples.Order(0, Side.Buy, 1m, 7, OrderState.PartiallyFilled)),
                        new Alert(AlertLevel.Warning, "limits", 0, "held back"),
                    ]);
                logs.Happened(2, new QuoteChanged(LiveSamples.Now, 0, 1m, 2m), []);
            },
            settings => settings with { Level = level });

        Read("trellis").Select(line => line.GetProperty("event").GetString()).ShouldBe(expected.Split(','));
    }

    [Fact]
    public async Task A_file_that_is_full_is_followed_by_another_and_the_oldest_go()
    {
        await LogAsync(
            logs =>
            {
                for (var i = 0; i < 200; i++)
                {
                    logs.Happened(i, Time, [LiveSamples.Fill(trade: i.ToString())]);
                }
            },
            settings => settings with { FileBytes = 4_000, Keep = 3 });

        var files = Directory.GetFiles(folder, "trades-*.json");
        files.Length.ShouldBe(4);
        files.ShouldAllBe(file => new FileInfo(file).Length < 6_000);
        Read("trades")[^1].GetProperty("trade_id").GetString().ShouldBe("199");
    }

    [Fact]
    public async Task No_fill_is_lost_however_fast_they_come()
    {
        await LogAsync(logs =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                logs.Happened(i, Time, [LiveSamples.Fill(trade: i.ToString())]);
            }
        });

        Read("trades").Select(line => line.GetProperty("trade_id").GetString()).ShouldBe(Enumerable.Range(0, 20_000).Select(i => i.ToString()));
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_is_told_of_once_and_trades_are_written_when_it_does_again()
    {
        var said = new List<string>();
        var logs = new LogFiles(Settings(), LiveSamples.Facts(), TimeProvider.System, text => Add(said, text));

        // A file where the folder should be: nothing can be opened in it.
        Directory.Delete(folder);
        await File.WriteAllTextAsync(folder, "", TestContext.Current.CancellationToken);
        logs.Happened(1, Time, [LiveSamples.Fill(trade: "1")]);
        logs.Happened(2, Time, [LiveSamples.Fill(trade: "2")]);
        await WaitFor(() => Count(said) == 2);
        File.Delete(folder);
        Directory.CreateDirectory(folder);
        await WaitFor(() => Directory.GetFiles(folder, "trades-*").Length > 0);
        await logs.DisposeAsync();

        said.Count(text => text.Contains("trades-.json can't be written", StringComparison.Ordinal)).ShouldBe(1);
        said.Count(text => text.Contains("trellis-.json can't be written", StringComparison.Ordinal)).ShouldBe(1);
        said.ShouldContain(text => text.EndsWith("trades-.json is written again", StringComparison.Ordinal));
        Read("trades").Select(line => line.GetProperty("trade_id").GetString()).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task Trades_that_the_disk_has_not_taken_at_the_end_are_told_of()
    {
        var said = new List<string>();
        var hurry = new HurriedTime();
        await using (var logs = new LogFiles(Settings(), LiveSamples.Facts(), hurry, text => Add(said, text)))
        {
            Directory.Delete(folder);
            await File.WriteAllTextAsync(folder, "", TestContext.Current.CancellationToken);
            logs.Happened(1, Time, [LiveSamples.Fill(trade: "1"), LiveSamples.Fill(trade: "2")]);
        }

        File.Delete(folder);
        Directory.CreateDirectory(folder);
        said.ShouldContain(text => text.EndsWith("trades-.json: 2 lines could not be written", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_that_was_cut_spoils_no_other()
    {
        await LogAsync(logs => logs.Happened(1, Time, [LiveSamples.Fill(trade: "1")]));
        var file = Directory.GetFiles(folder, "trades-*.json").Single();
        await File.AppendAllTextAsync(file, """{"time":"2026""", TestContext.Current.CancellationToken);

        await LogAsync(logs => logs.Happened(2, Time, [LiveSamples.Fill(trade: "2")]));

        var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        lines.Length.ShouldBe(3);
        JsonDocument.Parse(lines[2]).RootElement.GetProperty("trade_id").GetString().ShouldBe("2");
    }

    [Fact]
    public async Task No_file_has_a_secret()
    {
        const string Secret = "kJ8sDquitesecret";
        await LogAsync(
            logs =>
            {
                logs.Happened(
                    1, new BotCommand(LiveSamples.Now, 0, BotCommandKind.Stop, false, Secret),
                    [
                        new OrderStateChanged(LiveSamples.Order(0, Side.Buy, 1m, 7, OrderState.Rejected, $"bad signature={Secret}")), new Alert(AlertLevel.Critical, "not-allowed", -1, Secret),
                        LiveSamples.Fill(trade: Secret), new BotStateChanged(0, BotState.Failed, Secret),
                    ]);
                logs.Noticed(new EngineNotice(LiveSamples.Now, AlertLevel.Critical, "engine-stopped", Secret));
            },
            secret: Secret);

        var texts = Directory.GetFiles(folder).Select(File.ReadAllText).ToList();
        texts.Count.ShouldBe(3);
        texts.ShouldAllBe(text => text.Length > 0 && !text.Contains(Secret));
    }

    private static void Add(List<string> said, string text)
    {
        lock (said)
        {
            said.Add(text);
        }
    }

    private static int Count(List<string> said)
    {
        lock (said)
        {
            return said.Count;
        }
    }

    private static async Task WaitFor(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(10, patience.Token);
        }
    }

    private LogFileSettings Settings() => new() { Folder = folder };

    private async Task LogAsync(Action<LogFiles> happen, Func<LogFileSettings, LogFileSettings>? change = null, string secret = "")
    {
        await using var logs = new LogFiles((change ?? (settings => settings))(Settings()), LiveSamples.Facts(LiveMode.DryRun, secret), TimeProvider.System, text => throw new InvalidOperationException(text));
        happen(logs);
    }

    private List<JsonElement> Read(string name) =>
        [.. Directory.GetFiles(folder, $"{name}-*.json").Order(StringComparer.Ordinal).SelectMany(File.ReadAllLines).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>Whoever waits has waited: a hundred times as fast as the wall clock.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, dueTime / 100, period);
    }
}
