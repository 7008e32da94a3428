namespace Trellis.Engine;

/// <summary>The exchange's clock as far as it is known: ours and the offset that the adapter last measured. Never runs backwards.</summary>
internal sealed class EngineClock(TimeProvider time)
{
    private long offset;
    private long last;

    /// <summary>Exchange clock − ours, milliseconds.</summary>
    public long Offset
    {
        get => Volatile.Read(ref offset);
        set => Volatile.Write(ref offset, value);
    }

    /// <summary>Unix milliseconds.</summary>
    public long Now
    {
        get
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds() + Offset;
            var before = Volatile.Read(ref last);
            while (now > before)
            {
                var seen = Interlocked.CompareExchange(ref last, now, before);
                if (seen == before)
                {
                    return now;
                }

                before = seen;
            }

            return before;
        }
    }

    /// <summary>The journal knows a later time than the clock: nothing is stamped before it.</summary>
    public void NotBefore(long time)
    {
        if (time > Volatile.Read(ref last))
        {
            Volatile.Write(ref last, time);
        }
    }
}
