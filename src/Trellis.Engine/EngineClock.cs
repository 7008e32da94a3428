namespace Trellis.Engine;

/// <summary>
/// The exchange's clock as far as it is known: this machine's, with the offset that the adapter last measured. Never runs backwards, and goes on evenly where somebody
/// sets the machine's clock: until the offset is measured anew the two would not belong together.
/// </summary>
internal sealed class EngineClock(TimeProvider time)
{
    private readonly Lock gate = new();
    private long offset;

    /// <summary>The machine's clock when the offset was taken over, and how long ago that is.</summary>
    private long anchor = time.GetUtcNow().ToUnixTimeMilliseconds();
    private long anchoredAt = time.GetTimestamp();
    private long last;

    /// <summary>Exchange clock − ours, milliseconds.</summary>
    public long Offset
    {
        get
        {
            lock (gate)
            {
                return offset;
            }
        }

        set
        {
            lock (gate)
            {
                if (offset != value)
                {
                    offset = value;
                    (anchor, anchoredAt) = (time.GetUtcNow().ToUnixTimeMilliseconds(), time.GetTimestamp());
                }
            }
        }
    }

    /// <summary>Unix milliseconds.</summary>
    public long Now
    {
        get
        {
            lock (gate)
            {
                return last = Math.Max(last, anchor + (long)time.GetElapsedTime(anchoredAt).TotalMilliseconds + offset);
            }
        }
    }

    /// <summary>The journal knows a later time than the clock: nothing is stamped before it.</summary>
    public void NotBefore(long time)
    {
        lock (gate)
        {
            last = Math.Max(last, time);
        }
    }
}
