using Trellis.Simulator.Markets;

namespace Trellis.Simulator.Tests.Markets;

public sealed class SimulatorClockTests
{
    private readonly ManualClock _day = new();

    [Fact]
    public void The_wire_shows_the_time_of_day_and_the_skew()
    {
        var skew = 0L;
        var clock = new SimulatorClock(_day, 5, () => skew);

        clock.WireTime.ShouldBe(_day.Milliseconds);
        skew = -700;
        clock.WireTime.ShouldBe(_day.Milliseconds - 700);
        clock.MarketTime.ShouldBe(5);
    }

    [Theory]
    [InlineData(1, 1_000, 1_000)]
    [InlineData(60, 1_000, 60_000)]
    [InlineData(0.5, 1_000, 500)]
    public void Time_flows_at_its_speed(double factor, long passed, long expected)
    {
        var clock = Clock(1_000, factor);

        _day.Pass(passed);

        clock.MarketTime.ShouldBe(1_000 + expected);
    }

    [Fact]
    public void Time_never_passes_a_step_that_the_market_has_still_to_take()
    {
        var clock = Clock(1_000, 1);
        clock.Await(1_250);

        _day.Pass(5_000);
        clock.MarketTime.ShouldBe(1_249);
        clock.Lag.ShouldBe(5_000);
        clock.Pass(1_250);
        clock.Await(1_500);
        clock.MarketTime.ShouldBe(1_499);
    }

    [Fact]
    public void Time_stands_still_in_a_pause_and_flows_on_from_there()
    {
        var clock = Clock(1_000, 1);
        _day.Pass(100);
        clock.Pace(0);
        _day.Pass(10_000);
        clock.MarketTime.ShouldBe(1_100);

        clock.Pace(2);
        _day.Pass(50);

        clock.MarketTime.ShouldBe(1_200);
    }

    [Fact]
    public void A_market_that_takes_its_own_time_is_where_its_last_step_was()
    {
        var clock = Clock(1_000, double.PositiveInfinity);
        _day.Pass(99);
        clock.MarketTime.ShouldBe(1_000);
        clock.Pass(60_000);
        clock.MarketTime.ShouldBe(60_000);

        clock.Pace(1);
        clock.Await(long.MaxValue);
        _day.Pass(10);

        clock.MarketTime.ShouldBe(60_010);
    }

    [Fact]
    public void Time_does_not_run_backwards_with_the_day()
    {
        var clock = Clock(1_000, 1);
        _day.Pass(500);
        clock.MarketTime.ShouldBe(1_500);

        _day.Pass(-400);

        clock.MarketTime.ShouldBe(1_500);
        clock.Set(3);
        clock.MarketTime.ShouldBe(1_500);
    }

    private SimulatorClock Clock(long market, double factor)
    {
        var clock = new SimulatorClock(_day, market, static () => 0);
        clock.Set(market);
        clock.Pace(factor);
        clock.Await(long.MaxValue);
        return clock;
    }
}
