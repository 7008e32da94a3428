using Trellis.Core.Trading.Inputs;

namespace Trellis.Engine.Effects;

/// <summary>Rings once, at the earliest time that was asked for since it last rang.</summary>
internal sealed class WakeTimer : IDisposable
{
    private readonly EngineClock clock;
    private readonly Action<TradingInput> ring;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private long due = long.MaxValue;

    public WakeTimer(EngineClock clock, TimeProvider time, Action<TradingInput> ring)
    {
        this.clock = clock;
        this.ring = ring;
        timer = time.CreateTimer(_ => Due(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <param name="at">On the exchange's clock, Unix milliseconds.</param>
    public void Ring(long at)
    {
        lock (gate)
        {
            if (at < due)
            {
                due = at;
                Arm();
            }
        }
    }

    public void Dispose() => timer.Dispose();

    private void Due()
    {
        lock (gate)
        {
            if (due == long.MaxValue)
            {
                return;
            }

            if (clock.Now < due)
            {
                // The exchange's clock was set back, or the system's timer is early.
                Arm();
                return;
            }

            due = long.MaxValue;
        }

        ring(new TimePassed(0));
    }

    private void Arm() => timer.Change(TimeSpan.FromMilliseconds(Math.Clamp(due - clock.Now, 1, 60_000)), Timeout.InfiniteTimeSpan);
}
