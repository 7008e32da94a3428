using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Trellis.Engine.Journal;
using Trellis.Storage.Databases;
using Trellis.Storage.Model;

namespace Trellis.Storage.Journals;

/// <summary>The generations of a database's journals: snapshots of nothing but the settings under which a loop begins afresh.</summary>
internal sealed class Generations(IDatabase database, TimeProvider time, Func<ulong> random)
{
    private const int InstallationLength = 4;
    private const string InstallationLetters = "abcdefghijklmnopqrstuvwxyz0123456789";

    public async Task<JournalGeneration?> FindAsync(string account, CancellationToken cancellation)
    {
        await using var context = database.CreateContext();
        var row = await context.Snapshots.AsNoTracking().Where(row => row.Account == account).OrderByDescending(row => row.Sequence).FirstOrDefaultAsync(cancellation);
        if (row is null)
        {
            return null;
        }

        try
        {
            var kept = JsonSerializer.Deserialize(row.Payload, GenerationJson.Default.KeptGeneration) ?? throw new JsonException("null");
            return new JournalGeneration(kept.Installation, row.Sequence, kept.Settings);
        }
        catch (JsonException exception)
        {
            throw new StorageException(StorageFailure.Damaged, $"{database.Name}: the settings of the journal of {account} behind input {row.Sequence} can't be read: {exception.Message}", exception);
        }
    }

    public async Task<JournalGeneration> BeginAsync(JournalIdentity identity, string settings, CancellationToken cancellation)
    {
        await using var context = database.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var account = await context.Accounts.SingleAsync(row => row.Account == identity.Account, cancellation);
        if (account.Epoch != identity.Epoch)
        {
            throw new StorageException(StorageFailure.Fenced, $"{database.Name}: another process has taken over the account {identity.Account}");
        }

        // Where nothing was journaled since, the settings of before were never used.
        await context.Snapshots.Where(row => row.Account == identity.Account && row.Sequence == account.LastSequence).ExecuteDeleteAsync(cancellation);
        var installation = NewInstallation(await TakenAsync(context, cancellation));
        account.Installation = installation;
        context.Snapshots.Add(new SnapshotRow
        {
            Account = identity.Account,
            Sequence = account.LastSequence,
            Payload = JsonSerializer.Serialize(new KeptGeneration(installation, settings), GenerationJson.Default.KeptGeneration),
            Time = time.GetUtcNow().ToUnixTimeMilliseconds(),
        });
        await context.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new JournalGeneration(installation, account.LastSequence, settings);
    }

    private static async Task<HashSet<string>> TakenAsync(TrellisContext context, CancellationToken cancellation)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var payload in await context.Snapshots.Select(row => row.Payload).ToListAsync(cancellation))
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
