using System.Data.Common;
using Microsoft.Data.Sqlite;
using Trellis.Engine.Journal;

namespace Trellis.Storage.Databases;

/// <summary>A SQLite file: write-ahead log, every commit on disk before it is one.</summary>
internal sealed class SqliteDatabase(string path) : IDatabase
{
    // Primary result codes of SQLite (sqlite.org/rescode.html).
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotPermitted = 23;
    private const int NotADatabase = 26;

    /// <summary>SQLITE_IOERR_WRITE and its kin are how a full disk sometimes shows.</summary>
    private const int InputOutputWrite = 778;

    private readonly string connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWriteCreate,
        Cache = SqliteCacheMode.Private,
        Pooling = false,
        DefaultTimeout = 5,
    }.ToString();

    public string Name => path;

    public string Scripts => "sqlite";

    public string HistoryExists => "SELECT name FROM sqlite_master WHERE name = '__EFMigrationsHistory'";

    public async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON;";
            await command.ExecuteNonQueryAsync(cancellation);
            return connection;
        }
        catch (Exception exception)
        {
            await connection.DisposeAsync();
            throw this.Explain("open", exception);
        }
    }

    public Task<IHeldLock?> TryLockAsync(string name, CancellationToken cancellation)
    {
        var file = $"{path}.{FileName(name)}.lock";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            KeepFromOthers();
            return Task.FromResult<IHeldLock?>(new FileLock(new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.None)));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StorageException(StorageFailure.NotPermitted, $"{file}: can't be written: {exception.Message}", exception);
        }
        catch (IOException) when (File.Exists(file))
        {
            return Task.FromResult<IHeldLock?>(null);
        }
        catch (IOException exception)
        {
            throw new StorageException(StorageFailure.Unreachable, $"{file}: can't be made: {exception.Message}", exception);
        }
    }

    public StorageFailure? Classify(Exception exception) => exception switch
    {
        DllNotFoundException => StorageFailure.LibraryMissing,
        TypeInitializationException { InnerException: { } inner } => Classify(inner),
        SqliteException { SqliteExtendedErrorCode: InputOutputWrite } => StorageFailure.DiskFull,
        SqliteException sqlite => sqlite.SqliteErrorCode switch
        {
            Full => StorageFailure.DiskFull,
            Busy or Locked or InputOutput => StorageFailure.Unreachable,
            ReadOnly or NotPermitted or CannotOpen => StorageFailure.NotPermitted,
            Corrupt or NotADatabase => StorageFailure.Damaged,
            _ => StorageFailure.Damaged,
        },
        _ => null,
    };

    /// <summary>A new file is its owner's alone; SQLite gives its log beside it the same rights.</summary>
    private void KeepFromOthers()
    {
        if (!OperatingSystem.IsWindows() && !File.Exists(path))
        {
            new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
        }
    }

    private static string FileName(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));

    /// <summary>The system keeps it as long as the process lives.</summary>
    private sealed class FileLock(FileStream file) : IHeldLock
    {
        public Task<bool> IsHeldAsync(CancellationToken cancellation) => Task.FromResult(true);

        public ValueTask DisposeAsync() => file.DisposeAsync();
    }
}
