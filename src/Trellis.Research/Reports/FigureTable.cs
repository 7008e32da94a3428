namespace Trellis.Research.Reports;

/// <summary>A table of labels and figures.</summary>
internal static class FigureTable
{
    /// <param name="rows">Label, place in the result, kind, and a word on it (or none).</param>
    public static void Add(Html body, ResultNode result, string title, IEnumerable<(string Label, string Path, FigureKind Kind, string Note)> rows)
    {
        body.Add($"<section><h2>{title}</h2><div class=\"wide\"><table><tbody>");
        foreach (var (label, path, kind, note) in rows)
        {
            body.Add($"<tr><th scope=\"row\">{label}</th><td>{Figure.Cell(new Figure(label, path, kind).In(result), kind)}</td><td class=\"words\">{note}</td></tr>");
        }

        body.AddVerbatim("</tbody></table></div></section>\n");
    }
}
