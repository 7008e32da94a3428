using Trellis.Core.Matching.Orders;

namespace Trellis.Core.Matching.Conditional;

/// <summary>Waiting conditional orders of an instrument by trigger price.</summary>
internal sealed class TriggerBook
{
    private static readonly Comparer<LiveConditional> LowestFirst = Comparer<LiveConditional>.Create((left, right) =>
        left.TriggerPrice != right.TriggerPrice ? left.TriggerPrice.CompareTo(right.TriggerPrice) : left.Id.CompareTo(right.Id));

    private static readonly Comparer<LiveConditional> HighestFirst = Comparer<LiveConditional>.Create((left, right) =>
        left.TriggerPrice != right.TriggerPrice ? right.TriggerPrice.CompareTo(left.TriggerPrice) : left.Id.CompareTo(right.Id));

    private readonly SortedSet<LiveConditional>[] rising = [new(LowestFirst), new(LowestFirst)];
    private readonly SortedSet<LiveConditional>[] falling = [new(HighestFirst), new(HighestFirst)];

    public int Count { get; private set; }

    public void Add(LiveConditional order)
    {
        SetOf(order).Add(order);
        Count++;
    }

    public void Remove(LiveConditional order)
    {
        if (SetOf(order).Remove(order))
        {
            Count--;
        }
    }

    /// <summary>The order that a rise to a price meets first, then the lowest id; null for none.</summary>
    public LiveConditional? NextAtOrBelow(TriggerSource source, int highest) =>
        rising[(int)source].Min is { } first && first.TriggerPrice <= highest ? first : null;

    /// <summary>The order that a fall to a price meets first, then the lowest id; null for none.</summary>
    public LiveConditional? NextAtOrAbove(TriggerSource source, int lowest) =>
        falling[(int)source].Min is { } first && first.TriggerPrice >= lowest ? first : null;

    private SortedSet<LiveConditional> SetOf(LiveConditional order) => (order.Rises ? rising : falling)[(int)order.Source];
}
