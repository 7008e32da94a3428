using System.Text.Json;
using Trellis.Core.Metrics;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Results;

/// <summary>The part of <c>result.json</c> about drawdown, exposure, liquidation and the comparison with holding.</summary>
internal static class ResultJsonRisk
{
    public static void Write(Utf8JsonWriter json, BacktestResult result)
    {
        var outcome = result.Outcome;
        Drawdown(json, outcome.MaxDrawdown, outcome.Range);
        Exposure(json, result.Equity.Exposure, outcome.Range);
        json.WriteStartObject("buy_and_hold");
        json.WriteNumber("return", result.BuyAndHold.Return);
        ResultJson.Amount(json, "equity_end", result.BuyAndHold.Equity);
        Held(json, result.BuyAndHold.Drawdown);
        json.WriteStartArray("instruments");
        foreach (var instrument in result.BuyAndHold.Instruments)
        {
            json.WriteStartObject();
            json.WriteString("instrument", instrument.Instrument.ToString());
            json.WriteNumber("return", instrument.Return);
            Held(json, instrument.Drawdown);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteString("liquidated_at", outcome.LiquidatedAt is { } candle ? CanonicalText.Time(outcome.Range.TimeOf(candle)) : null);
    }

    private static void Drawdown(Utf8JsonWriter json, Drawdown drawdown, RunRange range)
    {
        var none = drawdown.TroughCandle < 0;
        json.WriteStartObject("max_drawdown");
        json.WriteNumber("share", drawdown.Share);
        ResultJson.Amount(json, "amount", drawdown.Peak - drawdown.Trough);
        json.WriteString("peak_time", none ? null : CanonicalText.Time(range.TimeOf(drawdown.PeakCandle + 1)));
        ResultJson.Amount(json, "peak_equity", drawdown.Peak);
        json.WriteString("trough_time", none ? null : CanonicalText.Time(range.TimeOf(drawdown.TroughCandle + 1)));
        ResultJson.Amount(json, "trough_equity", drawdown.Trough);
        json.WriteEndObject();
    }

    private static void Exposure(Utf8JsonWriter json, Exposure exposure, RunRange range)
    {
        json.WriteStartObject("exposure");
        json.WriteNumber("time_in_market", exposure.TimeInMarket);
        ResultJson.Amount(json, "max_notional", exposure.MaxNotional);
        json.WriteString("max_notional_time", exposure.MaxNotionalClose is { } close ? CanonicalText.Time(range.TimeOf(close + 1)) : null);
        json.WriteNumber("max_of_equity", exposure.MaxOfEquity);
        json.WriteNumber("mean_of_equity", exposure.MeanOfEquity);
        json.WriteEndObject();
    }

    private static void Held(Utf8JsonWriter json, HeldDrawdown drawdown)
    {
        json.WriteStartObject("max_drawdown");
        json.WriteNumber("share", drawdown.Share);
        json.WriteString("peak_time", drawdown.Peak is { } peak ? CanonicalText.Time(peak) : null);
        json.WriteString("trough_time", drawdown.Trough is { } trough ? CanonicalText.Time(trough) : null);
        json.WriteEndObject();
    }
}
