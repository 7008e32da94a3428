using System.Collections.Concurrent;
using Trellis.Bench.Measuring;
using Trellis.Bench.Reporting;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Engine;
using Trellis.Engine.Journal;
using Trellis.Engine.Tests.Doubles;
using Trellis.Exchanges.Adapters;
using Trellis.Storage.Journals;

namespace Trellis.Bench.Topics;

/// <summary>A hundred bots that fill without pause: whether commits hold them up.</summary>
internal sealed class CrowdTopic : ITopic
{
    private const int Markets = 50;
    private const int Bots = 100;
    private const int FillsPerSecond = 10;
    private const int WarmUpSeconds = 5;

    /// <summary>Part of the fills that may be late: the generator's own timer is a millisecond fine.</summary>
    private const double Tolerance = 0.01;
    private const double MemoryBudget = 300d * (1 << 20);

    public string Name => "crowd";

    public string Summary => "100 grid bots on 50 instruments, 10 fills a second each, every order on disk before it leaves";

    public RuntimeSettings Settings => RuntimeSettings.OfTheProgram;

    public void Run(bool quick, TextWriter output) => RunAsync(quick ? 5 : 30, output).GetAwaiter().GetResult();

    private static async Task RunAsync(int seconds, TextWriter output)
    {
        using var folder = new TemporaryFolder();
        var memory = await MeasureAsync(new MemoryJournal(), seconds / 2);
        var store = SqlJournalStore.Sqlite(Path.Combine(folder.Path, "journal.db"), TimeProvider.System, static () => 7);
        var journal = await store.OpenAsync("bench/simulator/main", CancellationToken.None);
        await journal.BeginAsync("bench", CancellationToken.None);
        var disk = await MeasureAsync(journal, seconds);
        var size = new FileInfo(Path.Combine(folder.Path, "journal.db")).Length;
        var table = new Table(1, "what", "fills a second", "wanted", "p50", "p99", "longest", "still waiting", "cores");
        Add(table, "journal in memory", memory);
        Add(table, "committed to SQLite first", disk);
        table.Print(output);
        output.WriteLine($"{seconds} seconds behind {WarmUpSeconds} of warming up. Times are from the fill on the stream to the order that answers it, handed to the adapter. An order that is not answered before its bot's next fill is due makes that fill late: {disk.Late} of {disk.Fills} were.");
        output.WriteLine($"Memory of this process behind it: {Text.Bytes(Environment.WorkingSet)} ({Text.Verdict(Environment.WorkingSet, MemoryBudget)} of {Text.Bytes(MemoryBudget)}, one journal in memory included); the database has {Text.Bytes(size)}.");
    }

    private static void Add(Table table, string what, Outcome outcome) =>
        table.Add(
            what,
            Text.Count(outcome.Fills / outcome.Elapsed.TotalSeconds),
            Text.Verdict(Bots * FillsPerSecond * (1 - Tolerance), outcome.Fills / outcome.Elapsed.TotalSeconds),
            Text.Time(outcome.At(0.5)),
            Text.Time(outcome.At(0.99)),
            Text.Time(outcome.At(1)),
            Text.Count(outcome.Waiting),
            Text.Number(outcome.Processor / outcome.Elapsed));

    private static async Task<Outcome> MeasureAsync(IJournal journal, int seconds)
    {
        var exchange = new ScriptedExchange();
        exchange.Candles.Add(Some.Candle((Some.Now / 60_000 * 60_000) - 60_000));
        var next = new OrderIntent?[Bots];
        var filledAt = new long[Bots];
        var times = new ConcurrentQueue<double>();
        exchange.Place = intent =>
        {
            var bot = intent.Bot;
            if (filledAt[bot] is var from and > 0)
            {
                times.Enqueue(TimeProvider.System.GetElapsedTime(from).TotalNanoseconds);
                Volatile.Write(ref next[bot], intent);
            }
            else if (next[bot] is not { } best || intent.Price > best.Price)
            {
                Volatile.Write(ref next[bot], intent);
            }

            return Task.FromResult(new PlaceAnswer(AnswerKind.Accepted, RefusalKind.Other, ScriptedExchange.Resting(intent), ""));
        };
        await using var engine = await AccountEngine.StartAsync(Some.Setup(exchange, journal, Some.Settings(Markets, Bots), []), CancellationToken.None);
        var user = await exchange.User;
        while (exchange.Placed.Count < 4 * Bots)
        {
            await Task.Delay(10);
        }

        await FillAsync(user, next, filledAt, WarmUpSeconds * Bots * FillsPerSecond, 0);
        times.Clear();
        var before = Environment.CpuUsage.TotalTime;
        var began = TimeProvider.System.GetTimestamp();
        var due = seconds * Bots * FillsPerSecond;
        var fills = await FillAsync(user, next, filledAt, due, WarmUpSeconds * Bots * FillsPerSecond);
        var elapsed = TimeProvider.System.GetElapsedTime(began);
        var waiting = (await engine.StatusAsync()).Waiting;
        return new Outcome(fills, due - fills, waiting, elapsed, Environment.CpuUsage.TotalTime - before, [.. times.Order()]);
    }

    /// <summary>One bot's order after the other's, at the pace of the clock.</summary>
    /// <returns>How many were filled: a bot that has not answered its last fill yet is passed over.</returns>
    private static async Task<int> FillAsync(IUserSink user, OrderIntent?[] next, long[] filledAt, int due, int number)
    {
        var began = TimeProvider.System.GetTimestamp();
        var fills = 0;
        for (var i = 0; i < due; i++)
        {
            var at = TimeSpan.FromSeconds((double)i / (Bots * FillsPerSecond));
            while (TimeProvider.System.GetElapsedTime(began) < at)
            {
                await Task.Delay(1);
            }

            var bot = i % Bots;
            if (Interlocked.Exchange(ref next[bot], null) is { } intent)
            {
                filledAt[bot] = TimeProvider.System.GetTimestamp();
                FilledOrder.Report(user, intent, number + i);
                fills++;
            }
        }

        return fills;
    }

    private sealed record Outcome(int Fills, int Late, int Waiting, TimeSpan Elapsed, TimeSpan Processor, double[] Times)
    {
        public double At(double part) => Times.Length == 0 ? 0 : Times[(int)((Times.Length - 1) * part)];
    }
}
