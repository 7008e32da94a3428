using System.Globalization;
using System.Text.Json;
using Trellis.Core.Metrics;

namespace Trellis.Research.Results;

/// <summary>The part of <c>result.json</c> that docs/metrics.md defines. Durations are seconds.</summary>
internal static class ResultJsonMetrics
{
    public static void Write(Utf8JsonWriter json, BacktestResult result)
    {
        var metrics = result.Equity.Metrics;
        json.WriteStartObject("metrics");
        json.WriteNumber("days", metrics.Days);
        Number(json, "annualized_return", metrics.AnnualizedReturn);
        Number(json, "daily_gain", metrics.DailyGain);
        Number(json, "sharpe", metrics.Daily.Sharpe);
        Number(json, "sortino", metrics.Daily.Sortino);
        Number(json, "calmar", metrics.Calmar);
        Number(json, "omega", metrics.Daily.Omega);
        Daily(json, metrics.Daily);
        Underwater(json, result);
        ResultJson.Amount(json, "turnover", metrics.Turnover);
        json.WriteNumber("turnover_per_day", metrics.TurnoverPerDay);
        Number(json, "maker_share", metrics.MakerShare);
        ResultJson.Amount(json, "carried", metrics.Carried);
        ResultJson.Amount(json, "open_round_trips", metrics.OpenRoundTrips);
        Trades(json, "trades", metrics.Trades);
        Trades(json, "round_trips", metrics.RoundTrips);
        Distribution(json, metrics.Distribution);
        Months(json, metrics.Months);
        json.WriteStartArray("instruments");
        for (var i = 0; i < metrics.Instruments.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("instrument", result.Instruments[i].Instrument);
            ResultJson.Amount(json, "turnover", metrics.Instruments[i].Turnover);
            Number(json, "maker_share", metrics.Instruments[i].MakerShare);
            Trades(json, "trades", metrics.Instruments[i].Trades);
            Trades(json, "round_trips", metrics.Instruments[i].RoundTrips);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Daily(Utf8JsonWriter json, DailyReturns daily)
    {
        json.WriteStartObject("daily_returns");
        json.WriteNumber("days", daily.Days);
        Number(json, "mean", daily.Mean);
        Number(json, "deviation", daily.Deviation);
        Number(json, "best", daily.Best);
        Number(json, "worst", daily.Worst);
        Number(json, "positive", daily.Positive);
        json.WriteEndObject();
    }

    private static void Underwater(Utf8JsonWriter json, BacktestResult result)
    {
        var (underwater, range, drawdown) = (result.Equity.Underwater, result.Outcome.Range, result.Outcome.MaxDrawdown);
        var (from, to) = underwater.Longest;
        json.WriteStartObject("underwater");
        json.WriteNumber("share", underwater.Share);
        json.WriteString("max_drawdown_recovered", underwater.Recovery is { } close ? CanonicalText.Time(range.TimeOf(close + 1)) : null);
        var end = underwater.Recovery ?? range.Count - 1;
        Seconds(json, "max_drawdown_seconds", drawdown.TroughCandle < 0 ? 0 : (end - drawdown.PeakCandle) * range.Interval);
        Seconds(json, "longest_seconds", (to - from) * range.Interval);
        json.WriteString("longest_from", from == to ? null : CanonicalText.Time(range.TimeOf(from + 1)));
        json.WriteString("longest_to", from == to ? null : CanonicalText.Time(range.TimeOf(to + 1)));
        json.WriteBoolean("longest_recovered", underwater.LongestRecovered);
        json.WriteEndObject();
    }

    private static void Trades(Utf8JsonWriter json, string name, TradeStatistics trades)
    {
        json.WriteStartObject(name);
        json.WriteNumber("count", trades.Count);
        json.WriteNumber("wins", trades.Wins);
        json.WriteNumber("losses", trades.Losses);
        Number(json, "win_rate", trades.WinRate);
        Number(json, "profit_factor", trades.ProfitFactor);
        ResultJson.Amount(json, "realized", trades.Realized);
        ResultJson.Amount(json, "profit", trades.Profit);
        ResultJson.Amount(json, "gross_profit", trades.GrossProfit);
        ResultJson.Amount(json, "gross_loss", trades.GrossLoss);
        ResultJson.Amount(json, "best", trades.Best);
        ResultJson.Amount(json, "worst", trades.Worst);
        Seconds(json, "holding_mean_seconds", trades.HoldingMean);
        Seconds(json, "holding_median_seconds", trades.HoldingMedian);
        Seconds(json, "holding_max_seconds", trades.HoldingMax);
        json.WriteEndObject();
    }

    private static void Distribution(Utf8JsonWriter json, IReadOnlyList<ProfitBin> bins)
    {
        json.WriteStartArray("distribution");
        foreach (var bin in bins)
        {
            json.WriteStartObject();
            ResultJson.Amount(json, "from", bin.From);
            ResultJson.Amount(json, "to", bin.To);
            json.WriteNumber("trades", bin.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Months(Utf8JsonWriter json, IReadOnlyList<MonthResult> months)
    {
        json.WriteStartArray("months");
        foreach (var month in months)
        {
            json.WriteStartObject();
            json.WriteString("month", string.Create(CultureInfo.InvariantCulture, $"{month.Year:0000}-{month.Month:00}"));
            ResultJson.Amount(json, "start", month.Start);
            ResultJson.Amount(json, "end", month.End);
            ResultJson.Amount(json, "change", month.Change);
            Number(json, "return", month.Return);
            ResultJson.Amount(json, "realized", month.Realized);
            ResultJson.Amount(json, "fees", month.Fees);
            ResultJson.Amount(json, "funding", month.Funding);
            json.WriteNumber("fills", month.Fills);
            ResultJson.Amount(json, "turnover", month.Turnover);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Seconds(Utf8JsonWriter json, string name, double? milliseconds) => Number(json, name, milliseconds / 1000);
}
