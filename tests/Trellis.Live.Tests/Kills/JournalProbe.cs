using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Trellis.Live.Tests.Processes;

namespace Trellis.Live.Tests.Kills;

/// <summary>Looks into the database of a killed process without touching what the next one will find.</summary>
internal static class JournalProbe
{
    private const string Question = "SELECT COUNT(*) FROM orders WHERE state IN ('Submitting', 'Canceling', 'Amending', 'Unknown')";

    /// <returns>Orders that were sent, or about to be, and had no answer yet.</returns>
    public static async Task<long> OrdersInFlightAsync(BotFolder bot)
    {
        if (bot.Connection is { } connection)
        {
            await using var postgres = new NpgsqlConnection(connection + ";Pooling=false");
            return await CountAsync(postgres);
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
            return await CountAsync(sqlite);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<long> CountAsync(DbConnection connection)
    {
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = Question;
        return Convert.ToInt64(await command.ExecuteScalarAsync());
    }
}
