using System.CommandLine;
using Trellis.Core;
using Trellis.Data;
using Trellis.Data.Store;

namespace Trellis.Cli.Data;

internal static class ListCommand
{
    private static readonly string[] Columns = ["instrument", "interval", "first", "last", "candles", "missing", "decimals", "MB", "generated"];

    public static Command Create()
    {
        var store = DataOptions.Store();
        var json = DataOptions.Json();
        var command = new Command("list", "Show what the store holds. Example: trellis data list --json") { store, json };
        command.SetAction(parsed =>
        {
            var candles = DataOptions.StoreOf(parsed.GetValue(store));
            if (parsed.GetValue(store) is not null && !Directory.Exists(candles.Directory))
            {
                throw new DataException($"{candles.Directory}: there is no such folder; 'trellis data import' makes one");
            }

            var listing = candles.List();
            if (parsed.GetValue(json))
            {
                PrintJson(listing);
            }
            else
            {
                Print(listing);
            }

            return listing.Damaged.Count == 0 ? 0 : 3;
        });
        return command;
    }

    private static void Print(StoreListing listing)
    {
        if (listing.Candles.Count == 0 && listing.Damaged.Count == 0)
        {
            Screen.Line("The store is empty. Fill it: trellis data import FILE --exchange binance --market perp --symbol BTCUSDT --interval 1m");
            return;
        }

        Screen.Table(Columns, listing.Candles.Select(candles => (IReadOnlyList<string>)
        [
            candles.Instrument.ToString(), candles.Interval.ToString(), TimeText.Of(candles.First), TimeText.Of(candles.Last),
            $"{candles.Count - candles.Holes:N0}", $"{candles.Holes:N0}", $"{candles.PriceDecimals}",
            $"{candles.Bytes / 1e6:F1}", candles.GeneratedBy ?? "",
        ]));
        foreach (var damaged in listing.Damaged)
        {
            Screen.Line(damaged.Problem);
        }
    }

    private static void PrintJson(StoreListing listing) => JsonOutput.Print(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("candles");
        foreach (var candles in listing.Candles)
        {
            writer.WriteStartObject();
            JsonOutput.WriteCandles(writer, candles);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("damaged");
        foreach (var damaged in listing.Damaged)
        {
            writer.WriteStartObject();
            writer.WriteString("path", damaged.Path);
            writer.WriteString("problem", damaged.Problem);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
