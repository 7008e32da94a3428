using System.Globalization;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Tests.Backtesting;

/// <summary>Compares two outcomes to the bit.</summary>
internal static class Comparison
{
    /// <returns>The first difference in words; null where there is none.</returns>
    public static string? FirstDifference(RunOutcome expected, RunOutcome actual)
    {
        for (var i = 0; i < Math.Min(expected.Entries.Count, actual.Entries.Count); i++)
        {
            if (expected.Entries[i] != actual.Entries[i])
            {
                return $"entry {i}: expected {expected.Entries[i]}\n              got {actual.Entries[i]}";
            }
        }

        return Differs("range", expected.Range, actual.Range)
            ?? Differs("number of entries", Length(expected), Length(actual))
            ?? Differs("liquidation", expected.LiquidatedAt, actual.LiquidatedAt)
            ?? Differs("start", expected.StartBalance, actual.StartBalance)
            ?? Differs("wallet", expected.Wallet, actual.Wallet)
            ?? Differs("equity", expected.Equity, actual.Equity)
            ?? Differs("drawdown", expected.MaxDrawdown, actual.MaxDrawdown)
            ?? Differs("refusals", expected.Refusals, actual.Refusals)
            ?? Differs("positions", string.Join("; ", expected.Positions), string.Join("; ", actual.Positions))
            ?? (expected.Standing.SequenceEqual(actual.Standing) ? null : Differs("standing orders", string.Join("; ", expected.Standing), string.Join("; ", actual.Standing)))
            ?? Differs("reports", Text(expected), Text(actual));
    }

    private static string Length(RunOutcome outcome) => $"{outcome.Entries.Count}, the last: {(outcome.Entries.Count > 0 ? outcome.Entries[^1] : "none")}";

    private static string Text(RunOutcome outcome) => string.Join("; ", outcome.Reports.Select(report => string.Create(
        CultureInfo.InvariantCulture,
        $"{report.State} pairs {report.Pairs} matched {report.Matched} {string.Join(", ", report.Notes)}")));

    private static string? Differs<T>(string name, T expected, T actual) =>
        EqualityComparer<T>.Default.Equals(expected, actual) ? null : $"{name}: expected {expected}, got {actual}";
}
