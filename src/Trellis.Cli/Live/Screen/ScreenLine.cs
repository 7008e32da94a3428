using Spectre.Console;
using Spectre.Console.Rendering;

namespace Trellis.Cli.Live.Screen;

/// <summary>A row of the screen: pieces of text, each with its style.</summary>
internal sealed class ScreenLine
{
    private readonly List<(string Text, Style Style)> pieces = [];

    public ScreenLine()
    {
    }

    public ScreenLine(string text, Style style) => Add(text, style);

    public int Width { get; private set; }

    /// <summary>As it reads without colours.</summary>
    public string Text => string.Concat(pieces.Select(piece => piece.Text));

    public ScreenLine Add(string text) => Add(text, Palette.Plain);

    public ScreenLine Add(string text, Style style)
    {
        pieces.Add((text, style));
        Width += Cells.Width(text);
        return this;
    }

    public ScreenLine Add(ScreenLine other)
    {
        foreach (var (text, style) in other.pieces)
        {
            Add(text, style);
        }

        return this;
    }

    /// <summary>Exactly so many cells: cut, or filled with spaces.</summary>
    public ScreenLine Fit(int width)
    {
        var fit = new ScreenLine();
        foreach (var (text, style) in pieces)
        {
            var room = width - fit.Width;
            if (room <= 0)
            {
                // The last cell says that something is missing.
                return fit.Width > 0 && Width > width ? fit.EndCut(width) : fit;
            }

            fit.Add(Cells.Cut(text, room), style);
        }

        return fit.Add(new string(' ', Math.Max(0, width - fit.Width)));
    }

    public IEnumerable<Segment> Segments() => pieces.Select(piece => new Segment(piece.Text, piece.Style));

    private ScreenLine EndCut(int width)
    {
        var (text, style) = pieces[^1];
        if (text.EndsWith('…') || text.Length == 0)
        {
            return this;
        }

        var before = Width - Cells.Width(text);
        pieces.RemoveAt(pieces.Count - 1);
        Width = before;
        return Add(Cells.Cut(text + " ", width - before), style);
    }
}
