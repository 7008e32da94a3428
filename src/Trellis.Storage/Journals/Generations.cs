using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using Trellis.Engine.Journal;
using Trellis.Storage.Databases;

namespace Trellis.Storage.Journals;

/// <summary>The generations of a database's journals: snapshots of nothing but the settings under which a loop begins afresh.</summary>
internal sealed class Generations(IDatabase database, TimeProvider time, Func<ulong> random)
{
    private const int InstallationLength = 4;
    private const string InstallationLetters = "abcdefghijklmnopqrstuvwxyz0123456789";

    public async Task<JournalGeneration?> FindAsync(string account, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = connection.Command(null, "SELECT sequence, payload FROM snapshots WHERE account = @account ORDER BY sequence DESC LIMIT 1", ("account", account));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
        {
            return null;
        }

        var sequence = reader.GetInt64(0);
        try
        {
            var kept = JsonSerializer.Deserialize(reader.GetString(1), GenerationJson.Default.KeptGeneration) ?? throw new JsonException("null");
            return new JournalGeneration(kept.Installation, sequence, kept.Settings);
        }
        catch (JsonException exception)
        {
            throw new StorageException(StorageFailure.Damaged, $"{database.Name}: the settings of the journal of {account} behind input {sequence} can't be read: {exception.Message}", exception);
        }
    }

    public async Task<JournalGeneration> BeginAsync(JournalIdentity identity, string settings, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var installation = NewInstallation(await TakenAsync(connection, transaction, cancellation));
        var last = await RenameAsync(connection, transaction, identity, installation, cancellation);

        // Where nothing was journaled since, the settings of before were never used.
        await connection.Command(transaction, "DELETE FROM snapshots WHERE account = @account AND sequence = @sequence", ("account", identity.Account), ("sequence", last)).ExecuteAsync(cancellation);
        await connection.Command(
            transaction,
            "INSERT INTO snapshots (account, sequence, payload, time) VALUES (@account, @sequence, @payload, @time)",
            ("account", identity.Account),
            ("sequence", last),
            ("payload", JsonSerializer.Serialize(new KeptGeneration(installation, settings), GenerationJson.Default.KeptGeneration)),
            ("time", time.GetUtcNow().ToUnixTimeMilliseconds())).ExecuteAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new JournalGeneration(installation, last, settings);
    }

    /// <returns>The account's last input.</returns>
    private async Task<long> RenameAsync(DbConnection connection, DbTransaction transaction, JournalIdentity identity, string installation, CancellationToken cancellation)
    {
        await using var command = connection.Command(
            transaction,
            "UPDATE accounts SET installation = @installation WHERE account = @account AND epoch = @epoch RETURNING last_sequence",
            ("installation", installation),
            ("account", identity.Account),
            ("epoch", identity.Epoch));
        return await command.ExecuteScalarAsync(cancellation) as long?
            ?? throw new StorageException(StorageFailure.Fenced, $"{database.Name}: another process has taken over the account {identity.Account}");
    }

    private static async Task<HashSet<string>> TakenAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellation)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var payload in await connection.Command(transaction, "SELECT payload FROM snapshots").TextsAsync(cancellation))
        {
            if (JsonSerializer.Deserialize(payload, GenerationJson.Default.KeptGeneration) is { } kept)
            {
                taken.Add(kept.Installation);
            }
        }

        return taken;
    }

    private string NewInstallation(HashSet<string> taken)
    {
        for (var bits = random(); ; bits++)
        {
            var name = string.Create(InstallationLength, bits, (text, left) =>
            {
                foreach (ref var letter in text)
                {
                    letter = InstallationLetters[(int)(left % (ulong)InstallationLetters.Length)];
                    left /= (ulong)InstallationLetters.Length;
                }
            });
            if (!taken.Contains(name))
            {
                return name;
            }
        }
    }
}

/// <summary>A generation as its row keeps it.</summary>
internal sealed record KeptGeneration(string Installation, string Settings);

[JsonSerializable(typeof(KeptGeneration))]
internal sealed partial class GenerationJson : JsonSerializerContext;
