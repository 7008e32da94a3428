using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Trellis.Live.Tests.Comparison;

/// <summary>What both a live run and a backtest know of a fill.</summary>
/// <param name="Candle">Open time, Unix milliseconds.</param>
/// <param name="Slot">Of the strategy.</param>
internal sealed record Fill(long Candle, string Slot, string Side, decimal Price, decimal Quantity)
{
    /// <summary>From a live run's journal, in the order in which they were booked.</summary>
    public static async Task<List<Fill>> OfJournalAsync(string database)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT time, slot, side, price, quantity FROM fills ORDER BY sequence, CAST(trade_id AS INTEGER)";
        await using var reader = await command.ExecuteReaderAsync();
        List<Fill> fills = [];
        while (await reader.ReadAsync())
        {
            var candle = reader.GetInt64(0) / GeneratedCandles.Minute * GeneratedCandles.Minute;
            fills.Add(new Fill(candle, reader.GetString(1), reader.GetString(2).ToLowerInvariant(), Number(reader.GetString(3)), Number(reader.GetString(4))));
        }

        return fills;
    }

    /// <summary>From a backtest's <c>fills.csv</c>.</summary>
    public static List<Fill> OfBacktest(string file)
    {
        var lines = File.ReadAllLines(file);
        var names = lines[0].Split(',').ToList();
        return [.. lines.Skip(1).Select(line => line.Split(',')).Select(fields => new Fill(
            long.Parse(fields[names.IndexOf("time_ms")], CultureInfo.InvariantCulture),
            fields[names.IndexOf("slot")],
            fields[names.IndexOf("side")],
            Number(fields[names.IndexOf("price")]),
            Number(fields[names.IndexOf("quantity")])))];
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
