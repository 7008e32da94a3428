namespace Trellis.Cli.Live.Screen;

/// <summary>Facts one after another, on as many rows as they need.</summary>
internal static class Flow
{
    private const string Gap = "   ";

    public static IReadOnlyList<ScreenLine> Of(IEnumerable<ScreenLine> facts, int width)
    {
        var lines = new List<ScreenLine>();
        var line = new ScreenLine();
        foreach (var fact in facts)
        {
            if (line.Width > 0 && line.Width + Gap.Length + fact.Width > width)
            {
                lines.Add(line);
                line = new ScreenLine();
            }

            line = line.Width == 0 ? line.Add(fact) : line.Add(Gap).Add(fact);
        }

        lines.Add(line);
        return lines;
    }
}
