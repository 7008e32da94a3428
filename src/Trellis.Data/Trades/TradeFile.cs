using System.Globalization;
using Trellis.Core;
using Trellis.Data.Import;

namespace Trellis.Data.Trades;

/// <summary>Recorded trades as CSV, gzip CSV or zip: <c>time_ms,price,qty,is_buyer_maker</c>, with that header.</summary>
public static class TradeFile
{
    public const string Header = "time_ms,price,qty,is_buyer_maker";

    private const int MostProblems = 20;

    /// <returns>The trades of all files in order of time; trades of one millisecond keep the order of the files.</returns>
    /// <exception cref="DataException">A file can't be read, has no trades, or rows break a rule (up to 20 are named).</exception>
    public static IReadOnlyList<RecordedTrade> Read(IReadOnlyList<string> paths)
    {
        var trades = new List<RecordedTrade>();
        var problems = new List<string>();
        using (var reader = new BlockReader(paths))
        {
            var line = 0;
            foreach (var block in reader.Blocks())
            {
                line = block.Starts ? 0 : line;
                Parse(block, ref line, trades, problems);
                reader.Return(block);
            }
        }

        if (problems.Count > 0)
        {
            throw new DataException($"{(problems.Count == MostProblems ? "at least " : "")}{problems.Count} bad rows; the trades were not used. Correct or remove them:\n  {string.Join("\n  ", problems)}");
        }

        return trades.Count > 0
            ? [.. trades.OrderBy(trade => trade.Time)]
            : throw new DataException($"{string.Join(", ", paths)}: no trades. A trade file has the header {Header} and lines of it");
    }

    private static void Parse(in Block block, ref int line, List<RecordedTrade> trades, List<string> problems)
    {
        var text = block.Text;
        while (text.Length > 0 && problems.Count < MostProblems)
        {
            var end = text.IndexOf((byte)'\n');
            var row = (end < 0 ? text : text[..end]).TrimEnd((byte)'\r');
            text = end < 0 ? [] : text[(end + 1)..];
            line++;
            if (row.Length == 0)
            {
                continue;
            }

            var words = System.Text.Encoding.UTF8.GetString(row).TrimStart('\uFEFF');
            if (line == 1)
            {
                if (words != Header)
                {
                    problems.Add($"{block.Source}:1: header '{words}': must be {Header}");
                }

                continue;
            }

            if (Parse(words, out var trade) is { } problem)
            {
                problems.Add($"{block.Source}:{line}: {problem}");
            }
            else
            {
                trades.Add(trade);
            }
        }
    }

    private static string? Parse(string row, out RecordedTrade trade)
    {
        trade = default;
        var fields = row.Split(',');
        if (fields.Length != 4)
        {
            return $"row '{row}': has {fields.Length} columns; 4 are expected: {Header}";
        }

        if (!long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var time) || time is < 946_684_800_000 or >= 4_102_444_800_000)
        {
            return $"time_ms '{fields[0]}': must be Unix milliseconds between 2000 and 2100";
        }

        if (!TryAmount(fields[1], out var price))
        {
            return $"price '{fields[1]}': must be a plain decimal number above 0";
        }

        if (!TryAmount(fields[2], out var quantity))
        {
            return $"qty '{fields[2]}': must be a plain decimal number above 0";
        }

        var isBuyerMaker = fields[3] is "1" or "true" or "True";
        if (!isBuyerMaker && fields[3] is not ("0" or "false" or "False"))
        {
            return $"is_buyer_maker '{fields[3]}': must be 0, 1, false or true";
        }

        trade = new RecordedTrade(time, price, quantity, isBuyerMaker);
        return null;
    }

    private static bool TryAmount(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && value > 0;
}
