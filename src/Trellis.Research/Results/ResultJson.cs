using System.Text.Encodings.Web;
using System.Text.Json;
using Trellis.Core.Numerics;
using Trellis.Core.Strategies;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Results;

/// <summary>
/// Writes <c>result.json</c> (docs/result.md, docs/schema/result.schema.json). Amounts, prices and quantities are strings,
/// exact to the last decimal; shares and counts are numbers. Nothing in it depends on when or where it was written.
/// </summary>
public static class ResultJson
{
    public const int SchemaVersion = 1;

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The whole file in UTF-8, with a line feed at its end.</summary>
    public static byte[] Write(BacktestResult result)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            Head(json, result);
            Numbers(json, result);
            Parts(json, result);
            json.WritePropertyName("configuration");
            using (var configuration = JsonDocument.Parse(result.Run.ConfigurationJson))
            {
                configuration.RootElement.WriteTo(json);
            }

            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private static void Head(Utf8JsonWriter json, BacktestResult result)
    {
        var (run, range) = (result.Run, result.Outcome.Range);
        json.WriteNumber("schema_version", SchemaVersion);
        json.WriteStartObject("program");
        json.WriteString("name", "trellis");
        json.WriteString("version", run.ProgramVersion);
        json.WriteEndObject();
        json.WriteString("name", run.Name);
        json.WriteStartObject("fill_rule");
        json.WriteString("name", "candle");
        json.WriteString("order_in_candle", result.Setup.Optimistic ? "optimistic" : "pessimistic");
        json.WriteString("slippage_percent", CanonicalText.Of(result.Setup.Slippage / 1_000_000m));
        json.WriteEndObject();
        json.WriteString("engine", EngineName(run.Engine));
        json.WriteString("position_mode", result.Setup.HedgeMode ? "hedge" : "one_way");
        json.WriteStartObject("range");
        json.WriteString("from", CanonicalText.Time(range.StartTime));
        json.WriteString("to", CanonicalText.Time(range.TimeOf(range.Count)));
        json.WriteString("interval", result.Data[0].Interval.ToString());
        json.WriteNumber("candles", range.Count);
        json.WriteEndObject();
        json.WriteStartArray("data");
        foreach (var data in result.Data)
        {
            ResultJsonData.Write(json, data, range);
        }

        json.WriteEndArray();
        json.WriteString("fills_sha256", result.FillsSha256);
    }

    private static void Numbers(Utf8JsonWriter json, BacktestResult result)
    {
        var outcome = result.Outcome;
        json.WriteString("currency", result.Currency);
        json.WriteStartObject("equity");
        Amount(json, "start", outcome.StartBalance);
        Amount(json, "end", outcome.Equity);
        Amount(json, "change", result.Change);
        json.WriteNumber("return", result.Return);
        Amount(json, "wallet_end", outcome.Wallet);
        json.WriteEndObject();
        json.WriteStartObject("profit");
        Profit(json, result.Total, result.Matched);
        json.WriteEndObject();
        json.WriteStartObject("counts");
        json.WriteNumber("fills", result.Total.Fills);
        json.WriteNumber("funding_payments", result.Total.FundingPayments);
        json.WriteNumber("pairs", result.Pairs);
        json.WriteNumber("refusals", outcome.Refusals);
        json.WriteEndObject();
        ResultJsonRisk.Write(json, result);
        ResultJsonMetrics.Write(json, result);
    }

    private static void Parts(Utf8JsonWriter json, BacktestResult result)
    {
        json.WriteStartArray("bots");
        foreach (var bot in result.Bots)
        {
            json.WriteStartObject();
            json.WriteString("name", bot.Name);
            json.WriteStartArray("instruments");
            foreach (var instrument in bot.Instruments)
            {
                json.WriteStringValue(instrument);
            }

            json.WriteEndArray();
            json.WriteString("state", bot.Report.State);
            Amount(json, "change", bot.Parts.Change);
            Profit(json, bot.Parts, bot.Report.Matched);
            json.WriteNumber("fills", bot.Parts.Fills);
            json.WriteNumber("pairs", bot.Report.Pairs);
            Notes(json, bot.Report);
            Levels(json, bot);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("instruments");
        foreach (var instrument in result.Instruments)
        {
            json.WriteStartObject();
            json.WriteString("instrument", instrument.Instrument);
            Amount(json, "change", instrument.Parts.Change);
            Components(json, instrument.Parts);
            json.WriteNumber("fills", instrument.Parts.Fills);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("positions");
        foreach (var position in result.Positions)
        {
            json.WriteStartObject();
            json.WriteString("bot", position.Bot);
            json.WriteString("instrument", position.Instrument);
            json.WriteString("quantity", CanonicalText.Of(position.Quantity));
            json.WriteString("entry_price", CanonicalText.Of(position.EntryPrice));
            Amount(json, "cost", position.Cost);
            json.WriteString("mark_price", CanonicalText.Of(position.MarkPrice));
            Amount(json, "unrealized", position.Unrealized);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Matched + floating + fees + funding, and realized + unrealized + fees + funding, are both the change of equity.</summary>
    private static void Profit(Utf8JsonWriter json, ProfitParts parts, Money matched)
    {
        Amount(json, "matched", matched);
        Amount(json, "floating", parts.Floating(matched));
        Components(json, parts);
    }

    private static void Components(Utf8JsonWriter json, ProfitParts parts)
    {
        Amount(json, "fees", parts.Fees);
        Amount(json, "funding", parts.Funding);
        Amount(json, "realized", parts.Realized);
        Amount(json, "unrealized", parts.Unrealized);
    }

    private static void Notes(Utf8JsonWriter json, StrategyReport report)
    {
        json.WriteStartArray("notes");
        foreach (var (label, value) in report.Notes)
        {
            json.WriteStartObject();
            json.WriteString("label", label);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Levels(Utf8JsonWriter json, BotResult bot)
    {
        json.WriteStartArray("levels");
        foreach (var level in bot.Levels)
        {
            json.WriteStartObject();
            json.WriteString("instrument", bot.Instruments[level.Lane]);
            json.WriteString("kind", level.Kind switch { LevelKind.StopLoss => "stop_loss", LevelKind.TakeProfit => "take_profit", LevelKind.Entry => "entry", _ => "line" });
            json.WriteString("price", CanonicalText.Of(level.Price));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static void Amount(Utf8JsonWriter json, string name, Money amount) => json.WriteString(name, CanonicalText.Of(amount));

    private static string EngineName(Engine engine) => engine switch
    {
        Engine.Plain => "plain",
        Engine.Skip => "skip",
        Engine.Reference => "reference",
        _ => "auto",
    };
}
