using System.Security.Cryptography;
using System.Text;
using Trellis.Research.Backtesting;
using Trellis.Research.Reports;

namespace Trellis.Research.Results;

/// <summary>Every fill and funding payment in order: as <c>fills.csv</c>, and as one hash.</summary>
public static class FillsReport
{
    public const string Header = FillRow.Header;

    private const int FlushAt = 1 << 16;

    /// <summary>Writes <c>fills.csv</c> and takes the hash of the same entries in one pass.</summary>
    /// <param name="setup">What was run.</param>
    /// <param name="outcome">What it left behind.</param>
    /// <param name="csv">Gets the rows; null where only the hash is wanted.</param>
    /// <returns>SHA-256 over the canonical lines, 64 lower-case hex digits.</returns>
    public static string Write(BacktestSetup setup, RunOutcome outcome, TextWriter? csv)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var lanes = ResultLane.Of(setup, outcome);
        var lines = new StringBuilder();
        csv?.Write(Header + "\n");
        foreach (var entry in outcome.Entries)
        {
            var text = EntryText.Of(entry, lanes[entry.Lane], outcome.Range);
            AppendCanonical(lines, text);
            if (lines.Length > FlushAt)
            {
                Flush(hash, lines);
            }

            csv?.Write(Row(text));
        }

        Flush(hash, lines);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AppendCanonical(StringBuilder lines, in EntryText entry) => lines
        .Append(entry.Time).Append(',')
        .Append(entry.Bot).Append(',')
        .Append(entry.Instrument).Append(',')
        .Append(entry.Slot).Append(',')
        .Append(entry.Cycle).Append(',')
        .Append(entry.Kind).Append(',')
        .Append(entry.Side).Append(',')
        .Append(entry.PositionSide).Append(',')
        .Append(entry.Price).Append(',')
        .Append(entry.Quantity).Append(',')
        .Append(entry.Fee).Append(',')
        .Append(entry.FeeCurrency).Append(',')
        .Append(entry.FeeAmount).Append(',')
        .Append(entry.Realized).Append(',')
        .Append(entry.Funding).Append('\n');

    private static string Row(in EntryText entry) => string.Join(
        ',',
        CanonicalText.Time(entry.Time),
        entry.Time,
        entry.Bot,
        entry.Instrument,
        entry.Slot,
        entry.Cycle,
        entry.Kind,
        entry.Liquidity,
        entry.Side,
        entry.PositionSide,
        entry.Price,
        entry.Quantity,
        entry.Notional,
        entry.Fee,
        entry.FeeCurrency,
        entry.FeeAmount,
        entry.Realized,
        entry.Funding,
        entry.Wallet,
        entry.Position) + "\n";

    private static void Flush(IncrementalHash hash, StringBuilder lines)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(lines.ToString()));
        lines.Clear();
    }
}
