using System.Threading.Channels;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Commands;

namespace Trellis.Simulator.Exchange;

/// <summary>
/// The matching engine behind one lock: commands from many connections and from the market are carried out one at a time;
/// answers and events leave once the command is on disk.
/// </summary>
public sealed class SimulatedExchange : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly MatchingEngine _engine;
    private readonly ISimulatorClock _clock;
    private readonly ICommandLog _log;
    private readonly List<IExchangeObserver> _observers;
    private readonly Channel<(long Place, EventBatch Batch)> _batches = Channel.CreateUnbounded<(long, EventBatch)>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _publishing;
    private long _published;
    private long _queued;

    /// <param name="observers">Called in this order for each batch.</param>
    public SimulatedExchange(MatchingEngine engine, ISimulatorClock clock, ICommandLog log, IEnumerable<IExchangeObserver> observers)
    {
        _engine = engine;
        _clock = clock;
        _log = log;
        _observers = [.. observers];
        _publishing = Task.Run(PublishAsync);
    }

    /// <summary>Carries a command out at the market's time and completes when it is on disk.</summary>
    /// <param name="command">Makes the command for the time that it is given (Unix milliseconds).</param>
    public async ValueTask<Outcome<T>> ExecuteAsync<T>(Func<long, MatchingCommand> command)
        where T : class
    {
        Outcome<object> outcome;
        long place;
        lock (_gate)
        {
            var made = command(Math.Max(_engine.Time, _clock.MarketTime));
            outcome = _engine.Apply(made);
            place = _log.Append(made);
            Enqueue(place);
        }

        await _log.CommittedAsync(place);
        return outcome.Succeeded(out var value, out var refusal) ? (T)value : refusal;
    }

    /// <summary>Looks at the engine between two commands. The answer must not hold on to the engine.</summary>
    public T Read<T>(Func<MatchingEngine, T> query)
    {
        lock (_gate)
        {
            return query(_engine);
        }
    }

    /// <summary>Whether every event so far has reached the observers.</summary>
    public bool IsQuiet => Volatile.Read(ref _published) == Volatile.Read(ref _queued);

    public async ValueTask DisposeAsync()
    {
        _batches.Writer.TryComplete();
        await _publishing;
    }

    private void Enqueue(long place)
    {
        if (_engine.Events.Count == 0 && _engine.LevelChanges.Count == 0)
        {
            return;
        }

        var batch = new EventBatch(_engine.Time, [.. _engine.Events], [.. _engine.LevelChanges]);
        _engine.Events.Clear();
        _engine.LevelChanges.Clear();
        _queued++;
        _batches.Writer.TryWrite((place, batch));
    }

    private async Task PublishAsync()
    {
        await foreach (var (place, batch) in _batches.Reader.ReadAllAsync())
        {
            await _log.CommittedAsync(place);
            foreach (var observer in _observers)
            {
                observer.Observe(batch);
            }

            Interlocked.Increment(ref _published);
        }
    }
}
