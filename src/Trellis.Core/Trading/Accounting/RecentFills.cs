using Trellis.Core.Orders;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Trading.Accounting;

/// <summary>The latest fills of each market by the exchange's clock: what a position was a moment ago follows from them.</summary>
internal sealed class RecentFills(int markets)
{
    private const int Most = 4_096;

    private readonly Queue<Entry>[] entries = [.. Enumerable.Range(0, markets).Select(_ => new Queue<Entry>())];

    public void Add(int market, OwnerBook owner, VenueFill fill)
    {
        var queue = entries[market];
        queue.Enqueue(new Entry(owner, fill.PositionSide, fill.Side.Sign() * fill.Quantity, fill.Time));
        if (queue.Count > Most)
        {
            queue.Dequeue();
        }
    }

    /// <summary>How an owner's position has changed since a time, both sides together.</summary>
    public decimal ChangeAfter(int market, OwnerBook owner, long time)
    {
        var sum = 0m;
        foreach (var entry in entries[market])
        {
            sum += entry.Time > time && ReferenceEquals(entry.Owner, owner) ? entry.Change : 0m;
        }

        return sum;
    }

    /// <summary>How the position of a side has changed since a time (that time included), all owners together.</summary>
    public decimal ChangeSince(int market, PositionSide side, long time)
    {
        var sum = 0m;
        foreach (var entry in entries[market])
        {
            sum += entry.Time >= time && entry.Side == side ? entry.Change : 0m;
        }

        return sum;
    }

    /// <summary>The changes of a side between two times, both included, oldest first.</summary>
    public IReadOnlyList<decimal> Between(int market, PositionSide side, long from, long to) =>
        [.. entries[market].Where(entry => entry.Side == side && entry.Time >= from && entry.Time <= to).OrderBy(entry => entry.Time).Select(entry => entry.Change)];

    /// <summary>Whether anything was booked that happened at a time or later.</summary>
    public bool AnySince(int market, long time)
    {
        foreach (var entry in entries[market])
        {
            if (entry.Time >= time)
            {
                return true;
            }
        }

        return false;
    }

    private readonly record struct Entry(OwnerBook Owner, PositionSide Side, decimal Change, long Time);
}
