using System.Globalization;
using Trellis.Simulator.MarketData;

namespace Trellis.Simulator.Tests.MarketData;

public sealed class KlineIntervalTests
{
    [Theory]
    [InlineData(KlineInterval.OneMinute, "2026-03-04T13:47:31.250Z", "2026-03-04T13:47:00Z", "2026-03-04T13:48:00Z")]
    [InlineData(KlineInterval.ThreeMinutes, "2026-03-04T13:47:31Z", "2026-03-04T13:45:00Z", "2026-03-04T13:48:00Z")]
    [InlineData(KlineInterval.FiveMinutes, "2026-03-04T13:45:00Z", "2026-03-04T13:45:00Z", "2026-03-04T13:50:00Z")]
    [InlineData(KlineInterval.FifteenMinutes, "2026-03-04T13:47:31Z", "2026-03-04T13:45:00Z", "2026-03-04T14:00:00Z")]
    [InlineData(KlineInterval.ThirtyMinutes, "2026-03-04T13:47:31Z", "2026-03-04T13:30:00Z", "2026-03-04T14:00:00Z")]
    [InlineData(KlineInterval.OneHour, "2026-03-04T13:47:31Z", "2026-03-04T13:00:00Z", "2026-03-04T14:00:00Z")]
    [InlineData(KlineInterval.TwoHours, "2026-03-04T13:47:31Z", "2026-03-04T12:00:00Z", "2026-03-04T14:00:00Z")]
    [InlineData(KlineInterval.FourHours, "2026-03-04T13:47:31Z", "2026-03-04T12:00:00Z", "2026-03-04T16:00:00Z")]
    [InlineData(KlineInterval.SixHours, "2026-03-04T13:47:31Z", "2026-03-04T12:00:00Z", "2026-03-04T18:00:00Z")]
    [InlineData(KlineInterval.EightHours, "2026-03-04T13:47:31Z", "2026-03-04T08:00:00Z", "2026-03-04T16:00:00Z")]
    [InlineData(KlineInterval.TwelveHours, "2026-03-04T13:47:31Z", "2026-03-04T12:00:00Z", "2026-03-05T00:00:00Z")]
    [InlineData(KlineInterval.OneDay, "2026-03-04T13:47:31Z", "2026-03-04T00:00:00Z", "2026-03-05T00:00:00Z")]
    [InlineData(KlineInterval.ThreeDays, "2023-12-08T00:00:00Z", "2023-12-08T00:00:00Z", "2023-12-11T00:00:00Z")]
    [InlineData(KlineInterval.ThreeDays, "2026-06-30T23:59:59Z", "2026-06-28T00:00:00Z", "2026-07-01T00:00:00Z")]
    [InlineData(KlineInterval.OneWeek, "2017-08-17T04:00:00Z", "2017-08-14T00:00:00Z", "2017-08-21T00:00:00Z")]
    [InlineData(KlineInterval.OneWeek, "2026-03-01T23:59:59Z", "2026-02-23T00:00:00Z", "2026-03-02T00:00:00Z")]
    [InlineData(KlineInterval.OneMonth, "2024-02-29T23:59:59Z", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z")]
    [InlineData(KlineInterval.OneMonth, "2026-12-01T00:00:00Z", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    public void A_candle_begins_and_ends_where_the_exchange_lets_it(KlineInterval interval, string time, string open, string next)
    {
        KlineIntervals.OpenOf(interval, Milliseconds(time)).ShouldBe(Milliseconds(open));
        KlineIntervals.NextOpenOf(interval, Milliseconds(time)).ShouldBe(Milliseconds(next));
    }

    private static long Milliseconds(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
