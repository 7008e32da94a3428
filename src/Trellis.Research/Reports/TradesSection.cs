namespace Trellis.Research.Reports;

/// <summary>Trades, round trips and how their profits are distributed.</summary>
internal static class TradesSection
{
    private const int Height = 120;
    private const int BarWidth = 20;

    private static readonly (string Label, string Key, FigureKind Kind)[] Rows =
    [
        ("Count", "count", FigureKind.Count),
        ("Win rate", "win_rate", FigureKind.Share),
        ("Profit factor", "profit_factor", FigureKind.Ratio),
        ("Profit", "profit", FigureKind.Signed),
        ("Realized, before costs", "realized", FigureKind.Signed),
        ("Gross profit", "gross_profit", FigureKind.Signed),
        ("Gross loss", "gross_loss", FigureKind.Signed),
        ("Best", "best", FigureKind.Signed),
        ("Worst", "worst", FigureKind.Signed),
        ("Holding time, mean", "holding_mean_seconds", FigureKind.Duration),
        ("Holding time, median", "holding_median_seconds", FigureKind.Duration),
        ("Holding time, longest", "holding_max_seconds", FigureKind.Duration),
    ];

    public static void Add(Html body, ResultNode result)
    {
        var metrics = result["metrics"];
        body.Add($"<section><h2>Trades</h2><p>A <i>trade</i> is what one fill closed, at average cost, less its share of fees and funding. A <i>round trip</i> lasts from flat to flat. Money in {result["currency"].Text}.</p><div class=\"columns\"><div class=\"wide\"><table><thead><tr><td></td><th scope=\"col\">Trades</th><th scope=\"col\">Round trips</th></tr></thead><tbody>");
        foreach (var (label, key, kind) in Rows)
        {
            body.Add($"<tr><th scope=\"row\">{label}</th><td>{Figure.Cell(metrics["trades"][key], kind)}</td><td>{Figure.Cell(metrics["round_trips"][key], kind)}</td></tr>");
        }

        body.AddVerbatim("</tbody></table></div>\n");
        Histogram(body, metrics["distribution"].Items, result["currency"].Text);
        body.AddVerbatim("</div>\n");
        if (metrics["instruments"].Items.Count > 1)
        {
            Instruments(body, metrics["instruments"].Items);
        }

        body.AddVerbatim("</section>\n");
    }

    private static void Histogram(Html body, IReadOnlyList<ResultNode> bins, string currency)
    {
        if (bins.Count == 0)
        {
            body.AddVerbatim("<p class=\"empty\">No trade was closed: there is no distribution to show.</p>\n");
            return;
        }

        var most = bins.Max(bin => bin["trades"].Number);
        body.Add($"<figure><svg class=\"histogram\" viewBox=\"0 0 {bins.Count * BarWidth} {Height}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"Distribution of the profits of trades from {Show.Amount(bins[0]["from"].Amount)} to {Show.Amount(bins[^1]["to"].Amount)} {currency}\">");
        for (var i = 0; i < bins.Count; i++)
        {
            var bin = bins[i];
            var height = bin["trades"].Number == 0 ? 0 : Math.Max(1.5, Math.Round(bin["trades"].Number / most * Height, 1));
            body.Add($"<rect class=\"{(bin["from"].Amount < 0 ? "down" : "up")}\" x=\"{(i * BarWidth) + 1}\" y=\"{Height - height}\" width=\"{BarWidth - 2}\" height=\"{height}\"><title>{Show.Amount(bin["from"].Amount)} to {Show.Amount(bin["to"].Amount)}: {Show.Count(bin["trades"].Number)}</title></rect>");
        }

        body.Add($"</svg><div class=\"ends\"><span>{bins[0]["from"].Text}</span><span>profit of a trade, {currency}; highest bar {Show.Count(most)}</span><span>{bins[^1]["to"].Text}</span></div>");
        body.AddVerbatim("<details><summary>As a table</summary><table><thead><tr><th scope=\"col\">From</th><th scope=\"col\">To (exclusive)</th><th scope=\"col\">Trades</th></tr></thead><tbody>\n");
        foreach (var bin in bins.Where(bin => bin["trades"].Number > 0))
        {
            body.Add($"<tr><td>{bin["from"].Text}</td><td>{bin["to"].Text}</td><td>{Figure.Cell(bin["trades"], FigureKind.Count)}</td></tr>");
        }

        body.AddVerbatim("</tbody></table></details></figure>\n");
    }

    private static void Instruments(Html body, IReadOnlyList<ResultNode> instruments)
    {
        body.AddVerbatim("<h3>By instrument</h3><div class=\"wide\"><table><thead><tr><th scope=\"col\">Instrument</th><th scope=\"col\">Trades</th><th scope=\"col\">Win rate</th><th scope=\"col\">Profit factor</th><th scope=\"col\">Profit</th><th scope=\"col\">Turnover</th></tr></thead><tbody>\n");
        foreach (var each in instruments)
        {
            var trades = each["trades"];
            body.Add($"<tr><th scope=\"row\">{each["instrument"].Text}</th><td>{Figure.Cell(trades["count"], FigureKind.Count)}</td><td>{Figure.Cell(trades["win_rate"], FigureKind.Share)}</td><td>{Figure.Cell(trades["profit_factor"], FigureKind.Ratio)}</td><td>{Figure.Cell(trades["profit"], FigureKind.Signed)}</td><td>{Figure.Cell(each["turnover"], FigureKind.Amount)}</td></tr>");
        }

        body.AddVerbatim("</tbody></table></div>\n");
    }
}
