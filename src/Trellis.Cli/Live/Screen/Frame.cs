using Spectre.Console.Rendering;

namespace Trellis.Cli.Live.Screen;

/// <summary>A whole screen, drawn over the one before from the top left corner, so that nothing flickers.</summary>
internal sealed class Frame(IReadOnlyList<ScreenLine> lines) : IRenderable
{
    private const string Home = "\u001b[H";
    private const string ClearRight = "\u001b[K";
    private const string ClearBelow = "\u001b[J";

    public Measurement Measure(RenderOptions options, int maxWidth) => new(maxWidth, maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        yield return Segment.Control(Home);
        for (var i = 0; i < lines.Count; i++)
        {
            foreach (var segment in lines[i].Segments())
            {
                yield return segment;
            }

            yield return Segment.Control(ClearRight);
            if (i < lines.Count - 1)
            {
                yield return Segment.LineBreak;
            }
        }

        yield return Segment.Control(ClearBelow);
    }
}
