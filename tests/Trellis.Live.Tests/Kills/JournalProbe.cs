using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Trellis.Live.Tests.Processes;

namespace Trellis.Live.Tests.Kills;

/// <summary>Looks into the database of a killed process without touching what the next one will find.</summary>
internal static class JournalProbe
{
    /// <returns>How many orders were sent, or about to be, and had no answer yet.</returns>
    public static async Task<int> OrdersInFlightAsync(BotFolder bot) =>
        (await AskAsync(bot, "SELECT client_order_id FROM orders WHERE state IN ('Submitting', 'Canceling', 'Amending', 'Unknown')")).Count;

    /// <returns>Client ids of all orders that are on disk.</returns>
    public static Task<IReadOnlyList<string>> OrdersAsync(BotFolder bot) => AskAsync(bot, "SELECT client_order_id FROM orders");

    private static async Task<IReadOnlyList<string>> AskAsync(BotFolder bot, string question)
    {
        if (bot.Connection is { } connection)
        {
            await using var postgres = new NpgsqlConnection(connection + ";Pooling=false");
            return await AskAsync(postgres, question);
        }

        // Whoever opens the file itself would do the clearing up that the next start must do.
        var folder = Directory.CreateTempSubdirectory("trellis-probe-");
        try
        {
            foreach (var file in Directory.GetFiles(bot.Home, "trellis.db*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
            {
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            }

            await using var sqlite = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "trellis.db")};Pooling=false");
            return await AskAsync(sqlite, question);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<string>> AskAsync(DbConnection connection, string question)
    {
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = question;
        await using var reader = await command.ExecuteReaderAsync();
        List<string> found = [];
        while (await reader.ReadAsync())
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }
}
