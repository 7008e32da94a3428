namespace Trellis.Exchanges.Tests;

/// <summary>The time of day, moved on by hand; who waits, waits as long as ever.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long _shift;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Pass(TimeSpan time) => Interlocked.Add(ref _shift, time.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Volatile.Read(ref _shift));

    public override long GetTimestamp() => System.GetElapsedTime(0).Ticks + Volatile.Read(ref _shift);
}
