using System.Threading.Channels;
using Trellis.Bench.Reporting;
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

    public string Name => "latency";

    public string Summary => "a live engine, from a fill on the stream to the order that answers it";

    public bool IsOfTheProgram => true;

    public void Run(bool quick, TextWriter output) => RunAsync(quick, output).GetAwaiter().GetResult();

    private static async Task RunAsync(bool quick, TextWriter output)
    {
        var count = quick ? 2_000 : 20_000;
        using var folder = new TemporaryFolder();
        var hop = await HopAsync(count);
        var engine = await MeasureAsync(new MemoryJournal(), count);
        var store = SqlJournalStore.Sqlite(Path.Combine(folder.Path, "journal.db"), TimeProvider.System, static () => 7);
        var journal = await store.OpenAsync("bench/simulator/main", CancellationToken.None);
        await journal.BeginAsync("bench", CancellationToken.None);
        var disk = await MeasureAsync(journal, Math.Min(count, 2_000));
        var table = new Table(1, "what", "p50", "budget", "", "p99", "budget", "");
        table.Add("fill to order, journal in memory", Text.Time(engine.Median), Text.Time(MedianBudget), Text.Verdict(engine.Median, MedianBudget), Text.Time(engine.Tail), Text.Time(TailBudget), Text.Verdict(engine.Tail, TailBudget));
        table.Add("fill to order, committed to SQLite first", Text.Time(disk.Median), "", "", Text.Time(disk.Tail), "", "");
        table.Add("baseline: one hop to a waiting thread", Text.Time(hop.Median), "", "", Text.Time(hop.Tail), "", "");
        table.Print(output);
        output.WriteLine($"{count} fills of a grid bot, one after another; each is decided, journaled, and its answer handed to the adapter. Wall time. The adapter's own way to the wire is not in it.");
    }

    private static async Task<(double Median, double Tail)> MeasureAsync(IJournal journal, int count)
    {
        var exchange = new ScriptedExchange();
        var length = 60_000L;
        exchange.Candles.Add(Some.Candle((Some.Now / length * length) - length));
        var placed = Channel.CreateUnbounded<(OrderIntent Intent, long At)>();
        exchange.Place = intent =>
        {
            placed.Writer.TryWrite((intent, TimeProvider.System.GetTimestamp()));
            return Task.FromResult(new PlaceAnswer(AnswerKind.Accepted, RefusalKind.Other, ScriptedExchange.Resting(intent), ""));
        };
        await using var engine = await AccountEngine.StartAsync(Some.Setup(exchange, journal), CancellationToken.None);
        var user = await exchange.User;
        var next = (Intent: default(OrderIntent), At: 0L);
        for (var i = 0; i < 4; i++)
        {
            var sent = await placed.Reader.ReadAsync();
            next = next.Intent is null || sent.Intent.Price > next.Intent.Price ? sent : next;
        }

        var times = new double[count];
        for (var i = -1_000; i < count; i++)
        {
            var from = TimeProvider.System.GetTimestamp();
            FilledOrder.Report(user, next.Intent!, i);
            next = await placed.Reader.ReadAsync();
            if (i >= 0)
            {
                times[i] = TimeProvider.System.GetElapsedTime(from, next.At).TotalNanoseconds;
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
