using System.Globalization;

namespace Trellis.Research.Reports;

/// <summary>Numbers of a result as a page shows them, rounded; the exact value stands in the page beside each (attribute <c>value</c>).</summary>
internal static class Show
{
    /// <summary>What stands where a number is not defined.</summary>
    public const string None = "–";

    /// <param name="share">0.1 is +10.00 %.</param>
    public static string Change(double? share) => share is { } value ? (value * 100).ToString("+#,##0.00;−#,##0.00;0.00", CultureInfo.InvariantCulture) + " %" : None;

    /// <param name="share">0.1 is 10.0 %.</param>
    public static string Share(double? share) => share is { } value ? (value * 100).ToString("#,##0.0", CultureInfo.InvariantCulture) + " %" : None;

    public static string Ratio(double? ratio) => ratio?.ToString("#,##0.00;−#,##0.00;0.00", CultureInfo.InvariantCulture) ?? None;

    public static string Count(double count) => count.ToString("#,##0", CultureInfo.InvariantCulture);

    public static string Signed(decimal amount) => amount.ToString("+#,##0.00;−#,##0.00;0.00", CultureInfo.InvariantCulture);

    public static string Amount(decimal amount) => amount.ToString("#,##0.00;−#,##0.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>Small prices keep their digits.</summary>
    public static string Price(decimal price) => price.ToString(Math.Abs(price) < 1 ? "0.############" : "#,##0.######", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? None;

    public static string Date(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? None;

    /// <summary>With the two largest units: <c>3 d 4 h</c>, <c>12 min</c>.</summary>
    public static string Duration(double? seconds)
    {
        if (seconds is not { } value)
        {
            return None;
        }

        var time = TimeSpan.FromSeconds(Math.Min(value, 9e11));
        return time switch
        {
            { TotalDays: >= 100 } => $"{time.TotalDays:#,##0} d",
            { TotalDays: >= 1 } => time.Hours == 0 ? $"{time.Days} d" : $"{time.Days} d {time.Hours} h",
            { TotalHours: >= 1 } => time.Minutes == 0 ? $"{time.Hours} h" : $"{time.Hours} h {time.Minutes} min",
            { TotalMinutes: >= 1 } => $"{time.TotalMinutes:0.#} min",
            _ => $"{time.TotalSeconds:0.#} s",
        };
    }
}
