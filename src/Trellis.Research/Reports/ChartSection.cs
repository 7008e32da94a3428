using System.Globalization;
using System.Text.Json;

namespace Trellis.Research.Reports;

/// <summary>Where the scripts draw, with what is said to those who do not see it.</summary>
internal static class ChartSection
{
    private const int MostSpans = 6;

    private static readonly (string Label, int Days)[] Spans = [("Day", 1), ("Week", 7), ("Month", 30), ("Quarter", 91), ("Year", 365)];

    public static void Add(Html body, ResultNode result, int fills)
    {
        var instruments = result["instruments"].Items.Select(item => item["instrument"].Text).ToList();
        body.AddVerbatim("<section class=\"chart\" aria-label=\"Chart\">\n<div class=\"tools\">\n");
        if (instruments.Count > 1)
        {
            body.AddVerbatim("<label>Instrument <select id=\"instrument\">\n");
            for (var i = 0; i < instruments.Count; i++)
            {
                body.Add($"<option value=\"{i}\">{instruments[i]}</option>");
            }

            body.AddVerbatim("</select></label>\n");
        }

        body.AddVerbatim("<span class=\"group\" role=\"group\" aria-label=\"Time shown\"><button type=\"button\" data-days=\"0\">All</button>\n");
        foreach (var (label, days) in Spans.Where(span => span.Days < result["metrics"]["days"].Number).Take(MostSpans))
        {
            body.Add($"<button type=\"button\" data-days=\"{days}\">{label}</button>");
        }

        body.Add(
            $"""
            <button type="button" data-zoom="0.5" aria-label="Zoom in">+</button><button type="button" data-zoom="2" aria-label="Zoom out">−</button></span>
            <label><input type="checkbox" id="show-fills" checked> fills</label>
            <label><input type="checkbox" id="show-levels" checked> levels</label>
            <label><input type="checkbox" id="show-held" checked> buy and hold</label>
            </div>
            <p id="readout" class="readout" aria-live="off">Point at the chart to read it.</p>
            <canvas id="canvas" tabindex="0" role="img" aria-label="{Spoken(result, fills)}"></canvas>
            <p class="hint">Wheel or pinch to zoom, drag to pan; keys: arrows, + and −, Home. <span class="key buy">▲ buy</span> <span class="key sell">▼ sell</span> <span id="resolution"></span></p>
            <noscript><p class="note">The charts need a script; every number below does not.</p></noscript>
            </section>
            """);
    }

    /// <summary>What the scripts draw besides candles, curve and fills.</summary>
    public static string Marks(ResultNode result) => JsonSerializer.Serialize(new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["currency"] = result["currency"].Text,
        ["start"] = result["equity"]["start"].Amount,
        ["from_ms"] = result["range"]["from"].Time!.Value.ToUnixTimeMilliseconds(),
        ["to_ms"] = result["range"]["to"].Time!.Value.ToUnixTimeMilliseconds(),
        ["liquidated_ms"] = result["liquidated_at"].Time?.ToUnixTimeMilliseconds(),
        ["peak_ms"] = result["max_drawdown"]["peak_time"].Time?.ToUnixTimeMilliseconds(),
        ["trough_ms"] = result["max_drawdown"]["trough_time"].Time?.ToUnixTimeMilliseconds(),
        ["levels"] = result["bots"].Items.SelectMany(bot => bot["levels"].Items.Select(level => new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["bot"] = bot["name"].Text,
            ["instrument"] = level["instrument"].Text,
            ["kind"] = level["kind"].Text,
            ["price"] = level["price"].Amount,
        })),
    });

    private static string Spoken(ResultNode result, int fills) => string.Create(
        CultureInfo.InvariantCulture,
        $"Price with {fills} fills, equity, drawdown and exposure over time. Equity went from {Show.Amount(result["equity"]["start"].Amount)} to {Show.Amount(result["equity"]["end"].Amount)} {result["currency"].Text}; its deepest fall was {Show.Share(result["max_drawdown"]["share"].Number)}, from {Show.Date(result["max_drawdown"]["peak_time"].Time)} to {Show.Date(result["max_drawdown"]["trough_time"].Time)}.");
}
