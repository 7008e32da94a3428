namespace Trellis.Research.Reports;

/// <summary>Risk and what it was taken for.</summary>
internal static class RiskSection
{
    public static void Add(Html body, ResultNode result)
    {
        var (drawdown, water) = (result["max_drawdown"], result["metrics"]["underwater"]);
        var recovered = water["max_drawdown_recovered"].Time is { } time ? $", recovered {Show.Date(time)}" : drawdown["trough_time"].IsNull ? "" : ", not recovered";
        FigureTable.Add(body, result, "Risk and return",
        [
            ("Return per year", "metrics.annualized_return", FigureKind.Change, $"{Show.Change(result["metrics"]["daily_gain"].NumberOrNull)} a day"),
            ("Max drawdown", "max_drawdown.share", FigureKind.Share, drawdown["trough_time"].IsNull ? "equity never fell" : $"{Show.Date(drawdown["peak_time"].Time)} to {Show.Date(drawdown["trough_time"].Time)}{recovered}"),
            ("… in money", "max_drawdown.amount", FigureKind.Amount, ""),
            ("Longest drawdown", "metrics.underwater.longest_seconds", FigureKind.Duration, water["longest_from"].IsNull ? "" : $"{Show.Date(water["longest_from"].Time)} to {Show.Date(water["longest_to"].Time)}{(water["longest_recovered"].Flag ? "" : ", not recovered")}"),
            ("Under water", "metrics.underwater.share", FigureKind.Share, "of all closes"),
            ("Sharpe", "metrics.sharpe", FigureKind.Ratio, "daily returns (UTC), 365 days a year"),
            ("Sortino", "metrics.sortino", FigureKind.Ratio, ""),
            ("Calmar", "metrics.calmar", FigureKind.Ratio, "return per year ÷ max drawdown"),
            ("Omega", "metrics.omega", FigureKind.Ratio, "gains ÷ losses of days"),
            ("Time in market", "exposure.time_in_market", FigureKind.Share, "of all closes"),
            ("Mean exposure", "exposure.mean_of_equity", FigureKind.Share, "notional ÷ equity"),
            ("Largest exposure", "exposure.max_of_equity", FigureKind.Share, $"largest notional {Show.Amount(result["exposure"]["max_notional"].Amount)}, {Show.Time(result["exposure"]["max_notional_time"].Time)}"),
        ]);
    }
}
