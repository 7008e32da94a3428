using System.Collections.Concurrent;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Commands;
using Trellis.Simulator.Exchange;
using Trellis.Simulator.MarketData;
using Trellis.Simulator.Markets;

namespace Trellis.Simulator.Tests.Markets;

/// <summary>A market with its exchange, without wires.</summary>
internal sealed class MarketBench : IAsyncDisposable, ICommandLog
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<MatchingCommand> _commands = new();
    private Task _running = Task.CompletedTask;

    /// <param name="kept">Commands that an exchange before this one kept.</param>
    public MarketBench(MarketOptions options, TimeProvider time, IActivity? activity = null, IReadOnlyList<MatchingCommand>? kept = null, MarketAnchor? anchor = null)
    {
        Plan = MarketPlan.Load(options, time.GetUtcNow(), anchor);
        Store = new MarketDataStore();
        for (var i = 0; i < Plan.Instruments.Count; i++)
        {
            Store.Seed(i, Plan.History(i, Plan.StartTime));
        }

        Engine = new MatchingEngine(Plan.Settings);
        foreach (var command in kept ?? [])
        {
            Engine.Apply(command);
            _commands.Enqueue(command);
            Store.Observe(new EventBatch(Engine.Time, [.. Engine.Events], [.. Engine.LevelChanges]));
            Engine.Events.Clear();
            Engine.LevelChanges.Clear();
        }

        Clock = new SimulatorClock(time, Engine.Time, static () => 0);
        Exchange = new SimulatedExchange(Engine, Clock, this, [Store]);
        Driver = new MarketDriver(Plan, Exchange, Clock, Store, activity ?? new NoActivity(), time, Say);
    }

    public MarketPlan Plan { get; }

    public MatchingEngine Engine { get; }

    public MarketDataStore Store { get; }

    public SimulatorClock Clock { get; }

    public SimulatedExchange Exchange { get; }

    public MarketDriver Driver { get; }

    public ConcurrentQueue<string> Said { get; } = new();

    /// <summary>All commands so far, in order.</summary>
    public IReadOnlyList<MatchingCommand> Commands => [.. _commands];

    public long Append(MatchingCommand command)
    {
        _commands.Enqueue(command);
        return 0;
    }

    public ValueTask CommittedAsync(long place) => ValueTask.CompletedTask;

    public void Start() => _running = Task.Run(() => Driver.RunAsync(_stopping.Token));

    /// <summary>Runs the market to the end of its data.</summary>
    public async Task RunToEndAsync()
    {
        Start();
        await await Task.WhenAny(_ended.Task, _running).WaitAsync(TimeSpan.FromMinutes(2));
        await Exchange.QuietAsync();
    }

    /// <summary>Every minute that the store has from an instant on, unfinished ones left out.</summary>
    public IReadOnlyList<Kline> Minutes(int instrument, long from, int count = 100_000) =>
        [.. Store.Klines(instrument, KlineInterval.OneMinute, from, null, count)];

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        await Exchange.DisposeAsync();
        _stopping.Dispose();
    }

    private void Say(string sentence)
    {
        Said.Enqueue(sentence);
        if (sentence.Contains("the data are over", StringComparison.Ordinal))
        {
            _ended.TrySetResult();
        }
    }
}
