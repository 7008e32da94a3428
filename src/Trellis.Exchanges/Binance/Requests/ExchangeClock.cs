namespace Trellis.Exchanges.Binance.Requests;

/// <summary>The exchange's clock as far as it is known: ours and the distance that was measured last.</summary>
internal sealed class ExchangeClock(TimeProvider time)
{
    /// <summary>Both clocks tell whole milliseconds.</summary>
    private const long Grain = 1;

    private readonly Lock _gate = new();
    private long _offset;
    private long _error;

    /// <summary>Exchange clock − ours, milliseconds.</summary>
    public long Offset => Volatile.Read(ref _offset);

    /// <summary>Unix milliseconds on the exchange's clock.</summary>
    public long Now => Local + Offset;

    /// <summary>The least that the exchange's clock can show now: its answer may have taken all of its time on the way there, or all of it on the way back.</summary>
    public long Earliest
    {
        get
        {
            lock (_gate)
            {
                return Local + Offset - _error;
            }
        }
    }

    private long Local => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Asks for the exchange's time a few times and believes the quickest answer: its moment is known best, half way between question and answer.</summary>
    public async Task SyncAsync(Func<CancellationToken, Task<long>> ask, int samples, CancellationToken cancellation)
    {
        var best = TimeSpan.MaxValue;
        for (var sample = 0; sample < samples; sample++)
        {
            var asked = Local;
            var start = time.GetTimestamp();
            var told = await ask(cancellation);
            var took = time.GetElapsedTime(start);
            if (took < best)
            {
                best = took;
                lock (_gate)
                {
                    _error = (long)Math.Ceiling(took.TotalMilliseconds / 2) + Grain;
                    Volatile.Write(ref _offset, told - (asked + (long)(took.TotalMilliseconds / 2)));
                }
            }
        }
    }
}
