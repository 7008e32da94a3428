using Trellis.Core.Orders;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Trading.Accounting;

/// <summary>The latest fills of each market by the exchange's clock: what a position was a moment ago follows from them.</summary>
internal sealed class RecentFills(int markets)
{
    private const int Most = 4_096;

    /// <summary>In order of time, and of booking where that is equal; fills come nearly so, and what is asked for lies near the end.</summary>
    private readonly List<Entry>[] entries = [.. Enumerable.Range(0, markets).Select(_ => new List<Entry>())];

    private readonly long[] booked = new long[markets];

    /// <summary>Of all markets.</summary>
    public long Booked { get; private set; }

    /// <summary>How many fills of a market have been booked so far.</summary>
    public long BookedOf(int market) => booked[market];

    public void Add(int market, OwnerBook owner, VenueFill fill)
    {
        var list = entries[market];
        if (list.Count >= 2 * Most)
        {
            list.RemoveRange(0, Most);
        }

        Booked++;
        list.Insert(FirstAfter(list, fill.Time), new Entry(owner, fill.PositionSide, fill.Side.Sign() * fill.Quantity, fill.Time, ++booked[market]));
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

    /// <summary>
    /// The changes of a side by what was booked after so many fills of its market, oldest first by the exchange's clock. No clock of ours and no time of a
    /// question takes part: what an exchange's matching says of time need not be what its servers say.
    /// </summary>
    public IReadOnlyList<decimal> ChangesAfter(int market, PositionSide side, long fills)
    {
        var list = entries[market];
        var changes = new List<decimal>();
        var left = booked[market] - fills;
        for (var i = list.Count - 1; i >= 0 && left > 0; i--)
        {
            if (list[i].Number > fills)
            {
                left--;
                if (list[i].Side == side)
                {
                    changes.Add(list[i].Change);
                }
            }
        }

        changes.Reverse();
        return changes;
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

    /// <param name="Number">In order of booking, from 1.</param>
    private readonly record struct Entry(OwnerBook Owner, PositionSide Side, decimal Change, long Time, long Number);
}
