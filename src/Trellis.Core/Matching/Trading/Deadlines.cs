using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Orders;

namespace Trellis.Core.Matching.Trading;

/// <summary>What the clock brings by itself: ends of good-till-date orders, open or waiting, and countdowns, in order of time.</summary>
internal sealed class Deadlines
{
    private readonly SortedSet<Deadline> due = new(Comparer<Deadline>.Create((left, right) =>
        (left.Time, left.OrderId, left.ConditionalId, left.Account, left.Instrument).CompareTo((right.Time, right.OrderId, right.ConditionalId, right.Account, right.Instrument))));

    private readonly SortedDictionary<(int Account, int Instrument), long> countdowns = [];

    /// <summary>Time of the next deadline; <see cref="long.MaxValue"/> for none.</summary>
    public long Next => due.Count == 0 ? long.MaxValue : due.Min.Time;

    /// <summary>By account and instrument.</summary>
    public IReadOnlyDictionary<(int Account, int Instrument), long> Countdowns => countdowns;

    public void Add(LiveOrder order) => due.Add(Of(order));

    public void Remove(LiveOrder order) => due.Remove(Of(order));

    public void Add(LiveConditional conditional) => due.Add(Of(conditional));

    public void Remove(LiveConditional conditional) => due.Remove(Of(conditional));

    /// <summary>Starts a countdown anew; 0 stops it.</summary>
    public void SetCountdown(AccountId account, int instrument, long at)
    {
        if (countdowns.Remove((account.Value, instrument), out var before))
        {
            due.Remove(new Deadline(before, 0, 0, account.Value, instrument));
        }

        if (at != 0)
        {
            countdowns.Add((account.Value, instrument), at);
            due.Add(new Deadline(at, 0, 0, account.Value, instrument));
        }
    }

    /// <summary>Takes the next deadline out.</summary>
    public Deadline Take()
    {
        var next = due.Min;
        due.Remove(next);
        if (next.IsCountdown)
        {
            countdowns.Remove((next.Account, next.Instrument));
        }

        return next;
    }

    private static Deadline Of(LiveOrder order) => new(order.Request.ExpiresAt, order.Id, 0, 0, 0);

    private static Deadline Of(LiveConditional conditional) => new(conditional.Order.Request.ExpiresAt, 0, conditional.Id, 0, 0);
}

/// <summary>A deadline of an order, of a waiting conditional order or, with neither, a countdown.</summary>
internal readonly record struct Deadline(long Time, long OrderId, long ConditionalId, int Account, int Instrument)
{
    public bool IsCountdown => OrderId == 0 && ConditionalId == 0;
}
