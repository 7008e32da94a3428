namespace Trellis.Research.Reports;

/// <summary>
/// The report of a result as one file that opens offline. Tables are markup, so that they can be read, printed and copied without a script;
/// the charts are drawn by scripts from data that stand in the file.
/// </summary>
public static class ReportPage
{
    public const string FileName = "report.html";

    /// <summary>The page of a result; equal results give equal bytes.</summary>
    /// <exception cref="Core.DataException">Something that the page shows is missing in the files.</exception>
    public static string Of(ResultFiles files)
    {
        var result = files.Result;
        var body = new Html();
        HeadSection.Add(body, result);
        ChartSection.Add(body, result, files.Fills.Count);
        body.AddVerbatim("<div class=\"columns\">\n");
        ProfitSection.Add(body, result);
        RiskSection.Add(body, result);
        body.AddVerbatim("</div>\n");
        MonthsSection.Add(body, result);
        TradesSection.Add(body, result);
        BotsSection.Add(body, result);
        DataSection.Add(body, result);
        body.AddVerbatim("</main>\n");
        var fills = PackedFills.Json(files.Fills, (long)files.Chart["start_ms"].Number, (long)files.Chart["interval_ms"].Number);
        return PageFrame.Of(
            $"{result["name"].Text} – backtest",
            body,
            [("chart", files.ChartJson), ("fills", fills), ("marks", ChartSection.Marks(result))],
            "theme.js", "packed.js", "candles.js", "curve.js", "fills.js", "palette.js", "viewport.js", "pricepane.js", "curvepanes.js", "chart.js", "page.js");
    }

    /// <summary>Writes the report of a folder; the file appears whole or not at all.</summary>
    /// <param name="folder">Of a result.</param>
    /// <param name="file">Where the page goes; an older one is replaced.</param>
    /// <exception cref="Core.TrellisException">The folder holds no whole result, or the file can't be written.</exception>
    public static void Write(string folder, string file) => PageFile.Write(file, Of(ResultFiles.Read(folder)));
}
