using System.Threading.Channels;
using Trellis.Core;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Commands;

namespace Trellis.Simulator.Exchange;

/// <summary>
/// The matching engine behind one lock: commands from many connections and from the market are carried out one at a time;
/// answers and events leave once the command is on disk.
/// </summary>
/// <remarks>
/// Every command goes into the log, refused ones too: before it is refused, a command lets the clock run, and what was due
/// happens. Left out is only a <see cref="PassTime"/> that caused nothing.
/// </remarks>
public sealed class SimulatedExchange : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly MatchingEngine _engine;
    private readonly ISimulatorClock _clock;
    private readonly ICommandLog _log;
    private IExchangeObserver[] _observers;
    private readonly Channel<Publication> _publications = Channel.CreateUnbounded<Publication>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _publishing;
    private Exception? _defect;
    private long _lastPlace;
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

    /// <summary>Whether every event so far has reached the observers.</summary>
    public bool IsQuiet => Volatile.Read(ref _published) == Volatile.Read(ref _queued);

    /// <summary>Fails when the exchange can't go on: a command could not be carried out or kept, or an observer broke. Never completes otherwise.</summary>
    public Task Failure => _failure.Task;

    /// <summary>Adds an observer behind the others: a venue, which needs the exchange first. It sees the batches that are published from now on.</summary>
    public void AddObserver(IExchangeObserver observer)
    {
        lock (_gate)
        {
            Volatile.Write(ref _observers, [.. _observers, observer]);
        }
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
            outcome = Carry(command);
            place = _lastPlace;
        }

        await _log.CommittedAsync(place);
        return outcome.Succeeded(out var value, out var refusal) ? (T)value : refusal;
    }

    /// <summary>
    /// Carries a command out without waiting for the disk. Its events wait all the same, so that this is for callers who answer
    /// nobody; they keep the queue short by <see cref="QuietAsync"/>.
    /// </summary>
    public Outcome<T> Execute<T>(Func<long, MatchingCommand> command)
        where T : class
    {
        lock (_gate)
        {
            return Carry(command).Succeeded(out var value, out var refusal) ? (T)value : refusal;
        }
    }

    /// <summary>Looks at the engine between two commands. The answer must not hold on to the engine.</summary>
    public T Read<T>(Func<MatchingEngine, T> query)
    {
        lock (_gate)
        {
            return query(_engine);
        }
    }

    /// <summary>Looks at the engine, and completes when all that the answer shows is on disk.</summary>
    public async ValueTask<T> ReadAsync<T>(Func<MatchingEngine, T> query)
    {
        T answer;
        long place;
        lock (_gate)
        {
            answer = query(_engine);
            place = _lastPlace;
        }

        await _log.CommittedAsync(place);
        return answer;
    }

    /// <summary>Completes when everything that was carried out so far is on disk.</summary>
    public ValueTask CommittedAsync()
    {
        long place;
        lock (_gate)
        {
            place = _lastPlace;
        }

        return _log.CommittedAsync(place);
    }

    /// <summary>Completes when every event so far has reached the observers.</summary>
    public Task QuietAsync() => MarkAsync(static _ => { }, static () => { });

    /// <summary>Tells the observers that a candle is over; completes when every event so far, and this, has reached them.</summary>
    /// <param name="time">Market time, Unix milliseconds.</param>
    public Task EndCandleAsync(long time) => MarkAsync(static _ => { }, () =>
    {
        foreach (var observer in Volatile.Read(ref _observers))
        {
            observer.EndCandle(time);
        }
    });

    /// <summary>Looks at the engine now, and at the observers when they have seen exactly what the engine had done by now.</summary>
    /// <param name="now">Called at once, between two commands.</param>
    /// <param name="later">Called on the observers' loop, between two batches.</param>
    public Task MarkAsync(Action<MatchingEngine> now, Action later)
    {
        var publication = new Publication(0, null, later, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            now(_engine);
            return _publications.Writer.TryWrite(publication with { Place = _lastPlace }) ? publication.Done!.Task : Task.FromException(Stopped());
        }
    }

    /// <summary>Ends when every batch has been published.</summary>
    public async ValueTask DisposeAsync()
    {
        _publications.Writer.TryComplete();
        await _publishing;
    }

    private Outcome<object> Carry(Func<long, MatchingCommand> make)
    {
        if (_defect is not null)
        {
            throw Stopped();
        }

        var command = make(Math.Max(_engine.Time, _clock.MarketTime));
        try
        {
            var outcome = _engine.Apply(command);
            var batch = EventBatch.Take(_engine);
            if (batch is not null || command is not PassTime)
            {
                _lastPlace = _log.Append(command);
            }

            if (batch is not null)
            {
                _queued++;
                _publications.Writer.TryWrite(new Publication(_lastPlace, batch, null, null));
            }

            return outcome;
        }
        catch (Exception error)
        {
            // Half a command may be carried out: nothing that follows could be trusted, or kept.
            Fail(error);
            throw;
        }
    }

    private async Task PublishAsync()
    {
        await foreach (var publication in _publications.Reader.ReadAllAsync())
        {
            try
            {
                await _log.CommittedAsync(publication.Place);
                Publish(publication);
            }
            catch (Exception error)
            {
                Fail(error);
                publication.Done?.TrySetException(error);
            }
        }
    }

    private void Publish(Publication publication)
    {
        if (Volatile.Read(ref _defect) is { } defect)
        {
            publication.Done?.TrySetException(defect);
            return;
        }

        if (publication.Batch is { } batch)
        {
            foreach (var observer in Volatile.Read(ref _observers))
            {
                observer.Observe(batch);
            }

            Interlocked.Increment(ref _published);
        }

        publication.Then?.Invoke();
        publication.Done?.TrySetResult();
    }

    private void Fail(Exception error)
    {
        Interlocked.CompareExchange(ref _defect, error, null);
        _failure.TrySetException(error);
    }

    private RunException Stopped() => new("the exchange has stopped" + (_defect is null ? "" : $" after an error: {_defect.Message}"), _defect);

    /// <summary>What the publishing loop does once a place is on disk.</summary>
    private sealed record Publication(long Place, EventBatch? Batch, Action? Then, TaskCompletionSource? Done);
}
