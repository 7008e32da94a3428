using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Binance.Requests;
using Trellis.Exchanges.Binance.Trading;

namespace Trellis.Exchanges.Binance.Streams;

/// <summary>
/// Fetches income when the user stream says that the wallet changed. The stream's event has no number of its own and the list has: entries are told
/// from the list alone, so that stream, snapshot and polling name a payment alike. The list may lag behind: it is asked again until it has the change.
/// </summary>
internal sealed class IncomeFetcher(AccountHistory history, ExchangeClock clock, TimeProvider time, SerialUserSink sink)
{
    /// <summary>Funding is stamped with its full hour in the list, and with the moment of booking in the stream.</summary>
    private const long Overlap = 60_000;

    private const int Attempts = 5;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private long? _since;
    private long? _polledAt;

    /// <summary>The wallet changed at a time.</summary>
    public void Want(long at)
    {
        lock (_gate)
        {
            _since = Math.Min(_since ?? long.MaxValue, at);
        }
    }

    /// <summary>Where there is no stream, it is looked for once a minute.</summary>
    public void Poll()
    {
        if (_polledAt is not { } at || time.GetElapsedTime(at) >= PollEvery)
        {
            _polledAt = time.GetTimestamp();
            Want(clock.Now - (2 * (long)PollEvery.TotalMilliseconds));
        }
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(Glance, time, cancellation);
            if (Take() is { } since)
            {
                await FetchAsync(since, cancellation);
            }
        }
    }

    private async Task FetchAsync(long since, CancellationToken cancellation)
    {
        var pause = FirstPause;
        var found = false;
        for (var attempt = 0; attempt < Attempts; attempt++, pause *= 2)
        {
            try
            {
                // Funding of several positions arrives one by one: it is all there when nothing more comes.
                var isNew = await TellNewAsync(since, cancellation) > 0;
                if (found && !isNew)
                {
                    return;
                }

                found |= isNew;
            }
            catch (ExchangeException)
            {
                // Asked again; in the end the next reconciliation finds it.
            }

            await Task.Delay(pause, time, cancellation);
        }
    }

    private async Task<int> TellNewAsync(long since, CancellationToken cancellation)
    {
        var count = 0;
        foreach (var entry in await history.IncomeAsync(since - Overlap, cancellation))
        {
            if (_told.Add($"{entry.Kind} {entry.Id}"))
            {
                count++;
                sink.Income(entry);
            }
        }

        return count;
    }

    private long? Take()
    {
        lock (_gate)
        {
            var since = _since;
            _since = null;
            return since;
        }
    }
}
