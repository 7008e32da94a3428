using System.Data;
using System.Data.Common;

namespace Trellis.Storage.Journals;

/// <summary>A prepared statement that writes one row of a table.</summary>
internal sealed class Upsert : IAsyncDisposable
{
    private readonly DbCommand command;

    /// <param name="connection">Open.</param>
    /// <param name="table">Table.</param>
    /// <param name="columns">Columns in the order of <see cref="WriteAsync"/>'s values; the first <paramref name="keys"/> are the key.</param>
    /// <param name="keys">How many columns the key has.</param>
    /// <param name="replaces">Whether a row that is there already takes the new values; else a second one is an error.</param>
    public Upsert(DbConnection connection, string table, IReadOnlyList<Column> columns, int keys, bool replaces)
    {
        command = connection.CreateCommand();
        var names = columns.Select(column => column.Name).ToList();
        var update = string.Join(", ", names.Skip(keys).Select(name => $"{name} = excluded.{name}"));
        command.CommandText =
            $"INSERT INTO {table} ({string.Join(", ", names)}) VALUES ({string.Join(", ", names.Select(name => "@" + name))})" +
            (replaces ? $" ON CONFLICT ({string.Join(", ", names.Take(keys))}) DO UPDATE SET {update}" : "");
        foreach (var column in columns)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = column.Name;
            parameter.DbType = column.Type;
            command.Parameters.Add(parameter);
        }
    }

    public Task PrepareAsync(CancellationToken cancellation) => command.PrepareAsync(cancellation);

    public Task WriteAsync(DbTransaction transaction, CancellationToken cancellation, params ReadOnlySpan<object> values)
    {
        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command.ExecuteNonQueryAsync(cancellation);
    }

    public ValueTask DisposeAsync() => command.DisposeAsync();
}

/// <summary>A column and what it holds.</summary>
internal readonly record struct Column(string Name, DbType Type)
{
    public static Column Text(string name) => new(name, DbType.String);

    public static Column Long(string name) => new(name, DbType.Int64);

    public static Column Int(string name) => new(name, DbType.Int32);

    public static Column Decimal(string name) => new(name, DbType.Decimal);

    public static Column Flag(string name) => new(name, DbType.Boolean);
}
