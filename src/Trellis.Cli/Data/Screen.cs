using Spectre.Console;
using Trellis.Data;

namespace Trellis.Cli.Data;

/// <summary>Output of the data commands: tables on a terminal, plain lines where output is redirected.</summary>
internal static class Screen
{
    private const int GapsShown = 5;

    public static bool IsPlain => Console.IsOutputRedirected;

    public static void Line(string text) => Console.Out.WriteLine(text);

    /// <summary>Prints rows under their column names; tab-separated where output is redirected.</summary>
    public static void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (IsPlain)
        {
            Line(string.Join('\t', columns));
            foreach (var row in rows)
            {
                Line(string.Join('\t', row));
            }

            return;
        }

        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in columns)
        {
            table.AddColumn(Markup.Escape(column));
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        AnsiConsole.Write(table);
    }

    /// <summary>Prints the longest gaps.</summary>
    public static void Gaps(IReadOnlyList<Gap> gaps)
    {
        foreach (var gap in gaps.OrderByDescending(gap => gap.Candles).ThenBy(gap => gap.Start).Take(GapsShown))
        {
            Line($"  gap: {TimeText.Of(gap.Start)}, {gap.Candles:N0} candles");
        }

        if (gaps.Count > GapsShown)
        {
            Line($"  and {gaps.Count - GapsShown:N0} shorter gaps");
        }
    }
}
