using System.Globalization;

namespace Trellis.Data;

/// <summary>Times as people read them: UTC, to the minute, or to the second where it matters.</summary>
public static class TimeText
{
    private const long First = -62_135_596_800_000;
    private const long Last = 253_402_300_799_999;

    /// <param name="milliseconds">Unix milliseconds; a number outside the calendar is printed as it is.</param>
    public static string Of(long milliseconds) => milliseconds is < First or > Last
        ? milliseconds.ToString(CultureInfo.InvariantCulture)
        : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            .ToString(milliseconds % 60_000 == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss.FFF", CultureInfo.InvariantCulture);
}
