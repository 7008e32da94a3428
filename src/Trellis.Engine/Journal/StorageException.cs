using Trellis.Core;

namespace Trellis.Engine.Journal;

public enum StorageFailure : byte
{
    Unreachable,
    DiskFull,
    NotPermitted,

    /// <summary>Another process holds the account, or has taken it over.</summary>
    Fenced,

    /// <summary>A schema that this program does not know.</summary>
    SchemaTooNew,
    Damaged,
    LibraryMissing,

    /// <summary>The server has no database of that name.</summary>
    DatabaseMissing,
}

/// <summary>The database could not do what it must.</summary>
public sealed class StorageException(StorageFailure failure, string message, Exception? inner = null) : TrellisException(message, inner)
{
    public StorageFailure Failure { get; } = failure;

    public override int ExitCode => 1;
}
