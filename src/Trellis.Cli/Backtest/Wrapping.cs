namespace Trellis.Cli.Backtest;

/// <summary>Breaks a text into lines of limited width.</summary>
internal static class Wrapping
{
    /// <summary>Breaks at spaces; a word that is longer than a line stays whole, so that a path can be copied.</summary>
    public static IReadOnlyList<string> Lines(string text, int width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        lines.Add(line);
        return lines;
    }
}
