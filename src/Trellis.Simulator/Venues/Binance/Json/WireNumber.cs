using System.Globalization;
using System.Text.Json;

namespace Trellis.Simulator.Venues.Binance.Json;

/// <summary>Writes decimals as Binance does: as strings, mostly with a fixed number of decimals.</summary>
public static class WireNumber
{
    /// <summary>Decimals of amounts of money.</summary>
    public const int Money = 8;

    private const int Longest = 64;
    private static readonly string[] Formats = [.. Enumerable.Range(0, 29).Select(decimals => $"F{decimals}")];

    /// <summary>A property of a fixed number of decimals, such as <c>"price":"100.10"</c>.</summary>
    public static void WriteFixed(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, decimal value, int decimals)
    {
        writer.WritePropertyName(name);
        writer.WriteFixed(value, decimals);
    }

    /// <summary>An array's item of a fixed number of decimals.</summary>
    public static void WriteFixed(this Utf8JsonWriter writer, decimal value, int decimals)
    {
        Span<byte> text = stackalloc byte[Longest];
        value.TryFormat(text, out var length, Formats[decimals], CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }

    /// <summary>A property without trailing zeros, such as <c>"stepSize":"0.1"</c>.</summary>
    public static void WritePlain(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, decimal value)
    {
        Span<byte> text = stackalloc byte[Longest];
        (value / 1.000000000000000000000000000m).TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        writer.WriteString(name, text[..length]);
    }

    /// <summary>A property of 8 decimals, or <c>"0"</c> for nothing, as positions have it.</summary>
    public static void WriteMoneyOrZero(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, decimal value) =>
        writer.WriteFixed(name, value, value == 0m ? 0 : Money);
}
