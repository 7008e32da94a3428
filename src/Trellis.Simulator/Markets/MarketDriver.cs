using Trellis.Core;
using Trellis.Core.Matching;
using Trellis.Data;
using Trellis.Simulator.Exchange;
using Trellis.Simulator.MarketData;
using Trellis.Simulator.Markets.Feeds;

namespace Trellis.Simulator.Markets;

/// <summary>
/// Runs a market: walks its candles at its speed and tells the exchange what happens. Where it stands is the exchange's clock, so that a
/// market whose exchange was killed goes on with the step after the last one that was kept.
/// </summary>
public sealed class MarketDriver
{
    /// <summary>A path's moves lie about this far apart on the watch of whoever looks on.</summary>
    private const double MoveSpacing = 250;

    private const int MostSteps = 4_800;
    private const int MostQueuedFrames = 4_096;
    private static readonly TimeSpan LongestWaitForFrames = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly MarketPlan _plan;
    private readonly SimulatedExchange _exchange;
    private readonly SimulatorClock _clock;
    private readonly MarketDataStore _store;
    private readonly IActivity _activity;
    private readonly TimeProvider _time;
    private readonly Action<string> _say;
    private readonly MarketMover _mover;
    private readonly MarketAgenda _agenda;
    private readonly QuietWatch _quiet;
    private readonly long _keptTime;
    private readonly List<StepOrder> _orders = [];
    private TaskCompletionSource _changed = NewSignal();
    private Task _published = Task.CompletedTask;
    private MarketSpeed _speed;
    private bool _isPaused;
    private bool _hasEnded;
    private long _candle;
    private long _passed;

    /// <param name="exchange">New, or restored; its clock says where the market goes on.</param>
    /// <param name="store">Gets the rate of the next funding; says which fundings a restored exchange has settled.</param>
    /// <param name="say">Takes a sentence for the person at the screen.</param>
    public MarketDriver(MarketPlan plan, SimulatedExchange exchange, SimulatorClock clock, MarketDataStore store, IActivity activity, TimeProvider time, Action<string> say)
    {
        _plan = plan;
        _exchange = exchange;
        _clock = clock;
        _store = store;
        _activity = activity;
        _time = time;
        _say = say;
        _mover = new MarketMover(plan, exchange, store, say);
        _agenda = new MarketAgenda(plan);
        _quiet = new QuietWatch(exchange, activity, time, TimeSpan.FromMilliseconds(plan.Options.QuietMilliseconds));
        _speed = plan.Options.Speed;
        _keptTime = exchange.Read(engine => engine.Time);
        _candle = Math.Max(plan.HistoryCandles, (_keptTime - plan.Anchor.FirstOpen) / plan.Interval.Milliseconds);
    }

    /// <summary>Awaited before each instant at which the market does something, with the market's time; null for nothing.</summary>
    public Func<long, ValueTask>? BeforeStep { get; set; }

    public MarketPlan Plan => _plan;

    public MarketStatus Status
    {
        get
        {
            lock (_gate)
            {
                return new MarketStatus(_clock.MarketTime, _speed, _isPaused, _plan.OpenOf(_candle), _passed, _hasEnded);
            }
        }
    }

