namespace Trellis.Simulator.MarketData;

/// <summary>Where candles of an interval begin and end. All times are Unix milliseconds, all days are UTC.</summary>
public static class KlineIntervals
{
    public const long Minute = 60_000;
    public const long Day = 86_400_000;

    public static IReadOnlyList<KlineInterval> All { get; } = Enum.GetValues<KlineInterval>();

    /// <summary>Open time of the candle that holds an instant.</summary>
    public static long OpenOf(KlineInterval interval, long time) => interval switch
    {
        KlineInterval.OneMonth => FirstOfMonth(time, 0),
        _ => time - Modulo(time - Anchor(interval), Length(interval)),
    };

    /// <summary>Open time of the candle after the one that holds an instant; a candle's close time is one millisecond before it.</summary>
    public static long NextOpenOf(KlineInterval interval, long time) => interval switch
    {
        KlineInterval.OneMonth => FirstOfMonth(time, 1),
        _ => OpenOf(interval, time) + Length(interval),
    };

    // Weeks begin on Mondays (5 January 1970 was the first). Candles of three days begin on every third day from 2 January 1970,
    // as in published archives: 17 August 2017, 8 December 2023, 1 July 2026.
    private static long Anchor(KlineInterval interval) => interval switch
    {
        KlineInterval.OneWeek => 4 * Day,
        KlineInterval.ThreeDays => Day,
        _ => 0,
    };

    private static long Length(KlineInterval interval) => Minute * interval switch
    {
        KlineInterval.OneMinute => 1,
        KlineInterval.ThreeMinutes => 3,
        KlineInterval.FiveMinutes => 5,
        KlineInterval.FifteenMinutes => 15,
        KlineInterval.ThirtyMinutes => 30,
        KlineInterval.OneHour => 60,
        KlineInterval.TwoHours => 120,
        KlineInterval.FourHours => 240,
        KlineInterval.SixHours => 360,
        KlineInterval.EightHours => 480,
        KlineInterval.TwelveHours => 720,
        KlineInterval.OneDay => 1440,
        KlineInterval.ThreeDays => 3 * 1440,
        KlineInterval.OneWeek => 7 * 1440,
        _ => throw new ArgumentOutOfRangeException(nameof(interval), interval, "months have no fixed length"),
    };

    private static long FirstOfMonth(long time, int monthsLater)
    {
        var date = DateTimeOffset.FromUnixTimeMilliseconds(time);
        return new DateTimeOffset(date.Year, date.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(monthsLater).ToUnixTimeMilliseconds();
    }

    private static long Modulo(long value, long length) => ((value % length) + length) % length;
}
