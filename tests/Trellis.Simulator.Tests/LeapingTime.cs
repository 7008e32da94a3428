namespace Trellis.Simulator.Tests;

/// <summary>A clock that leaps to whatever somebody waits for, so that hours pass in no time. Meant for one waiter.</summary>
internal sealed class LeapingTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private long _ticks = start.UtcTicks;

    public LeapingTime()
        : this(new DateTimeOffset(2026, 3, 2, 10, 20, 30, 400, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public long Milliseconds => GetUtcNow().ToUnixTimeMilliseconds();

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Leap(this, () => callback(state), dueTime);

    private sealed class Leap : ITimer
    {
        private readonly LeapingTime _time;
        private readonly Action _fire;
        private volatile bool _isOver;

        public Leap(LeapingTime time, Action fire, TimeSpan dueTime)
        {
            _time = time;
            _fire = fire;
            Change(dueTime, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime < TimeSpan.Zero)
            {
                return true;
            }

            lock (_time._gate)
            {
                Volatile.Write(ref _time._ticks, _time._ticks + dueTime.Ticks);
            }

            ThreadPool.QueueUserWorkItem(_ =>
            {
                if (!_isOver)
                {
                    _fire();
                }
            });
            return true;
        }

        public void Dispose() => _isOver = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
