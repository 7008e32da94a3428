namespace Trellis.Research.Reports;

/// <summary>What each bot did and what is still open.</summary>
internal static class BotsSection
{
    public static void Add(Html body, ResultNode result)
    {
        body.AddVerbatim("<section><h2>Bots</h2><div class=\"wide\"><table><thead><tr><th scope=\"col\">Bot</th><th scope=\"col\" class=\"words\">Instruments</th><th scope=\"col\" class=\"words\">State</th><th scope=\"col\">Change</th><th scope=\"col\">Matched</th><th scope=\"col\">Fees</th><th scope=\"col\">Fills</th><th scope=\"col\">Pairs</th></tr></thead><tbody>\n");
        foreach (var bot in result["bots"].Items)
        {
            body.Add($"<tr><th scope=\"row\">{bot["name"].Text}</th><td class=\"words\">{string.Join(", ", bot["instruments"].Items.Select(item => item.Text))}</td><td class=\"words\">{bot["state"].Text}{string.Concat(bot["notes"].Items.Select(note => $"; {note["label"].Text}: {note["value"].Text}"))}</td><td>{Figure.Cell(bot["change"], FigureKind.Signed)}</td><td>{Figure.Cell(bot["matched"], FigureKind.Signed)}</td><td>{Figure.Cell(bot["fees"], FigureKind.Signed)}</td><td>{Figure.Cell(bot["fills"], FigureKind.Count)}</td><td>{Figure.Cell(bot["pairs"], FigureKind.Count)}</td></tr>");
        }

        body.AddVerbatim("</tbody></table></div>\n");
        if (result["positions"].Items.Count > 0)
        {
            body.AddVerbatim("<h3>Open at the end</h3><div class=\"wide\"><table><thead><tr><th scope=\"col\">Bot</th><th scope=\"col\" class=\"words\">Instrument</th><th scope=\"col\">Side</th><th scope=\"col\">Quantity</th><th scope=\"col\">Entry price</th><th scope=\"col\">Mark price</th><th scope=\"col\">Unrealized</th></tr></thead><tbody>\n");
            foreach (var position in result["positions"].Items)
            {
                var quantity = position["quantity"].Amount;
                body.Add($"<tr><th scope=\"row\">{position["bot"].Text}</th><td class=\"words\">{position["instrument"].Text}</td><td>{(quantity < 0 ? "short" : "long")}</td><td>{Math.Abs(quantity)}</td><td>{Show.Price(position["entry_price"].Amount)}</td><td>{Show.Price(position["mark_price"].Amount)}</td><td>{Figure.Cell(position["unrealized"], FigureKind.Signed)}</td></tr>");
            }

            body.AddVerbatim("</tbody></table></div>\n");
        }

        body.AddVerbatim("</section>\n");
    }
}
