using Trellis.Simulator.Exchange;

namespace Trellis.Simulator.Markets;

/// <summary>
/// The simulator's clocks. The market's time flows at the market's speed, but never past the next step that the market has still to
/// take, so that a candle's trades lie in their candle however busy the machine is.
/// </summary>
/// <param name="time">Says the time of day.</param>
/// <param name="start">Market time before the market runs, Unix milliseconds.</param>
/// <param name="skew">Milliseconds that a fault adds to the time of day.</param>
public sealed class SimulatorClock(TimeProvider time, long start, Func<long> skew) : ISimulatorClock
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = New();
    private double _factor;
    private long _anchor = start;
    private long _anchorDay;
    private long _passed = start;
    private long _next = start;
    private long _told = start;

    public long WireTime => Day + skew();

    public long MarketTime
    {
        get
        {
            lock (_gate)
            {
                return Now();
            }
        }
    }

    /// <summary>How far the market is behind where its speed would have it; 0 where it takes its own time.</summary>
    internal long Lag
    {
        get
        {
            lock (_gate)
            {
                return Math.Max(0, Flow() - _passed);
            }
        }
    }

    private long Day => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Puts the market's time somewhere, forward only; it flows on from there.</summary>
    internal void Set(long market)
    {
        lock (_gate)
        {
            _anchor = Math.Max(market, _passed);
            _anchorDay = Day;
        }
    }

    /// <summary>Changes how fast time flows.</summary>
    /// <param name="factor">Market seconds per second; 0 stands still, infinity waits for nothing: time is what the market last did.</param>
    internal void Pace(double factor)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            if (factor == _factor)
            {
                return;
            }

            // A market that lags goes on catching up after a pause; one that took its own time flows on from where it is.
            _anchor = double.IsPositiveInfinity(_factor) ? _passed : Math.Max(_passed, Flow());
            _anchorDay = Day;
            _factor = factor;
            (changed, _changed) = (_changed, New());
        }

        changed.SetResult();
    }

    /// <summary>Announces the market's next step: until it is taken, time stays before it.</summary>
    internal void Await(long next)
    {
        lock (_gate)
        {
            _next = next;
        }
    }

    /// <summary>The market has taken a step.</summary>
    internal void Pass(long step)
    {
        lock (_gate)
        {
            _passed = Math.Max(_passed, step);
        }
    }

    /// <summary>Completes when it is time for the market's next step.</summary>
    internal async ValueTask ReachAsync(long step, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            var wait = Timeout.InfiniteTimeSpan;
            lock (_gate)
            {
                if (double.IsPositiveInfinity(_factor))
                {
                    return;
                }

                changed = _changed.Task;
                if (_factor > 0)
                {
                    var left = (step - Flow()) / _factor;
                    if (left <= 0)
                    {
                        return;
                    }

                    wait = TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(left), 60_000));
                }
            }

            if (wait == Timeout.InfiniteTimeSpan)
            {
                await changed.WaitAsync(cancellation);
            }
            else
            {
                await Task.WhenAny(changed, Task.Delay(wait, time, cancellation));
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private long Now() => _told = Math.Max(_told, Math.Max(_passed, Math.Min(Flow(), _next - 1)));

    private long Flow() => double.IsPositiveInfinity(_factor) ? _passed : _anchor + (long)((Day - _anchorDay) * _factor);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
