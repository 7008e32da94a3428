namespace Trellis.Research.Reports;

/// <summary>Where the change of equity came from.</summary>
internal static class ProfitSection
{
    public static void Add(Html body, ResultNode result) => FigureTable.Add(body, result, $"Profit, {result["currency"].Text}",
    [
        ("Matched", "profit.matched", FigureKind.Signed, "gross profit of completed pairs"),
        ("Floating", "profit.floating", FigureKind.Signed, "what is open, and what was closed outside a pair"),
        ("Fees", "profit.fees", FigureKind.Signed, $"{Show.Share(result["metrics"]["maker_share"].NumberOrNull)} of the fills as maker"),
        ("Funding", "profit.funding", FigureKind.Signed, $"{Show.Count(result["counts"]["funding_payments"].Number)} payments"),
        ("Change", "equity.change", FigureKind.Signed, "the sum, to the last decimal"),
        ("Realized", "profit.realized", FigureKind.Signed, "with unrealized, fees and funding: the same change"),
        ("Unrealized", "profit.unrealized", FigureKind.Signed, "at the last close"),
        ("Start", "equity.start", FigureKind.Amount, ""),
        ("End", "equity.end", FigureKind.Amount, $"buy and hold: {Show.Amount(result["buy_and_hold"]["equity_end"].Amount)}"),
        ("Turnover", "metrics.turnover", FigureKind.Amount, $"{Show.Share(result["metrics"]["turnover_per_day"].Number)} of the start balance per day"),
    ]);
}
