namespace Trellis.Research.Reports;

/// <summary>The calendar months of a run.</summary>
internal static class MonthsSection
{
    public static void Add(Html body, ResultNode result)
    {
        var months = result["metrics"]["months"].Items;
        var largest = months.Select(month => Math.Abs(month["return"].NumberOrNull ?? 0)).DefaultIfEmpty(0).Max();
        body.AddVerbatim("<section><h2>Months (UTC)</h2><div class=\"wide\"><table class=\"months\"><thead><tr><th scope=\"col\">Month</th><th scope=\"col\">Return</th><th class=\"bar\"><span class=\"hidden\">Return as a bar</span></th><th scope=\"col\">Change</th><th scope=\"col\">Realized</th><th scope=\"col\">Fees</th><th scope=\"col\">Funding</th><th scope=\"col\">Fills</th><th scope=\"col\">Equity</th></tr></thead><tbody>\n");
        foreach (var month in months)
        {
            body.Add(
                $"""
                <tr><th scope="row">{month["month"].Text}</th><td>{Figure.Cell(month["return"], FigureKind.Change)}</td><td class="bar">{Bar(month["return"].NumberOrNull ?? 0, largest)}</td><td>{Figure.Cell(month["change"], FigureKind.Signed)}</td><td>{Figure.Cell(month["realized"], FigureKind.Signed)}</td><td>{Figure.Cell(month["fees"], FigureKind.Signed)}</td><td>{Figure.Cell(month["funding"], FigureKind.Signed)}</td><td>{Figure.Cell(month["fills"], FigureKind.Count)}</td><td>{Figure.Cell(month["end"], FigureKind.Amount)}</td></tr>
                """);
        }

        body.AddVerbatim("</tbody></table></div></section>\n");
    }

    private static Html Bar(double value, double largest)
    {
        var width = largest == 0 ? 0 : Math.Round(Math.Abs(value) / largest * 50, 1);
        return Html.Of($"<svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"{(value < 0 ? "down" : "up")}\" x=\"{(value < 0 ? 50 - width : 50)}\" y=\"1\" width=\"{width}\" height=\"8\"/><line x1=\"50\" y1=\"0\" x2=\"50\" y2=\"10\"/></svg>");
    }
}
