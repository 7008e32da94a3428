namespace Trellis.Exchanges.Binance.Requests;

/// <summary>What has been used of a limit since the last multiple of its length. The exchange's own count wins where it is higher.</summary>
internal sealed class CountWindow(long length, int limit)
{
    private long _index;

    public long Length { get; } = length;

    public int Limit { get; set; } = limit;

    public int Used { get; private set; }

    public double Share => Limit <= 0 ? 1 : (double)Used / Limit;

    /// <summary>Which window a time lies in.</summary>
    public long IndexOf(long now) => now / Length;

    public long UntilNext(long now) => Length - (now % Length);

    public bool HasRoom(long now, int count, double share)
    {
        Roll(now);
        return count == 0 || Used + count <= Limit * share;
    }

    public void Use(long now, int count)
    {
        Roll(now);
        Used += count;
    }

    /// <summary>Takes up what the exchange counted, unless its answer is of another window than the question.</summary>
    public void Learn(long now, long sentIn, int counted)
    {
        Roll(now);
        if (sentIn == _index)
        {
            Used = Math.Max(Used, counted);
        }
    }

    public void Roll(long now)
    {
        if (IndexOf(now) != _index)
        {
            _index = IndexOf(now);
            Used = 0;
        }
    }
}
