using System.Text;
using Spectre.Console.Rendering;

namespace Trellis.Cli.Live.Screen;

/// <summary>Texts measured in cells of a terminal, where some letters take two.</summary>
internal static class Cells
{
    public static int Width(string text) => Segment.CellCount([new Segment(text)]);

    /// <summary>At most so many cells; what is missing shows as <c>…</c>.</summary>
    public static string Cut(string text, int width)
    {
        if (Width(text) <= width)
        {
            return text;
        }

        if (width <= 0)
        {
            return "";
        }

        var cut = new StringBuilder();
        var used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var letter = rune.ToString();
            used += Width(letter);
            if (used > width - 1)
            {
                break;
            }

            cut.Append(letter);
        }

        return cut.Append('…').ToString();
    }

    /// <summary>Exactly so many cells, the text on the left.</summary>
    public static string Left(string text, int width) => Cut(text, width) is var cut ? cut + Spaces(width - Width(cut)) : "";

    /// <summary>Exactly so many cells, the text on the right.</summary>
    public static string Right(string text, int width) => Cut(text, width) is var cut ? Spaces(width - Width(cut)) + cut : "";

    private static string Spaces(int count) => new(' ', Math.Max(0, count));
}
