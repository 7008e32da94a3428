using System.Data.Common;

namespace Trellis.Storage.Databases;

/// <summary>One statement with named parameters (<c>@name</c>), in a transaction or without one.</summary>
internal static class Commands
{
    public static DbCommand Command(this DbConnection connection, DbTransaction? transaction, string text, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        command.Transaction = transaction;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <returns>How many rows it changed.</returns>
    public static async Task<int> ExecuteAsync(this DbCommand command, CancellationToken cancellation)
    {
        await using (command)
        {
            return await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    /// <returns>The first column of each row.</returns>
    public static async Task<List<string>> TextsAsync(this DbCommand command, CancellationToken cancellation)
    {
        await using (command)
        {
            List<string> texts = [];
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                texts.Add(reader.GetString(0));
            }

            return texts;
        }
    }
}
