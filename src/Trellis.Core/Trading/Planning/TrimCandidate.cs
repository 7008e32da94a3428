using System.Runtime.InteropServices;
using Trellis.Core.Trading.Bots;
using Trellis.Core.Trading.Orders;

namespace Trellis.Core.Trading.Planning;

/// <summary>A planned order that asks for its share of the limits.</summary>
/// <param name="Rank">What protects, what closes, what opens.</param>
/// <param name="Distance">From the last close.</param>
/// <param name="Last">The last close; 0 before the first.</param>
internal readonly record struct TrimCandidate(int Rank, decimal Distance, decimal Last, int Bot, int LaneIndex, int Slot, BotLane Lane, LaneSlot Holder, int Direction, decimal Notional)
{
    /// <summary>Nothing of its slot is out.</summary>
    public bool IsNew => Holder.Order is null;

    /// <summary>Whether it may still be decided on: what is on its way, or of unknown fate, has its room already.</summary>
    public bool IsOpen => Holder.Order is not { State: OrderState.Submitting or OrderState.Unknown };

    private static int Compare(in TrimCandidate a, in TrimCandidate b)
    {
        if (a.Rank != b.Rank)
        {
            return a.Rank.CompareTo(b.Rank);
        }

        var nearer = CompareShares(a, b);
        return nearer != 0 ? nearer
            : a.Bot != b.Bot ? a.Bot.CompareTo(b.Bot)
            : a.LaneIndex != b.LaneIndex ? a.LaneIndex.CompareTo(b.LaneIndex)
            : a.Slot.CompareTo(b.Slot);
    }

    /// <summary>By distance as a share of the last close, without dividing.</summary>
    private static int CompareShares(in TrimCandidate a, in TrimCandidate b) => a.Last == b.Last || a.Distance == 0 || b.Distance == 0
        ? a.Distance.CompareTo(b.Distance)
        : (a.Distance * b.Last).CompareTo(b.Distance * a.Last);

    /// <summary>Orders places in a list by what stands there: a place is moved more easily than a candidate.</summary>
    public readonly struct Ranking(List<TrimCandidate> candidates) : IComparer<int>
    {
        public int Compare(int left, int right)
        {
            var all = CollectionsMarshal.AsSpan(candidates);
            return TrimCandidate.Compare(all[left], all[right]);
        }
    }
}
