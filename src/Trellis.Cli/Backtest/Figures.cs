using System.Globalization;
using Trellis.Core.Numerics;

namespace Trellis.Cli.Backtest;

/// <summary>Numbers for the screen, rounded; files have them whole.</summary>
internal static class Figures
{
    public static string Amount(Money amount) => amount.ToDecimal().ToString("#,##0.00", CultureInfo.InvariantCulture);

    public static string Signed(Money amount) => amount.ToDecimal().ToString("+#,##0.00;-#,##0.00;0.00", CultureInfo.InvariantCulture);

    /// <param name="share">0.1 is +10.00 %.</param>
    public static string Percent(double share) => (share * 100).ToString("+#,##0.00;-#,##0.00;0.00", CultureInfo.InvariantCulture) + " %";

    /// <param name="share">0.1 is 10.0 %.</param>
    public static string Share(double share) => (share * 100).ToString("#,##0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A dash where the number is not defined.</summary>
    public static string Ratio(double? ratio) => ratio?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>Small prices keep their digits.</summary>
    public static string Price(decimal price) => price.ToString(Math.Abs(price) < 1 ? "0.############" : "0.####", CultureInfo.InvariantCulture);

    /// <param name="time">Unix milliseconds.</param>
    public static string Date(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Short(double number) => number switch
    {
        >= 1e9 => $"{number / 1e9:0.0} billion",
        >= 1e6 => $"{number / 1e6:0.0} million",
        >= 1e3 => $"{number / 1e3:0} thousand",
        _ => $"{number:0}",
    };
}
