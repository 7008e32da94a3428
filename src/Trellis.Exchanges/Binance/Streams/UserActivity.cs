namespace Trellis.Exchanges.Binance.Streams;

/// <summary>
/// Whether the user stream says what it must. An account may be quiet for hours, so silence alone proves nothing; but an order that the exchange
/// accepted is an event, and a stream that does not tell of it is dead.
/// </summary>
internal sealed class UserActivity(TimeProvider time)
{
    private readonly Lock _gate = new();
    private long? _expectedSince;

    /// <summary>Something was accepted of which the stream has to tell.</summary>
    public void Expect()
    {
        lock (_gate)
        {
            _expectedSince ??= time.GetTimestamp();
        }
    }

    /// <summary>The stream told something, or was given up.</summary>
    public void Told()
    {
        lock (_gate)
        {
            _expectedSince = null;
        }
    }

    public bool IsOverdue(TimeSpan limit)
    {
        lock (_gate)
        {
            return _expectedSince is { } since && time.GetElapsedTime(since) > limit;
        }
    }
}
