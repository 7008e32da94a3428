namespace Trellis.Research.Reports;

/// <summary>What was run, what must be known before any number is believed, and the four numbers that are asked for first.</summary>
internal static class HeadSection
{
    public static void Add(Html body, ResultNode result)
    {
        var range = result["range"];
        body.Add(
            $"""
            <header>
            <div><h1>{result["name"].Text}</h1>
            <p>{string.Join(", ", result["instruments"].Items.Select(item => item["instrument"].Text))} · {range["interval"].Text} candles · {Show.Time(range["from"].Time)} to {Show.Time(range["to"].Time)} UTC</p></div>
            <button type="button" id="theme" aria-pressed="false">Dark</button>
            </header>
            <main>
            """);
        Warnings(body, result);
        body.Add($"<p class=\"rule\"><b>Fill rule.</b> {Rule(result)}</p>");
        Cards(body, result);
    }

    private static void Warnings(Html body, ResultNode result)
    {
        foreach (var data in result["data"].Items.Where(data => !data["generated_by"].IsNull))
        {
            body.Add($"<p class=\"note generated\" role=\"note\"><b>Generated, not a real market.</b> The candles of {data["instrument"].Text} were made up: {data["generated_by"].Text}.</p>");
        }

        if (result["liquidated_at"].Time is { } time)
        {
            body.Add($"<p class=\"note bad\" role=\"note\"><b>Liquidated</b> at {Show.Time(time)} UTC: the margin was gone, and every perpetual position was closed.</p>");
        }

        if (result["counts"]["fills"].Number == 0)
        {
            body.Add($"<p class=\"note\" role=\"note\"><b>Nothing was traded.</b> No order of this run was filled; {string.Join("; ", result["bots"].Items.Select(bot => $"{bot["name"].Text} is {bot["state"].Text}"))}.</p>");
        }

        foreach (var data in result["data"].Items.Where(data => data["holes"].Number > 0))
        {
            var longest = data["longest_holes"].Items is [var first, ..] ? $"; the longest has {Show.Count(first["candles"].Number)}, from {Show.Time(first["from"].Time)}" : "";
            body.Add($"<p class=\"note\" role=\"note\"><b>The data have holes.</b> {data["instrument"].Text} lacks {Show.Count(data["holes"].Number)} of {Show.Count(result["range"]["candles"].Number)} candles{longest}. Nothing fills in a hole; the chart shades them.</p>");
        }
    }

    private static string Rule(ResultNode result)
    {
        var rule = result["fill_rule"];
        var order = rule["order_in_candle"].Text == "optimistic"
            ? "Within a candle the favourable side fills first, which flatters"
            : "Within a candle the adverse side fills first";
        var slippage = rule["slippage_percent"].Text == "0" ? "without slippage" : $"with {rule["slippage_percent"].Text} % slippage";
        return rule["name"].Text == "candle"
            ? $"Limit orders fill at their price, as maker, when a later candle trades through them. Market orders and triggers take, {slippage}. {order}. No order fills in the candle that caused it."
            : $"{rule["name"].Text}. {order}; {slippage}.";
    }

    private static void Cards(Html body, ResultNode result)
    {
        body.AddVerbatim("<section class=\"cards\" aria-label=\"Key numbers\">\n");
        Card("Return", "equity.return", FigureKind.Change, ("buy and hold", "buy_and_hold.return", FigureKind.Change));
        Card("Max drawdown", "max_drawdown.share", FigureKind.Share, ("buy and hold", "buy_and_hold.max_drawdown.share", FigureKind.Share));
        Card("Sharpe", "metrics.sharpe", FigureKind.Ratio, ("Calmar", "metrics.calmar", FigureKind.Ratio));
        Card("Profit factor", "metrics.trades.profit_factor", FigureKind.Ratio, ($"fees, {result["currency"].Text}", "profit.fees", FigureKind.Signed));
        body.AddVerbatim("</section>\n");

        void Card(string label, string path, FigureKind kind, (string Label, string Path, FigureKind Kind) beside) => body.Add(
            $"""<div class="card"><h2>{label}</h2><p class="big {Tone(new Figure(label, path, kind).In(result), kind)}">{Cell(path, kind)}</p><p>{beside.Label} {Cell(beside.Path, beside.Kind)}</p></div>""");

        Html Cell(string path, FigureKind kind) => Figure.Cell(new Figure("", path, kind).In(result), kind);
    }

    /// <summary>Colour only repeats what the sign says.</summary>
    private static string Tone(ResultNode node, FigureKind kind) =>
        kind == FigureKind.Change && node.NumberOrNull is { } value ? value < 0 ? "down" : value > 0 ? "up" : "" : "";
}
