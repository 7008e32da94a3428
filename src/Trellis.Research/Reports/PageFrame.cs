using System.Security.Cryptography;
using System.Text;

namespace Trellis.Research.Reports;

/// <summary>
/// The frame of a page that needs nothing but itself: style and scripts stand in it, and its content security policy allows these, by their
/// hashes, and nothing else: no request, no image from elsewhere, no script that came in with a name.
/// </summary>
internal static class PageFrame
{
    /// <param name="title">Of the window; escaped.</param>
    /// <param name="body">The content of the body, without scripts.</param>
    /// <param name="data">JSON documents for the scripts, by the id of their element.</param>
    /// <param name="scripts">Names of assets, in order.</param>
    public static string Of(string title, Html body, IReadOnlyList<(string Id, string Json)> data, params IReadOnlyList<string> scripts)
    {
        var style = Asset("report.css");
        var script = "'use strict';\n(() => {\n" + string.Concat(scripts.Select(Asset)) + "})();\n";
        var policy = $"default-src 'none'; style-src {Hash(style)}; script-src {Hash(script)}; base-uri 'none'; form-action 'none'";
        var page = new Html().Add(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <meta name="generator" content="Trellis">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{title}</title>
            """);
        page.AddVerbatim("<style>").AddVerbatim(style).AddVerbatim("</style>\n</head>\n<body>\n");
        page.AddVerbatim(body.ToString());
        foreach (var (id, json) in data)
        {
            page.AddVerbatim($"<script type=\"application/json\" id=\"{id}\">").AddVerbatim(Html.Json(json)).AddVerbatim("</script>\n");
        }

        page.AddVerbatim("<script>").AddVerbatim(script).AddVerbatim("</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static string Hash(string content) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";

    private static string Asset(string name)
    {
        using var stream = typeof(PageFrame).Assembly.GetManifestResourceStream($"Trellis.Research.Reports.Assets.{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
