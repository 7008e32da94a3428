using System.Text;
using Trellis.Core.Markets;
using Trellis.Data.Format;

namespace Trellis.Data.Import;

/// <summary>
/// Parses the lines of candle CSVs straight from bytes: <c>open_time_ms,open,high,low,close,volume</c>, or the twelve
/// columns of Binance's kline archives, whose times may also be in microseconds.
/// </summary>
internal sealed class CandleCsv(CandleRows rows, RowProblems problems, Interval interval)
{
    private const int PlainColumns = 6;
    private const int ArchiveColumns = 12;
    private const long FirstTime = 946_684_800_000;
    private const long EndTime = 4_102_444_800_000;
    private const long FirstMicroseconds = 1_000_000_000_000_000;

    private static readonly string[] Names = ["open_time_ms", "open", "high", "low", "close", "volume"];

    private static readonly string Fit = $"price × 10^decimals must be below {int.MaxValue}";

    private readonly long step = interval.Milliseconds;
    private string source = "";
    private int line;
    private int columns;

    public long Rows { get; private set; }

    public void Parse(in Block block)
    {
        if (block.Starts)
        {
            source = block.Source;
            line = 0;
            columns = 0;
            rows.BeginSource(source);
        }

        var text = block.Text;
        if (block.Starts && text.StartsWith("\uFEFF"u8))
        {
            text = text[3..];
        }

        while (text.Length > 0)
        {
            var end = text.IndexOf((byte)'\n');
            var row = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 1)..];
            line++;
            if (row.Length > 0 && row[^1] == '\r')
            {
                row = row[..^1];
            }

