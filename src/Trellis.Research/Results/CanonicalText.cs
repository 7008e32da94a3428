using System.Globalization;
using Trellis.Core.Numerics;

namespace Trellis.Research.Results;

/// <summary>Numbers and times as results write them: one text per value, so that 1.0 is 1.00 is <c>1</c>.</summary>
internal static class CanonicalText
{
    /// <summary>Plain decimal digits without trailing zeros, sign of zero or exponent.</summary>
    public static string Of(decimal value)
    {
        if (value == 0)
        {
            return "0";
        }

        var text = value.ToString(CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    public static string Of(Money value) => Of(value.ToDecimal());

    public static string Of(Int128 units) => Of(new Money(units));

    /// <summary>ISO 8601 in UTC, with milliseconds only where there are some.</summary>
    /// <param name="milliseconds">Unix milliseconds.</param>
    public static string Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
        .ToString(milliseconds % 1000 == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The shortest text that reads back as the same double.</summary>
    public static string Of(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
