using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Engine.Journal;

/// <summary>Who writes a journal, and for what.</summary>
/// <param name="Account">Exchange, environment and a name: <c>binance/mainnet/main</c>. One account, one journal, one writer.</param>
/// <param name="Epoch">Grows by one with every opening; a write under an older epoch is refused, so that a stalled writer is fenced out.</param>
/// <param name="LastSequence">Of the last input that was committed before this opening; 0 for none.</param>
/// <param name="LockedAt">When this process took the account's lock, as <see cref="TimeProvider.GetTimestamp"/> tells: whatever an earlier process sent is older. Null where that is not known.</param>
public sealed record JournalIdentity(string Account, long Epoch, long LastSequence, long? LockedAt = null);

/// <summary>
/// A stretch of a journal under one set of settings. Feeding its inputs to a fresh loop of those settings gives the state of now; other settings
/// would decide otherwise, so they begin a generation of their own, and only when nothing of the old one lives.
/// </summary>
/// <param name="Installation">4 of [a-z0-9], part of every client order id: no other generation of the database has it, so ids never mean two orders.</param>
/// <param name="After">Its inputs are those behind this sequence.</param>
/// <param name="Settings">Everything that decides besides the inputs, as text.</param>
public sealed record JournalGeneration(string Installation, long After, string Settings);

/// <summary>An input of the trading loop as it stands in the journal.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="EffectsHash">Of the canonical text of the effects that followed; a replay must come to the same.</param>
public readonly record struct JournaledInput(long Sequence, TradingInput Input, ulong EffectsHash);

/// <summary>An input with all that followed from it: what storage writes in one transaction. Neither is changed after it was queued.</summary>
public sealed record JournalItem(long Sequence, TradingInput Input, IReadOnlyList<TradingEffect> Effects);

/// <summary>
/// The durable memory of a trading loop. One writer collects what is pending and commits it in one transaction (group commit): inputs, intents and
/// what orders, fills and postings became of them.
/// </summary>
public interface IJournal : IAsyncDisposable
{
    JournalIdentity Identity { get; }

    /// <summary>The latest generation; null in a journal that has none yet.</summary>
    JournalGeneration? Generation { get; }

    /// <summary>Begins a generation; only before the first <see cref="Append"/>.</summary>
    /// <exception cref="StorageException">It could not be written.</exception>
    Task<JournalGeneration> BeginAsync(string settings, CancellationToken cancellation);

    /// <summary>All inputs after a sequence, in order.</summary>
    IAsyncEnumerable<JournaledInput> ReadAsync(long afterSequence, CancellationToken cancellation);

    /// <summary>Says what the numbers in items mean; before the first <see cref="Append"/>.</summary>
    void Name(JournalNames names);

    /// <summary>Queues an item for the next commit; from the loop alone, in order. Does not wait.</summary>
    void Append(JournalItem item);

    /// <summary>Completes when everything up to a sequence is on disk.</summary>
    /// <exception cref="StorageException">It never will be: another writer has taken over, or the database is damaged.</exception>
    ValueTask CommittedAsync(long sequence);

    /// <summary>Of the last input on disk.</summary>
    long CommittedSequence { get; }

    /// <summary>Why the last attempt to commit failed; null while all is well. What can pass (no connection, disk full) is tried again until it does; nothing is lost meanwhile.</summary>
    StorageException? Trouble { get; }
}

/// <summary>The names of what inputs and effects number.</summary>
/// <param name="Bots">By index.</param>
/// <param name="Markets">Instruments by index, as <c>binance/perp/BTCUSDT</c>.</param>
public sealed record JournalNames(IReadOnlyList<string> Bots, IReadOnlyList<string> Markets);

/// <summary>Opens the journal of an account: creates or migrates the schema under a lock, takes the account's lease and a new epoch.</summary>
public interface IJournalStore
{
    /// <param name="account">As in <see cref="JournalIdentity"/>.</param>
    /// <exception cref="StorageException">No connection, no permission, a newer schema, or another process holds the account.</exception>
    Task<IJournal> OpenAsync(string account, CancellationToken cancellation);
}