            if (row.Length > 0 && !TryFast(row))
            {
                ParseLine(row);
            }
        }
    }

    private bool TryFast(ReadOnlySpan<byte> row)
    {
        if (columns == 0 || !FastRow.TryParse(row, rows, columns - PlainColumns, out var candle)
            || candle.Time is < FirstTime or >= EndTime || candle.Time % step != 0)
        {
            return false;
        }

        Rows++;
        rows.Add(candle, line, step);
        return true;
    }

    private void ParseLine(ReadOnlySpan<byte> row)
    {
        Span<int> starts = stackalloc int[ArchiveColumns + 2];
        var count = Split(row, starts);
        if (columns == 0)
        {
            columns = count == ArchiveColumns ? ArchiveColumns : PlainColumns;
            if (IsLetter(row[0]))
            {
                RequireHeader(row, starts, count);
                return;
            }
        }

        Rows++;
        if (count != columns)
        {
            var has = count > ArchiveColumns ? $"more than {ArchiveColumns}" : $"{count}";
            problems.Add(source, line, "row", Text(row), $"has {has} columns; {columns} are expected, starting with {string.Join(',', Names)}");
            return;
        }

        ParseRow(row, starts);
    }

    private void ParseRow(ReadOnlySpan<byte> row, ReadOnlySpan<int> starts)
    {
        if (!TryTime(Field(row, starts, 0), out var time))
        {
            return;
        }

        var parsed = Price(row, starts, 1, out var open);
        parsed &= Price(row, starts, 2, out var high);
        parsed &= Price(row, starts, 3, out var low);
        parsed &= Price(row, starts, 4, out var close);
        parsed &= Volume(row, starts, out var volume);
        if (!parsed)
        {
            return;
        }

        var decimals = Math.Max(Math.Max(open.Decimals, high.Decimals), Math.Max(low.Decimals, close.Decimals));
        if (!rows.RaisePriceDecimals(decimals))
        {
            problems.Add(source, line, "row", Text(row), $"has a price with {decimals} decimals, but an earlier price is too high to be stored with so many; {Fit}");
            return;
        }

        if (!rows.RaiseVolumeDecimals(volume.Decimals))
        {
            problems.Add(source, line, Names[5], Text(Field(row, starts, 5)), $"has {volume.Decimals} decimals, but an earlier volume is too large to be stored with so many; volume × 10^decimals must be below 2^63");
            return;
        }

        if (!Scale(row, starts, 1, open, out var o) | !Scale(row, starts, 2, high, out var h) | !Scale(row, starts, 3, low, out var l)
            | !Scale(row, starts, 4, close, out var c) | !ScaleVolume(row, starts, volume, out var v))
        {
            return;
        }

        if (l > Math.Min(o, c))
        {
            problems.Add(source, line, Names[3], Text(Field(row, starts, 3)), "low must be at most open and close");
        }
        else if (h < Math.Max(o, c))
        {
            problems.Add(source, line, Names[2], Text(Field(row, starts, 2)), "high must be at least open and close");
        }
        else
        {
            rows.Add(new CandleRow(time, o, h, l, c, v), line, step);
        }
    }

    private bool TryTime(ReadOnlySpan<byte> field, out long time)
    {
        const string range = "must be Unix milliseconds between 2000 and 2100 (twelve-column archives: or microseconds)";
        time = 0;
        if (!PlainDecimal.TryParse(field, out var value) || value.Decimals > 0 || value.Negative || value.Digits > long.MaxValue || field.Contains((byte)'.'))
        {
            problems.Add(source, line, Names[0], Text(field), range);
            return false;
        }

        time = (long)value.Digits;
        if (columns == ArchiveColumns && time >= FirstMicroseconds)
        {
            var (milliseconds, rest) = Math.DivRem(time, 1_000);
            time = rest == 0 ? milliseconds : 0;
        }

        if (time is < FirstTime or >= EndTime)
        {
            problems.Add(source, line, Names[0], Text(field), range);
            return false;
        }

        if (time % step != 0)
        {
            problems.Add(source, line, Names[0], Text(field), $"must be a multiple of the interval {interval} ({step} ms)");
            return false;
        }

        return true;
    }

    private bool Price(ReadOnlySpan<byte> row, ReadOnlySpan<int> starts, int column, out PlainDecimal value)
    {
        var field = Field(row, starts, column);
        var rule = !PlainDecimal.TryParse(field, out value) ? "must be a plain decimal number such as 1234.56, without exponent"
            : value.Digits == 0 || value.Negative ? "must be above 0"
            : value.Decimals > CandleFileHeader.MaxPriceDecimals ? $"has {value.Decimals} decimals; at most {CandleFileHeader.MaxPriceDecimals} are allowed"
            : null;
        if (rule is not null)
        {
            problems.Add(source, line, Names[column], Text(field), rule);
        }

        return rule is null;
    }

    private bool Volume(ReadOnlySpan<byte> row, ReadOnlySpan<int> starts, out PlainDecimal value)
    {
        var field = Field(row, starts, 5);
        var rule = !PlainDecimal.TryParse(field, out value) ? "must be a plain decimal number such as 12.5, without exponent"
            : value.Negative ? "must be at least 0"
            : value.Decimals > CandleFileHeader.MaxVolumeDecimals ? $"has {value.Decimals} decimals; at most {CandleFileHeader.MaxVolumeDecimals} are allowed"
            : null;
        if (rule is not null)
        {
            problems.Add(source, line, Names[5], Text(field), rule);
        }

        return rule is null;
    }

    private bool Scale(ReadOnlySpan<byte> row, ReadOnlySpan<int> starts, int column, PlainDecimal value, out int scaled)
    {
        var factor = (ulong)PowersOfTen.Of(rows.PriceDecimals - value.Decimals);
        var fits = value.Digits < int.MaxValue && value.Digits * factor < int.MaxValue;
        scaled = fits ? (int)(value.Digits * factor) : 0;
        if (!fits)
        {
            problems.Add(source, line, Names[column], Text(Field(row, starts, column)), $"does not fit with the {rows.PriceDecimals} decimals that the prices need; {Fit}");
        }

        return fits;
    }

    private bool ScaleVolume(ReadOnlySpan<byte> row, ReadOnlySpan<int> starts, PlainDecimal value, out long scaled)
    {
        var factor = (ulong)PowersOfTen.Of(rows.VolumeDecimals - value.Decimals);
        var fits = value.Digits <= long.MaxValue / factor;
        scaled = fits ? (long)(value.Digits * factor) : 0;
        if (!fits)
        {
            problems.Add(source, line, Names[5], Text(Field(row, starts, 5)), $"does not fit with the {rows.VolumeDecimals} decimals that the volumes need; volume × 10^decimals must be below 2^63");
        }

        return fits;
    }

    private void RequireHeader(ReadOnlySpan<byte> row, ReadOnlySpan<int> starts, int count)
    {
        if (count != columns)
        {
            problems.Add(source, line, "header", Text(row), $"has {count} columns; {PlainColumns} or {ArchiveColumns} are expected, starting with {string.Join(',', Names)}");
            return;
        }

        for (var i = 0; i < Names.Length; i++)
        {
            var name = Text(Field(row, starts, i)).ToLowerInvariant();
            if (name != Names[i] && !(i == 0 && name is "open_time" or "opentime" or "timestamp" or "time"))
            {
                problems.Add(source, line, "header", name, $"column {i + 1} must be '{Names[i]}'; the columns are {string.Join(',', Names)}");
                return;
            }
        }
    }

    /// <summary>Finds where fields start; the entry behind the last one is where one more would.</summary>
    private static int Split(ReadOnlySpan<byte> row, Span<int> starts)
    {
        starts[0] = 0;
        var count = 1;
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] == ',')
            {
                if (count == ArchiveColumns)
                {
                    return ArchiveColumns + 1;
                }

                starts[count++] = i + 1;
            }
        }

        starts[count] = row.Length + 1;
        return count;
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> row, ReadOnlySpan<int> starts, int column) =>
        row[starts[column]..(starts[column + 1] - 1)];

    private static bool IsLetter(byte value) => (value | 0x20) is >= (byte)'a' and <= (byte)'z';

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes.Length > 200 ? bytes[..200] : bytes);
}
