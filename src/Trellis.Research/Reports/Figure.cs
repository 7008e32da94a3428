namespace Trellis.Research.Reports;

/// <summary>One number of a result on a page: how it is called, where it stands in <c>result.json</c>, how it is shown.</summary>
/// <param name="Path">Keys joined by points, such as <c>metrics.trades.win_rate</c>.</param>
/// <param name="Better">+1 where more is better, −1 where less is, 0 where it depends.</param>
internal sealed record Figure(string Label, string Path, FigureKind Kind, int Better = 0)
{
    /// <summary>What traders ask of a run, in the order in which they ask.</summary>
    public static IReadOnlyList<Figure> All { get; } =
    [
        new("Start", "equity.start", FigureKind.Amount),
        new("End", "equity.end", FigureKind.Amount, 1),
        new("Return", "equity.return", FigureKind.Change, 1),
        new("Buy and hold", "buy_and_hold.return", FigureKind.Change),
        new("Return per year", "metrics.annualized_return", FigureKind.Change, 1),
        new("Gain per day", "metrics.daily_gain", FigureKind.Change, 1),
        new("Max drawdown", "max_drawdown.share", FigureKind.Share, -1),
        new("Longest drawdown", "metrics.underwater.longest_seconds", FigureKind.Duration, -1),
        new("Time under water", "metrics.underwater.share", FigureKind.Share, -1),
        new("Sharpe", "metrics.sharpe", FigureKind.Ratio, 1),
        new("Sortino", "metrics.sortino", FigureKind.Ratio, 1),
        new("Calmar", "metrics.calmar", FigureKind.Ratio, 1),
        new("Omega", "metrics.omega", FigureKind.Ratio, 1),
        new("Matched", "profit.matched", FigureKind.Signed, 1),
        new("Floating", "profit.floating", FigureKind.Signed, 1),
        new("Fees", "profit.fees", FigureKind.Signed, 1),
        new("Funding", "profit.funding", FigureKind.Signed, 1),
        new("Fills", "counts.fills", FigureKind.Count),
        new("Trades", "metrics.trades.count", FigureKind.Count),
        new("Win rate", "metrics.trades.win_rate", FigureKind.Share, 1),
        new("Profit factor", "metrics.trades.profit_factor", FigureKind.Ratio, 1),
        new("Holding time, median", "metrics.trades.holding_median_seconds", FigureKind.Duration),
        new("Time in market", "exposure.time_in_market", FigureKind.Share),
        new("Mean exposure", "exposure.mean_of_equity", FigureKind.Share),
        new("Largest exposure", "exposure.max_of_equity", FigureKind.Share, -1),
        new("Turnover", "metrics.turnover", FigureKind.Amount),
        new("Refusals", "counts.refusals", FigureKind.Count, -1),
    ];

    /// <summary>The value in a result.</summary>
    /// <exception cref="Core.DataException">It is not there.</exception>
    public ResultNode In(ResultNode result) => Path.Split('.').Aggregate(result, (node, key) => node[key]);

    public string Text(ResultNode result) => Text(In(result), Kind);

    public static string Text(ResultNode node, FigureKind kind) => kind switch
    {
        FigureKind.Change => Show.Change(node.NumberOrNull),
        FigureKind.Share => Show.Share(node.NumberOrNull),
        FigureKind.Ratio => Show.Ratio(node.NumberOrNull),
        FigureKind.Count => Show.Count(node.Number),
        FigureKind.Duration => Show.Duration(node.NumberOrNull),
        FigureKind.Signed => Show.Signed(node.Amount),
        FigureKind.Time => Show.Time(node.Time),
        _ => Show.Amount(node.Amount),
    };

    /// <summary>The value as a page has it: rounded to read, whole in the attribute <c>value</c>, with its place.</summary>
    public static Html Cell(ResultNode node, FigureKind kind) =>
        Html.Of($"<data value=\"{(node.IsNull ? "null" : node.Raw)}\" data-path=\"{node.Path}\">{Text(node, kind)}</data>");
}

internal enum FigureKind
{
    Amount,
    Signed,
    Change,
    Share,
    Ratio,
    Count,
    Duration,
    Time,
}
