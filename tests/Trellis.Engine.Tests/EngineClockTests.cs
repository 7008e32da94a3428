namespace Trellis.Engine.Tests;

public sealed class EngineClockTests
{
    private const long Hour = 3_600_000;

    private readonly TwoClocks time = new();
    private readonly EngineClock clock;

    public EngineClockTests() => clock = new EngineClock(time);

    [Fact]
    public void It_goes_on_evenly_where_the_machine_s_clock_is_set_and_the_offset_is_not_measured_anew_yet()
    {
        clock.Offset = Hour;
        time.Pass(1_000);
        var before = clock.Now;
        time.Wall += Hour;
        time.Pass(5);

        clock.Now.ShouldBe(before + 5);
    }

    [Fact]
    public void It_does_not_stand_still_once_the_offset_has_been_measured_anew()
    {
        clock.Offset = Hour;
        var before = clock.Now;
        time.Wall += Hour;
        time.Pass(1_000);
        clock.Offset = 0;
        time.Pass(1_000);

        clock.Now.ShouldBe(before + 2_000);
    }

    [Fact]
    public void It_never_runs_backwards()
    {
        clock.Offset = 500;
        var before = clock.Now;
        clock.Offset = 0;

        clock.Now.ShouldBe(before);
        time.Pass(600);
        clock.Now.ShouldBe(before + 100);
        clock.NotBefore(before + Hour);
        clock.Now.ShouldBe(before + Hour);
    }

    /// <summary>The time of day, which can be set, and the time that passes.</summary>
    private sealed class TwoClocks : TimeProvider
    {
        private long passed;

        public long Wall { get; set; } = 1_700_000_000_000;

        public override long TimestampFrequency => 1_000;

        public void Pass(long milliseconds)
        {
            Wall += milliseconds;
            passed += milliseconds;
        }

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Wall);

        public override long GetTimestamp() => passed;
    }
}
