using Trellis.Core.Orders;
using Trellis.Core.Trading.Bots;
using Trellis.Core.Trading.Orders;

namespace Trellis.Core.Trading.Planning;

/// <summary>
/// The orders of a plan that close one position by one side, looked through once for all questions about them: while the difference of a lane is taken,
/// neither its plan nor what has filled changes.
/// </summary>
internal sealed class ExitGroup
{
    private readonly List<int> slots = [];
    private readonly List<decimal> stops = [];
    private decimal? wanted;
    private decimal isOut;
    private int counted;

    public Side Side { get; private set; }

    public PositionSide PositionSide { get; private set; }

    /// <summary>In order of slots.</summary>
    public List<int> Slots => slots;

    /// <summary>Looks the plan through for orders like one of its own.</summary>
    public void Take(BotLane lane, in PlannedOrder like)
    {
        (Side, PositionSide) = (like.Side, like.PositionSide);
        slots.Clear();
        stops.Clear();
        wanted = null;
        (isOut, counted) = (0m, 0);
        var plan = lane.Plan;
        for (var slot = 0; slot < lane.SlotCount; slot++)
        {
            if (!plan.IsPlanned(slot))
            {
                continue;
            }

            ref readonly var planned = ref plan.Order(slot);
            if (planned.Side != Side || planned.PositionSide != PositionSide || !Wishes.Closes(planned))
            {
                continue;
            }

            slots.Add(slot);
            if (planned.Kind is OrderKind.TriggerAtOrBelow or OrderKind.TriggerAtOrAbove)
            {
                stops.Add(ExitShares.PriceOf(lane, slot));
            }
        }
    }

    /// <summary>What all of them together would close, were each free to; counted until it is more than what is held.</summary>
    public decimal Wanted(BotLane lane, decimal held)
    {
        if (wanted is { } known)
        {
            return known;
        }

        var all = 0m;
        foreach (var slot in slots)
        {
            all += ExitShares.Wanted(lane, slot, held);
            if (all > held)
            {
                break;
            }
        }

        wanted = all;
        return all;
    }

    /// <summary>What orders that are out may close, were all of them to fill. While a difference is taken none of them ends, and others only come.</summary>
    public decimal Out(BotLane lane, decimal held)
    {
        for (; counted < lane.Live.Count; counted++)
        {
            isOut += OutBy(lane.Live[counted], held);
        }

        return isOut;
    }

    /// <summary>What one order that is out may close; 0 for one that is none of these.</summary>
    public decimal OutBy(TrackedOrder order, decimal held)
    {
        var intent = order.Intent;
        if (intent.Side != Side || intent.PositionSide != PositionSide || !order.Reduces)
        {
            return 0m;
        }

        return intent.ClosePosition ? held : order.HasEnded ? order.Reported - order.Booked : order.Remaining;
    }

    /// <summary>The trigger nearest to a price, the first of equals; null without one.</summary>
    public decimal? NearestStop(decimal price)
    {
        decimal? nearest = null;
        foreach (var trigger in stops)
        {
            nearest = nearest is { } known && Math.Abs(known - price) <= Math.Abs(trigger - price) ? known : trigger;
        }

        return nearest;
    }
}
