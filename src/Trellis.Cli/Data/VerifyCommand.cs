using System.CommandLine;
using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Data;
using Trellis.Data.Store;
using Trellis.Data.Verification;

namespace Trellis.Cli.Data;

internal static class VerifyCommand
{
    public static Command Create()
    {
        var id = new Argument<string?>("INSTRUMENT") { Description = "Such as binance/perp/BTCUSDT", Arity = ArgumentArity.ZeroOrOne };
        var interval = new Option<string?>("--interval") { Description = $"Only this interval: {Interval.Allowed}" };
        var all = new Option<bool>("--all") { Description = "Verify every file of the store" };
        var store = DataOptions.Store();
        var json = DataOptions.Json();
        var command = new Command(
            "verify",
            "Check checksums, every candle, index and fingerprint, and report gaps; exit code 3 where something is wrong. " +
            "Example: trellis data verify binance/perp/BTCUSDT --interval 1m, or trellis data verify --all")
        {
            id, interval, all, store, json,
        };
        command.SetAction(parsed =>
        {
            var reports = Select(DataOptions.StoreOf(parsed.GetValue(store)), parsed.GetValue(id), parsed.GetValue(interval), parsed.GetValue(all))
                .Select(CandleVerifier.Verify)
                .ToList();
            if (parsed.GetValue(json))
            {
                PrintJson(reports);
            }
            else
            {
                reports.ForEach(Print);
            }

            return reports.TrueForAll(report => report.IsSound) ? 0 : 3;
        });
        return command;
    }

    private static IReadOnlyList<string> Select(CandleStore store, string? id, string? interval, bool all)
    {
        if (all == id is not null || (all && interval is not null))
        {
            throw new ConfigurationException("data verify: give either an instrument such as binance/perp/BTCUSDT (and, if wanted, --interval) or --all");
        }

        if (id is null)
        {
            return Directory.Exists(store.Directory)
                ? store.Files()
                : throw new DataException($"{store.Directory}: there is no candle store (no such folder). Name another with --store, or import candles first: trellis data import FILE …");
        }

        if (id.Split('/') is not [var exchange, var market, var symbol])
        {
            throw new ConfigurationException($"instrument '{id}' is not of the form exchange/market/SYMBOL, such as binance/perp/BTCUSDT");
        }

        var instrument = DataOptions.Instrument(exchange, market, symbol);
        var intervals = interval is null
            ? Interval.Allowed.Split(", ").Select(Interval.Parse).Where(each => File.Exists(store.PathOf(instrument, each))).ToList()
            : [Interval.Parse(interval)];
        if (intervals.Count == 0 || !File.Exists(store.PathOf(instrument, intervals[0])))
        {
            // Says what there is and how to get what is missing.
            store.Open(instrument, interval is null ? Interval.OneMinute : intervals[0]).Dispose();
        }

        return [.. intervals.Select(each => store.PathOf(instrument, each))];
    }

    private static void Print(VerificationReport report)
    {
        var name = report.Candles is { } candles ? $"{candles.Instrument} {candles.Interval}" : report.Path;
        Screen.Line($"{name}: {(report.IsSound ? "sound" : "DAMAGED")}");
        if (report.Candles is { } described)
        {
            Screen.Line($"  {described.Count - described.Holes:N0} candles from {TimeText.Of(described.First)} to {TimeText.Of(described.Last)}, {described.Holes:N0} missing in {report.Gaps.Count:N0} gaps");
            Screen.Gaps(report.Gaps);
        }

        foreach (var problem in report.Problems)
        {
            Screen.Line($"  {problem}");
        }
    }

    private static void PrintJson(List<VerificationReport> reports) => JsonOutput.Print(writer =>
    {
        writer.WriteStartArray();
        foreach (var report in reports)
        {
            writer.WriteStartObject();
            writer.WriteBoolean("sound", report.IsSound);
            if (report.Candles is { } candles)
            {
                JsonOutput.WriteCandles(writer, candles);
            }
            else
            {
                writer.WriteString("path", report.Path);
            }

            writer.WriteStartArray("problems");
            report.Problems.ToList().ForEach(writer.WriteStringValue);
            writer.WriteEndArray();
            writer.WriteStartArray("gaps");
            foreach (var gap in report.Gaps)
            {
                writer.WriteStartObject();
                writer.WriteNumber("start", gap.Start);
                writer.WriteNumber("candles", gap.Candles);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });
}
