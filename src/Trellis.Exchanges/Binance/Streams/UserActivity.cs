namespace Trellis.Exchanges.Binance.Streams;

/// <summary>
/// Whether the user stream says what it must. An account may be quiet for hours, so silence alone proves nothing; but an order that the exchange
/// accepted is an event, and a stream that does not tell of it is dead.
/// </summary>
internal sealed class UserActivity(TimeProvider time)
{
    private readonly Lock _gate = new();
    private long? _expectedSince;
    private long _toldAt = long.MinValue;

    /// <summary>For <see cref="Expect"/>, when a request is about to leave.</summary>
    public long Now => time.GetTimestamp();

    /// <summary>Something was accepted of which the stream has to tell; it may have been quicker than the answer.</summary>
    /// <param name="sentAt"><see cref="Now"/> of before the request.</param>
    public void Expect(long sentAt)
    {
        lock (_gate)
        {
            if (_toldAt < sentAt)
            {
                _expectedSince ??= time.GetTimestamp();
            }
        }
    }

    /// <summary>The stream told something, or was given up.</summary>
    public void Told()
    {
        lock (_gate)
        {
            _toldAt = time.GetTimestamp();
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
