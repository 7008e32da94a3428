using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Trellis.Core.Markets;

/// <summary>The length of a candle: <c>1s, 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d</c>. All divide a day.</summary>
public readonly record struct Interval
{
    /// <summary>What <see cref="TryParse"/> accepts, for messages.</summary>
    public const string Allowed = "1s, 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d";

    private static readonly string[] Names = Allowed.Split(", ");

    private Interval(long milliseconds) => Milliseconds = milliseconds;

    public static Interval OneMinute { get; } = new(60_000);

    /// <summary>Length in milliseconds; a divisor of 86,400,000.</summary>
    public long Milliseconds { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, out Interval interval)
    {
        if (text is null || !Names.Contains(text, StringComparer.Ordinal))
        {
            interval = default;
            return false;
        }

        var unit = text[^1] switch { 's' => 1_000L, 'm' => 60_000L, 'h' => 3_600_000L, _ => 86_400_000L };
        interval = new Interval(unit * int.Parse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture));
        return true;
    }

    /// <exception cref="ConfigurationException">The text is not one of <see cref="Allowed"/>.</exception>
    public static Interval Parse(string text) => TryParse(text, out var interval)
        ? interval
        : throw new ConfigurationException($"interval '{text}' is not known; allowed: {Allowed}");

    public override string ToString() => Milliseconds switch
    {
        >= 86_400_000 => $"{Milliseconds / 86_400_000}d",
        >= 3_600_000 => $"{Milliseconds / 3_600_000}h",
        >= 60_000 => $"{Milliseconds / 60_000}m",
        _ => $"{Milliseconds / 1_000}s",
    };
}
