using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Engine.Journal;

/// <summary>Who writes a journal, and for what.</summary>
/// <param name="Installation">4 of [a-z0-9]; chosen once per database and kept in it.</param>
/// <param name="Account">Exchange, environment and a name: <c>binance/mainnet/main</c>. One account, one journal, one writer.</param>
/// <param name="Epoch">Grows by one with every opening; a write under an older epoch is refused, so that a stalled writer is fenced out.</param>
/// <param name="LastSequence">Of the last input that is committed; 0 for none.</param>
public sealed record JournalIdentity(string Installation, string Account, long Epoch, long LastSequence);

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

    /// <summary>All inputs after a sequence, in order.</summary>
    IAsyncEnumerable<JournaledInput> ReadAsync(long afterSequence, CancellationToken cancellation);

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

/// <summary>Which journal to open, and the names of what its inputs number.</summary>
/// <param name="Account">As in <see cref="JournalIdentity"/>.</param>
/// <param name="Bots">Names by index.</param>
/// <param name="Markets">Instruments by index, as <c>binance/perp/BTCUSDT</c>.</param>
public sealed record JournalRequest(string Account, IReadOnlyList<string> Bots, IReadOnlyList<string> Markets);

/// <summary>Opens the journal of an account: creates or migrates the schema under a lock, takes the account's lease and a new epoch.</summary>
public interface IJournalStore
{
    /// <exception cref="StorageException">No connection, no permission, a newer schema, or another process holds the account.</exception>
    Task<IJournal> OpenAsync(JournalRequest request, CancellationToken cancellation);
}
