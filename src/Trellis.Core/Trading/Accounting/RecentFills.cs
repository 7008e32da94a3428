using Trellis.Core.Orders;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Trading.Accounting;

/// <summary>The latest fills of each market by the exchange's clock: what a position was a moment ago follows from them.</summary>
internal sealed class RecentFills(int markets)
{
    private const int Most = 4_096;

    /// <summary>In order of time, and of booking where that is equal; fills come nearly so, and what is asked for lies near the end.</summary>
    private readonly List<Entry>[] entries = [.. Enumerable.Range(0, markets).Select(_ => new List<Entry>())];

    public void Add(int market, OwnerBook owner, VenueFill fill)
    {
        var list = entries[market];
        if (list.Count >= 2 * Most)
        {
            list.RemoveRange(0, Most);
        }

        list.Insert(FirstAfter(list, fill.Time), new Entry(owner, fill.PositionSide, fill.Side.Sign() * fill.Quantity, fill.Time));
    }

    /// <summary>How an owner's position has changed since a time, both sides together.</summary>
    public decimal ChangeAfter(int market, OwnerBook owner, long time)
    {
        var list = entries[market];
        var sum = 0m;
        for (var i = FirstAfter(list, time); i < list.Count; i++)
        {
            sum += ReferenceEquals(list[i].Owner, owner) ? list[i].Change : 0m;
        }

        return sum;
    }

    /// <summary>How the position of a side has changed since a time (that time included), all owners together.</summary>
    public decimal ChangeSince(int market, PositionSide side, long time)
    {
        var list = entries[market];
        var sum = 0m;
        for (var i = FirstAfter(list, time - 1); i < list.Count; i++)
        {
            sum += list[i].Side == side ? list[i].Change : 0m;
        }

        return sum;
    }

    /// <summary>The changes of a side between two times, both included, oldest first.</summary>
    public IReadOnlyList<decimal> Between(int market, PositionSide side, long from, long to)
    {
        var list = entries[market];
        var changes = new List<decimal>();
        for (var i = FirstAfter(list, from - 1); i < list.Count && list[i].Time <= to; i++)
        {
            if (list[i].Side == side)
            {
                changes.Add(list[i].Change);
            }
        }

        return changes;
    }

    /// <summary>Whether anything was booked that happened at a time or later.</summary>
    public bool AnySince(int market, long time) => entries[market] is { Count: > 0 } list && list[^1].Time >= time;

    /// <summary>The same of any market.</summary>
    public bool AnySince(long time)
    {
        for (var market = 0; market < entries.Length; market++)
        {
            if (AnySince(market, time))
            {
                return true;
            }
        }

        return false;
    }

    private static int FirstAfter(List<Entry> list, long time)
    {
        var place = list.Count;
        while (place > 0 && list[place - 1].Time > time)
        {
            place--;
        }

        return place;
    }

    private readonly record struct Entry(OwnerBook Owner, PositionSide Side, decimal Change, long Time);
}
