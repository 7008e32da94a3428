using Trellis.Core.Metrics;

namespace Trellis.Core.Tests.Metrics;

public sealed class UnderwaterMeterTests
{
    [Fact]
    public void The_longest_time_below_a_peak_lasts_from_its_last_close_to_the_first_that_is_not_below()
    {
        var meter = Of(100, [110, 105, 110, 100, 90, 109, 111, 110]);

        meter.Peak.ShouldBe(111);
        meter.Longest.ShouldBe((2, 6));
        meter.LongestRecovered.ShouldBeTrue();
        meter.Share.ShouldBe(5.0 / 8);
    }

    [Fact]
    public void A_time_that_did_not_end_counts_to_the_last_close()
    {
        var meter = Of(100, [101, 99, 101, 90, 91, 92]);

        meter.Longest.ShouldBe((2, 5));
        meter.LongestRecovered.ShouldBeFalse();
    }

    [Fact]
    public void The_start_is_the_first_peak() => Of(100, [99, 98, 100]).Longest.ShouldBe((-1, 2));

    [Fact]
    public void Equity_that_never_fell_was_never_under_water()
    {
        var meter = Of(100, [100, 101, 102]);

        meter.Share.ShouldBe(0);
        (meter.Longest.To - meter.Longest.From).ShouldBe(0);
    }

    [Fact]
    public void The_recovery_of_a_trough_is_the_first_close_at_the_peak_after_it()
    {
        Of(100, [90, 100, 95, 100], trough: 0).Recovery.ShouldBe(1);
        Of(100, [90, 100, 95, 100], trough: 2).Recovery.ShouldBe(3);
        Of(100, [90, 95], trough: 0).Recovery.ShouldBeNull();
    }

    [Theory]
    [InlineData(7)]
    [InlineData(-7)]
    [InlineData(0)]
    [InlineData(1)]
    public void Closes_on_a_line_are_taken_as_one_by_one(int slope)
    {
        var random = new Random(slope + 11);
        for (var round = 0; round < 300; round++)
        {
            var (together, alone) = (new UnderwaterMeter(500, 40), new UnderwaterMeter(500, 40));
            for (var stretch = 0; stretch < 6; stretch++)
            {
                var line = new EquityLine(random.Next(-300, 900), slope, 1);
                var prices = Enumerable.Range(0, random.Next(1, 20)).Select(_ => random.Next(1, 60)).ToArray();
                together.Take(new EquityStretch(prices, line));
                foreach (var price in prices)
                {
                    alone.Take(line.At(price));
                }
            }

            together.Peak.ShouldBe(alone.Peak);
            together.Longest.ShouldBe(alone.Longest);
            together.LongestRecovered.ShouldBe(alone.LongestRecovered);
            together.Share.ShouldBe(alone.Share);
            together.Recovery.ShouldBe(alone.Recovery);
        }
    }

    private static UnderwaterMeter Of(int start, int[] equity, int trough = -1)
    {
        var meter = new UnderwaterMeter(start, trough);
        foreach (var value in equity)
        {
            meter.Take(value);
        }

        return meter;
    }
}
