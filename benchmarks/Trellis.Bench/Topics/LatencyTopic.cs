using System.Threading.Channels;
using Trellis.Bench.Measuring;
using Trellis.Bench.Reporting;
using Trellis.Bench.Wires;
using Trellis.Core.Markets;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Engine;
using Trellis.Engine.Journal;
using Trellis.Engine.Tests.Doubles;
using Trellis.Storage.Journals;

namespace Trellis.Bench.Topics;

/// <summary>From an own fill to the order that answers it: what the engine takes, and what the disk adds.</summary>
internal sealed class LatencyTopic : ITopic
{
    private const double MedianBudget = 20_000;
    private const double TailBudget = 200_000;

    /// <summary>So long a bot has been at work before its first fill is measured: its code is optimized by then.</summary>
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(3);

    public string Name => "latency";

    public string Summary => "a live engine, from the message of a fill to the signed request of the order that answers it";

    public RuntimeSettings Settings => RuntimeSettings.OfTheProgram;

    public void Run(bool quick, TextWriter output) => RunAsync(quick, output).GetAwaiter().GetResult();

    private static async Task RunAsync(bool quick, TextWriter output)
    {
        var count = quick ? 2_000 : 20_000;
        using var folder = new TemporaryFolder();
        var hop = await HopAsync(count);
        var engine = await OfTheEngineAsync(new MemoryJournal(), count);
        var wires = await BetweenWiresAsync(new MemoryJournal(), count);
        var store = SqlJournalStore.Sqlite(Path.Combine(folder.Path, "journal.db"), TimeProvider.System, static () => 7);
        var journal = await store.OpenAsync("bench/simulator/main", CancellationToken.None);
        await journal.BeginAsync("bench", CancellationToken.None);
        var disk = await BetweenWiresAsync(journal, Math.Min(count, 2_000));
        var table = new Table(1, "what", "p50", "budget", "", "p99", "budget", "");
        table.Add("message of a fill to signed request, journal in memory", Text.Time(wires.Median), Text.Time(MedianBudget), Text.Verdict(wires.Median, MedianBudget), Text.Time(wires.Tail), Text.Time(TailBudget), Text.Verdict(wires.Tail, TailBudget));
        table.Add("of it the engine: fill to order", Text.Time(engine.Median), "", "", Text.Time(engine.Tail), "", "");
        table.Add("message to request, committed to SQLite first", Text.Time(disk.Median), "", "", Text.Time(disk.Tail), "", "");
        table.Add("baseline: one hop to a waiting thread", Text.Time(hop.Median), "", "", Text.Time(hop.Tail), "", "");
        table.Print(output);
        output.WriteLine($"{count} fills of a grid bot, one after another, after three seconds of the same. From the bytes of a message of Binance's user stream, through its adapter and the engine that decides and journals, to the signed request at the door of the HTTP client. Wall time.");
    }

    private static async Task<(double Median, double Tail)> OfTheEngineAsync(IJournal journal, int count)
    {
        var placed = Channel.CreateUnbounded<(OrderIntent Intent, long At)>();
        var exchange = new ScriptedExchange
        {
            Place = intent =>
            {
                placed.Writer.TryWrite((intent, TimeProvider.System.GetTimestamp()));
                return Task.FromResult(new PlaceAnswer(AnswerKind.Accepted, RefusalKind.Other, ScriptedExchange.Resting(intent), ""));
            },
        };
        exchange.Candles.Add(LastCandle());
        return await MeasureAsync(Some.Setup(exchange, journal), placed.Reader, count, async () =>
        {
            var user = await exchange.User;
            return (intent, number) => () => FilledOrder.Report(user, intent, number);
        });
    }

    private static async Task<(double Median, double Tail)> BetweenWiresAsync(IJournal journal, int count)
    {
        var placed = Channel.CreateUnbounded<(OrderIntent Intent, long At)>();
        await using var wire = new BinanceWire((intent, at) => placed.Writer.TryWrite((intent, at)));
        wire.Candles.Add(LastCandle());
        var instrument = Some.Instrument with { Id = BinanceWire.Instrument };
        var settings = Some.Settings() with { Markets = [new TradingMarket(instrument, new InstrumentUnits(instrument, 1), instrument.Rules[0])] };
        return await MeasureAsync(Some.Setup(new ScriptedExchange(), journal, settings, []) with { Adapter = wire }, placed.Reader, count, async () =>
        {
            var user = await wire.User;
            return (intent, number) =>
            {
                var message = wire.Filled(intent, number + 1);
                return () => user.Frame(message);
            };
        });
    }

    private static Candle LastCandle()
    {
        const long Length = 60_000;
        return Some.Candle((Some.Now / Length * Length) - Length);
    }

    /// <param name="setup">Of the engine.</param>
    /// <param name="placed">Orders as they leave, and when.</param>
    /// <param name="count">Of fills.</param>
    /// <param name="open">Gives what makes a fill ready to be told: it is told when its action is called.</param>
    private static async Task<(double Median, double Tail)> MeasureAsync(EngineSetup setup, ChannelReader<(OrderIntent Intent, long At)> placed, int count, Func<Task<Func<OrderIntent, int, Action>>> open)
    {
        await using var engine = await AccountEngine.StartAsync(setup, CancellationToken.None);
        var fill = await open();
        var next = (Intent: default(OrderIntent), At: 0L);
        for (var i = 0; i < 4; i++)
        {
            var sent = await placed.ReadAsync();
            next = next.Intent is null || sent.Intent.Price > next.Intent.Price ? sent : next;
        }

        var times = new double[count];
        var since = TimeProvider.System.GetTimestamp();
        for (var (fills, measured) = (0, 0); measured < count; fills++)
        {
            var isMeasured = measured > 0 || TimeProvider.System.GetElapsedTime(since) >= Warming;
            var tell = fill(next.Intent!, fills);
            var from = TimeProvider.System.GetTimestamp();
            tell();
            next = await placed.ReadAsync();
            if (isMeasured)
            {
                times[measured++] = TimeProvider.System.GetElapsedTime(from, next.At).TotalNanoseconds;
            }
        }

        return Figures(times);
    }

    private static async Task<(double Median, double Tail)> HopAsync(int count)
    {
        var there = Channel.CreateUnbounded<long>();
        var back = Channel.CreateUnbounded<long>();
        var other = Task.Run(async () =>
        {
            await foreach (var _ in there.Reader.ReadAllAsync())
            {
                back.Writer.TryWrite(TimeProvider.System.GetTimestamp());
            }
        });
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var from = TimeProvider.System.GetTimestamp();
            there.Writer.TryWrite(from);
            times[i] = TimeProvider.System.GetElapsedTime(from, await back.Reader.ReadAsync()).TotalNanoseconds;
        }

        there.Writer.Complete();
        await other;
        return Figures(times);
    }

    private static (double Median, double Tail) Figures(double[] times)
    {
        Array.Sort(times);
        return (times[times.Length / 2], times[(int)(times.Length * 0.99)]);
    }
}