    /// <summary>Runs until it is cancelled, which it answers by returning; at the end of the data the market stands still.</summary>
    /// <exception cref="RunException">The exchange can't go on.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        Begin();
        try
        {
            while (_candle < _plan.Candles)
            {
                cancellation.ThrowIfCancellationRequested();
                await PermitAsync(cancellation);
                await PassAsync(cancellation);
            }

            await EndAsync(cancellation);
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Asked to stop.
        }
        finally
        {
            Fulfil(all: true);
        }
    }

    public void Pause() => Change(() => _isPaused = true);

    public void Resume() => Change(() => _isPaused = false);

    public void SetSpeed(MarketSpeed speed) => Change(() => _speed = speed);

    /// <summary>Lets a paused market pass candles, one after the other, each when clients are quiet.</summary>
    /// <returns>How many have passed: fewer than asked for where the data ended or the market was resumed.</returns>
    /// <exception cref="RunException">The market is not paused.</exception>
    public async Task<int> StepAsync(int candles, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(candles, 1);
        var order = new StepOrder(candles);
        Change(() =>
        {
            if (!_isPaused)
            {
                throw new RunException("the market is not paused, so that it can't be stepped by hand; pause it first");
            }

            // Behind its last candle a paused market waits to be resumed before it says that the data are over.
            if (_hasEnded || _candle >= _plan.Candles)
            {
                order.Done.SetResult(0);
                return;
            }

            _orders.Add(order);
        });
        return await order.Done.Task.WaitAsync(cancellation);
    }

    /// <summary>Moves an instrument to a price now; its path goes on from there in proportion. The answer is the price on the tick.</summary>
    /// <exception cref="RunException">With the candle rule the market is the data's and can't be moved.</exception>
    public decimal MoveTo(int instrument, decimal price)
    {
        return _plan.Options.FillRule == FillRule.Book
            ? _mover.MoveTo(instrument, price, _clock.MarketTime)
            : throw new RunException("with --fill-rule candle the market passes the data's candles and can't be moved; use --fill-rule book");
    }

    private void Begin()
    {
        var isNew = _keptTime <= _plan.StartTime;
        var from = Math.Max(_keptTime, _plan.StartTime);
        if (!isNew)
        {
            _mover.Resume(_candle, _keptTime);
        }

        var day = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var goesOnFromNow = _plan.Anchor.FollowsTheDay && (isNew || _speed == MarketSpeed.RealTime);
        _clock.Pass(from);
        _clock.Set(goesOnFromNow ? Math.Max(from, day) : from);
        Apply();
        _mover.Announce(from);
    }

    private async ValueTask EndAsync(CancellationToken cancellation)
    {
        var end = _plan.OpenOf(_plan.Candles);
        await _clock.ReachAsync(end, cancellation);
        _mover.LetTimePass(end);
        _clock.Pass(end);
        await _exchange.EndCandleAsync(end);
        lock (_gate)
        {
            _hasEnded = true;
        }

        _say($"the data are over at {TimeText.Of(end)} of the market's time; the market stands still");
    }

    /// <summary>Completes when the next candle may begin.</summary>
    private async ValueTask PermitAsync(CancellationToken cancellation)
    {
        await _published;
        while (true)
        {
            bool paused, step, ordered;
            Task changed;
            lock (_gate)
            {
                (paused, step, ordered, changed) = (_isPaused, _speed.IsStep, _orders.Count > 0, _changed.Task);
            }

            if (paused && !ordered)
            {
                await changed.WaitAsync(cancellation);
                continue;
            }

            if (step || paused)
            {
                await _quiet.WaitAsync(needsStream: !paused, () => changed.IsCompleted, cancellation);
            }
            else if (_speed.IsMax)
            {
                await FramesSentAsync(cancellation);
            }

            if (!changed.IsCompleted)
            {
                return;
            }
        }
    }

    /// <summary>Keeps a market at full speed from burying its clients, without letting one that does not read hold it up for long.</summary>
    private async ValueTask FramesSentAsync(CancellationToken cancellation)
    {
        var since = _time.GetTimestamp();
        while (_activity.QueuedFrames > MostQueuedFrames && _time.GetElapsedTime(since) < LongestWaitForFrames)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), _time, cancellation);
        }
    }

    private async ValueTask PassAsync(CancellationToken cancellation)
    {
        var candle = _candle;
        var entries = _agenda.Of(candle, Steps());
        for (var i = 0; i < entries.Count;)
        {
            var time = entries[i].Time;
            var end = i + 1;
            while (end < entries.Count && entries[end].Time == time)
            {
                end++;
            }

            if (time >= _keptTime)
            {
                await TakeAsync(entries, i, end, candle, cancellation);
            }

            i = end;
        }

        _clock.Await(_plan.OpenOf(candle + 1));
        Close(candle);
    }

    private async ValueTask TakeAsync(IReadOnlyList<AgendaEntry> entries, int from, int end, long candle, CancellationToken cancellation)
    {
        var time = entries[from].Time;
        _clock.Await(time);
        await _clock.ReachAsync(time, cancellation);
        if (BeforeStep is { } before)
        {
            await before(time);
        }

        for (var i = from; i < end; i++)
        {
            if (time > _keptTime || IsMissing(entries[i]))
            {
                Take(entries[i], candle);
            }
        }

        _clock.Pass(time);
    }

    /// <summary>
    /// Whether the exchange, whose clock stands at this very instant, lacks this. Fundings of several instruments share an instant and may have been kept in part;
    /// a recorded trade may share its instant with the end of a candle.
    /// </summary>
    private bool IsMissing(in AgendaEntry entry) => entry.Time == _keptTime && entry.Kind switch
    {
        AgendaKind.Funding => _store.Fundings(entry.Instrument, entry.Time, entry.Time, 1).Count == 0,
        AgendaKind.Move => _store.Trades(entry.Instrument, null, 1) is not [var last] || last.Time < entry.Time,
        _ => false,
    };

    private void Take(in AgendaEntry entry, long candle)
    {
        switch (entry.Kind)
        {
            case AgendaKind.Funding:
                _mover.Settle(entry, candle);
                break;
            case AgendaKind.Move:
                _mover.Move(entry, candle);
                break;
            case AgendaKind.Candle:
                _mover.Pass(entry, candle);
                break;
            default:
                _mover.LetTimePass(entry.Time);
                if (entry.Place == 0)
                {
                    _ = _exchange.EndCandleAsync(entry.Time);
                }

                break;
        }
    }

    private void Close(long candle)
    {
        var end = _plan.OpenOf(candle + 1);
        if (double.IsPositiveInfinity(Factor()))
        {
            // Nothing flows: the candle is over when it has passed, and clients see it closed before the next one begins.
            _mover.LetTimePass(end);
            _clock.Pass(end);
            _published = _exchange.EndCandleAsync(end);
        }
        else
        {
            _published = _exchange.QuietAsync();
        }

        _mover.Announce(end - 1);
        lock (_gate)
        {
            _candle++;
            _passed++;
        }

        Fulfil(all: false);
    }

    /// <summary>Ends the orders for steps that have had their candles.</summary>
    private void Fulfil(bool all)
    {
        List<StepOrder> done;
        lock (_gate)
        {
            if (_orders.Count > 0 && !all)
            {
                _orders[0].Passed++;
            }

            done = _orders.FindAll(order => all || !_isPaused || _hasEnded || order.Passed == order.Candles || _candle >= _plan.Candles);
            _orders.RemoveAll(done.Contains);
        }

        Apply();
        done.ForEach(order => order.Done.TrySetResult(order.Passed));
    }

    private int Steps()
    {
        var factor = Factor();
        var length = _plan.Interval.Milliseconds;
        return double.IsPositiveInfinity(factor) || _clock.Lag > 2 * length
            ? CandlePath.FewestSteps
            : (int)Math.Clamp(length / (MoveSpacing * Math.Max(factor, 0.05)), CandlePath.FewestSteps, MostSteps);
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change();
            (changed, _changed) = (_changed, NewSignal());
        }

        Apply();
        changed.SetResult();
    }

    private void Apply() => _clock.Pace(Factor());

    private double Factor()
    {
        lock (_gate)
        {
            return _isPaused ? (_orders.Count > 0 ? double.PositiveInfinity : 0)
                : _speed.IsStep ? double.PositiveInfinity
                : _speed.Factor;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class StepOrder(int candles)
    {
        public int Candles => candles;

        public int Passed { get; set; }

        public TaskCompletionSource<int> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
