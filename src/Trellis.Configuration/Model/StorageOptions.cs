using Trellis.Core.Options;

namespace Trellis.Configuration.Model;

/// <summary>Where the journal of live trading is kept: a file, or a database server.</summary>
[Meaning("Where live trading keeps its journal and ledger: a SQLite file, or a PostgreSQL database.")]
public sealed record StorageOptions
{
    [Meaning("SQLite file. Default: ~/.trellis/trellis.db.", Example = "~/.trellis/trellis.db")]
    [Pattern("^[^\\u0000-\\u001F]+$", "a path without control characters")]
    public string? Path { get; init; }

    [Meaning("Connection string of a PostgreSQL database, instead of a file. Better kept in the environment variable TRELLIS__STORAGE__CONNECTION.", Example = "Host=localhost;Database=trellis;Username=trellis")]
    [Pattern("^[^\\u0000-\\u001F]+$", "a connection string such as Host=localhost;Database=trellis;Username=trellis, without control characters")]
    [Secret]
    public string? Connection { get; init; }

    /// <summary>Without the values, of which one is a secret.</summary>
    public override string ToString() => nameof(StorageOptions);
}
