using System.Globalization;
using Trellis.Configuration;
using Trellis.Core;

namespace Trellis.Cli.Backtest;

/// <summary>The options <c>--from</c> and <c>--to</c>.</summary>
internal static class TimeRange
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ssK",
    ];

    /// <summary>The configuration with its range replaced where an option was given.</summary>
    /// <exception cref="ConfigurationException">A time can't be read, or the range is empty.</exception>
    public static LoadedConfiguration Override(LoadedConfiguration loaded, string? from, string? to)
    {
        var backtest = loaded.Document.Backtest;
        var range = backtest with { From = Read("--from", from) ?? backtest.From, To = Read("--to", to) ?? backtest.To };
        if (range.From >= range.To)
        {
            throw new ConfigurationException($"the range of the run is empty: from {Text(range.From)} is not before to {Text(range.To)} (--from and --to replace backtest.from and backtest.to)");
        }

        return range == backtest ? loaded : loaded with { Document = loaded.Document with { Backtest = range } };
    }

    /// <summary>The instant that an option names; null where the option was not given.</summary>
    /// <exception cref="ConfigurationException">The text is not a time.</exception>
    public static DateTimeOffset? Read(string option, string? text)
    {
        if (text is null)
        {
            return null;
        }

        return DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new ConfigurationException($"{option} '{text}' is not a time; allowed: a date or a date and time in UTC, such as 2024-01-31 or 2024-01-31T12:00Z");
    }

    private static string Text(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";
}
