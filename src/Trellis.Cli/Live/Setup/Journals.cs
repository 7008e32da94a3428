using System.Security.Cryptography;
using Trellis.Configuration;
using Trellis.Engine.Journal;
using Trellis.Storage.Journals;

namespace Trellis.Cli.Live.Setup;

/// <summary>The journal store that a configuration names.</summary>
internal static class Journals
{
    public static (IJournalStore Store, string Name) Of(LoadedConfiguration loaded, HomeFolder home, TimeProvider time, Action<string>? checkpoint = null)
    {
        var store = loaded.Document.Storage.Connection is { } connection
            ? SqlJournalStore.Postgres(connection, time, Random, checkpoint)
            : SqlJournalStore.Sqlite(home.Database(loaded), time, Random, checkpoint);
        return (store, store.Name);
    }

    private static ulong Random()
    {
        Span<byte> bits = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bits);
        return BitConverter.ToUInt64(bits);
    }
}
