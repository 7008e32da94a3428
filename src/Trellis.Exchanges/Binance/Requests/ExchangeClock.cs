namespace Trellis.Exchanges.Binance.Requests;

/// <summary>The exchange's clock as far as it is known: ours and the distance that was measured last.</summary>
internal sealed class ExchangeClock(TimeProvider time)
{
    private long _offset;

    /// <summary>Exchange clock − ours, milliseconds.</summary>
    public long Offset => Volatile.Read(ref _offset);

    /// <summary>Unix milliseconds on the exchange's clock.</summary>
    public long Now => Local + Offset;

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
                Volatile.Write(ref _offset, told - (asked + (long)(took.TotalMilliseconds / 2)));
            }
        }
    }
}
