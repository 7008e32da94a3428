using System.Globalization;

namespace Trellis.Bench.Reporting;

/// <summary>Figures as people read them.</summary>
internal static class Text
{
    /// <summary>Nanoseconds with the unit that leaves one to three digits before the point.</summary>
    public static string Time(double nanoseconds) => nanoseconds switch
    {
        >= 1e9 => $"{Number(nanoseconds / 1e9)} s",
        >= 1e6 => $"{Number(nanoseconds / 1e6)} ms",
        >= 1e3 => $"{Number(nanoseconds / 1e3)} µs",
        _ => $"{Number(nanoseconds)} ns",
    };

    public static string Bytes(double bytes) => bytes switch
    {
        >= 1 << 20 => $"{Number(bytes / (1 << 20))} MiB",
        >= 1 << 10 => $"{Number(bytes / (1 << 10))} KiB",
        _ => $"{Number(bytes)} B",
    };

    /// <summary>Three significant digits.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        >= 1_000 => Count(value),
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.000", CultureInfo.InvariantCulture),
    };

    public static string Count(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>How many times the second fits into the first.</summary>
    public static string Ratio(double of, double to) => to > 0 ? $"{Number(of / to)}×" : "–";

    /// <summary>Whether a figure stays within its budget, and which part of it it takes.</summary>
    public static string Verdict(double figure, double budget) =>
        $"{(figure <= budget ? "met" : "MISSED")} {(figure / budget * 100).ToString("0", CultureInfo.InvariantCulture)} %";
}
