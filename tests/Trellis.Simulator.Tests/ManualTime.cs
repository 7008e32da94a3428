namespace Trellis.Simulator.Tests;

/// <summary>A clock that a test turns; timers fire, in the order of their due times, while it is turned.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Alarm> _alarms = [];
    private long _now = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero).Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public long Milliseconds => GetUtcNow().ToUnixTimeMilliseconds();

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _now), TimeSpan.Zero);

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    public void Advance(TimeSpan span)
    {
        var until = GetTimestamp() + span.Ticks;
        while (Next(until) is { } alarm)
        {
            alarm.Fire();
        }

        Volatile.Write(ref _now, until);
    }

    private Alarm? Next(long until)
    {
        lock (_gate)
        {
            var alarm = _alarms.Where(alarm => alarm.Due <= until).MinBy(alarm => alarm.Due);
            if (alarm is not null)
            {
                Volatile.Write(ref _now, Math.Max(_now, alarm.Due));
                alarm.Rearm();
            }

            return alarm;
        }
    }

    private sealed class Alarm(ManualTime time, Action fire) : ITimer
    {
        private TimeSpan _period;

        public long Due { get; private set; }

        public Action Fire { get; } = fire;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._alarms.Remove(this);
                _period = period;
                if (dueTime >= TimeSpan.Zero)
                {
                    Due = time.GetTimestamp() + dueTime.Ticks;
                    time._alarms.Add(this);
                }
            }

            return true;
        }

        public void Rearm()
        {
            if (_period > TimeSpan.Zero)
            {
                Due += _period.Ticks;
            }
            else
            {
                time._alarms.Remove(this);
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
