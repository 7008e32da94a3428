namespace Trellis.Cli.Live.Screen;

/// <summary>A part of the screen under a title.</summary>
internal interface ISection
{
    /// <summary>Rows without which it is not worth showing.</summary>
    int Least { get; }

    /// <summary>Rows that show everything.</summary>
    int Wanted { get; }

    /// <summary>Rows that it gets where another one gets one.</summary>
    int Weight => 1;

    /// <returns>At most <paramref name="rows"/> lines, the title first; what has no room is counted in words.</returns>
    IReadOnlyList<ScreenLine> Draw(int width, int rows);
}

/// <summary>What all sections look like.</summary>
internal static class SectionStyle
{
    /// <returns>Such as <c>── Bots ──────</c>.</returns>
    public static ScreenLine Title(string title, int width)
    {
        var text = Cells.Cut(title, Math.Max(0, width - 4));
        return new ScreenLine("── ", Palette.Dim).Add(text, Palette.Bold).Add(" " + new string('─', Math.Max(0, width - 4 - Cells.Width(text))), Palette.Dim);
    }

    /// <summary>The first rows, and how many more there are.</summary>
    public static IEnumerable<ScreenLine> FirstOf(IReadOnlyList<ScreenLine> lines, int rows) => rows <= 0
        ? []
        : lines.Count <= rows ? lines : lines.Take(rows - 1).Append(new ScreenLine($"… and {lines.Count - rows + 1:N0} more", Palette.Dim));
}
