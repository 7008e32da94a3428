using Trellis.Engine.Journal;

namespace Trellis.Storage.Databases;

/// <summary>Failures of a database in words that say what to do.</summary>
internal static class DatabaseErrors
{
    /// <summary>The failure as a storage error; what is none of the database's comes back as it is.</summary>
    public static Exception Explain(this IDatabase database, string doing, Exception exception) => exception switch
    {
        StorageException => exception,
        _ when database.Classify(exception) is { } failure => new StorageException(failure, $"{database.Name}: {doing}: {Words(failure)} ({Innermost(exception)})", exception),
        _ => exception,
    };

    /// <summary>Whether trying again can help.</summary>
    public static bool MayPass(StorageFailure failure) => failure is StorageFailure.Unreachable or StorageFailure.DiskFull;

    private static string Words(StorageFailure failure) => failure switch
    {
        StorageFailure.Unreachable => "the database can't be reached or is busy; it is tried again",
        StorageFailure.DiskFull => "the disk is full; free some space, it is tried again",
        StorageFailure.NotPermitted => "not permitted; check the file's owner and rights, or the user and password",
        StorageFailure.Damaged => "the database is damaged; restore it from a backup",
        StorageFailure.LibraryMissing => "the SQLite library is not installed; on Debian and Ubuntu: apt install libsqlite3-0",
        StorageFailure.DatabaseMissing => "the server has no such database; make it with createdb, or name another one",
        StorageFailure.SchemaTooNew => "it was made by a newer program; use that one",
        _ => "another process has taken over this account",
    };

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception.Message;
    }
}
