namespace Trellis.Research.Reports;

/// <summary>A comparison as one file that opens offline.</summary>
public static class ComparePage
{
    public static string Of(Comparison comparison)
    {
        var body = new Html().Add(
            $"""
            <header>
            <div><h1>Comparison</h1><p>A: {comparison.First}</p><p>B: {comparison.Second}</p></div>
            <button type="button" id="theme" aria-pressed="false">Dark</button>
            </header>
            <main>
            """);
        foreach (var warning in comparison.Warnings)
        {
            body.Add($"<p class=\"notice\">{warning}.</p>");
        }

        Fairness(body, comparison.Unfair);
        body.AddVerbatim("<section><h2>Numbers</h2><div class=\"wide\"><table><thead><tr><td></td><th scope=\"col\">A</th><th scope=\"col\">B</th><th scope=\"col\">B − A</th></tr></thead><tbody>\n");
        foreach (var row in comparison.Numbers)
        {
            body.Add($"<tr><th scope=\"row\">{row.Label}</th><td class=\"{(row.Better < 0 ? "better" : "")}\">{row.First}</td><td class=\"{(row.Better > 0 ? "better" : "")}\">{row.Second}</td><td>{row.Difference}</td></tr>");
        }

        body.AddVerbatim("</tbody></table></div><p class=\"hint\">◂ marks the better one, where more or less of it is better.</p></section>\n<section><h2>Settings that differ</h2>\n");
        if (comparison.Settings.Count == 0)
        {
            body.AddVerbatim("<p>None: the settings are the same.</p>\n");
        }
        else
        {
            body.AddVerbatim("<div class=\"wide\"><table><thead><tr><th scope=\"col\">Setting</th><th scope=\"col\" class=\"words\">A</th><th scope=\"col\" class=\"words\">B</th></tr></thead><tbody>\n");
            foreach (var row in comparison.Settings)
            {
                body.Add($"<tr><th scope=\"row\">{row.Path}</th><td class=\"words\">{row.First}</td><td class=\"words\">{row.Second}</td></tr>");
            }

            body.AddVerbatim("</tbody></table></div>\n");
        }

        body.AddVerbatim("</section>\n</main>\n");
        return PageFrame.Of("Comparison of two backtests", body, [], "theme.js");
    }

    /// <exception cref="Core.RunException">The file can't be written.</exception>
    public static void Write(Comparison comparison, string file) => PageFile.Write(file, Of(comparison));

    private static void Fairness(Html body, IReadOnlyList<string> reasons)
    {
        if (reasons.Count == 0)
        {
            body.AddVerbatim("<p class=\"rule\"><b>Fair to compare.</b> Same data, range, fill rule, slippage, start balance and currency.</p>\n");
            return;
        }

        body.AddVerbatim("<div class=\"note bad\" role=\"note\"><b>Not fair to compare.</b><ul>\n");
        foreach (var reason in reasons)
        {
            body.Add($"<li>{reason}</li>");
        }

        body.AddVerbatim("</ul></div>\n");
    }
}
