using System.Text.Encodings.Web;
using System.Text.Json;

namespace Trellis.Research.Reports;

/// <summary>What the numbers came from: data, rules, settings, version.</summary>
internal static class DataSection
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Add(Html body, ResultNode result)
    {
        body.AddVerbatim("<section><h2>Data</h2><div class=\"wide\"><table><thead><tr><th scope=\"col\">Instrument</th><th scope=\"col\">Candles</th><th scope=\"col\">Missing</th><th scope=\"col\">Funding rates</th><th scope=\"col\" class=\"words\">Where from</th><th scope=\"col\" class=\"words\">Fingerprint</th></tr></thead><tbody>\n");
        foreach (var data in result["data"].Items)
        {
            body.Add($"<tr><th scope=\"row\">{data["instrument"].Text}</th><td>{Figure.Cell(data["candles"], FigureKind.Count)}</td><td>{Figure.Cell(data["holes"], FigureKind.Count)}</td><td>{Figure.Cell(data["funding_rates"], FigureKind.Count)}</td><td class=\"words\">{(data["generated_by"].TextOrNull is { } model ? $"generated: {model}" : "recorded")}</td><td class=\"words\"><code>{data["fingerprint"].Text}</code></td></tr>");
        }

        body.AddVerbatim("</tbody></table></div>\n");
        Holes(body, result);
        var settings = JsonSerializer.Serialize(JsonElement.Parse(result["configuration"].ObjectJson), Readable);
        body.Add(
            $"""
            <details><summary>Settings, as resolved</summary><pre>{settings}</pre></details>
            <p class="words">trellis {result["program"]["version"].Text}, engine {result["engine"].Text}, {(result["position_mode"].Text == "hedge" ? "hedge mode" : "one-way mode")}; fills <code>{result["fills_sha256"].Text}</code>. A backtest is not a promise.</p>
            </section>
            """);
    }

    private static void Holes(Html body, ResultNode result)
    {
        foreach (var data in result["data"].Items.Where(data => data["longest_holes"].Items.Count > 0))
        {
            body.Add($"<details><summary>Longest holes of {data["instrument"].Text}</summary><table><thead><tr><th scope=\"col\">From</th><th scope=\"col\">Candles</th></tr></thead><tbody>");
            foreach (var hole in data["longest_holes"].Items)
            {
                body.Add($"<tr><td>{Show.Time(hole["from"].Time)}</td><td>{Figure.Cell(hole["candles"], FigureKind.Count)}</td></tr>");
            }

            body.AddVerbatim("</tbody></table></details>\n");
        }
    }
}
