using System.Text;

namespace Trellis.Bench.Reporting;

/// <summary>Text in columns: the first ones to the left, the numbers behind them to the right.</summary>
/// <param name="labels">How many columns are words.</param>
/// <param name="headings">One per column.</param>
internal sealed class Table(int labels, params string[] headings)
{
    private readonly List<string[]> rows = [];

    /// <summary>A row with a cell per heading.</summary>
    public void Add(params string[] cells)
    {
        if (cells.Length != headings.Length)
        {
            throw new ArgumentException($"{cells.Length} cells for {headings.Length} columns", nameof(cells));
        }

        rows.Add(cells);
    }

    public void Print(TextWriter output)
    {
        var widths = headings.Select((heading, i) => rows.Select(row => row[i].Length).Append(heading.Length).Max()).ToArray();
        output.WriteLine(Line(headings, widths));
        output.WriteLine(string.Join("  ", widths.Select(width => new string('-', width))));
        foreach (var row in rows)
        {
            output.WriteLine(Line(row, widths));
        }
    }

    private string Line(string[] cells, int[] widths)
    {
        var line = new StringBuilder();
        for (var i = 0; i < cells.Length; i++)
        {
            line.Append(i == 0 ? "" : "  ");
            line.Append(i < labels ? cells[i].PadRight(widths[i]) : cells[i].PadLeft(widths[i]));
        }

        return line.ToString().TrimEnd();
    }
}
