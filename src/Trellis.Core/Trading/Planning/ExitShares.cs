using Trellis.Core.Orders;
using Trellis.Core.Trading.Bots;

namespace Trellis.Core.Trading.Planning;

/// <summary>
/// Divides what a bot holds among its orders that close, where another bot holds the same position of the venue, or a person: all that are out together are never
/// larger than what the bot holds, so that whatever fills while a cancel is on its way, no bot closes what is another's. Only what a person
/// opens beside orders that are out already can be met by them, until the first of the two has been cancelled.
/// </summary>
/// <remarks>
/// A venue's reduce-only flag knows the whole position alone, so a stop and a target of the same quantity may not both rest there. What goes at market
/// comes first; then limits that the quote has reached; then stops; then the other limits, nearest first. A target so waits here while its stop
/// protects at the venue, and takes the stop's place once the quote is there; it gives it back when the price has gone a quarter of the way to the stop.
/// </remarks>
internal sealed class ExitShares
{
    private const decimal GiveUp = 0.25m;

    private readonly ExitGroup[] groups = [new(), new(), new(), new(), new(), new()];
    private int known;

    /// <summary>Call before a lane is looked at: what was known of its exits may have changed.</summary>
    public void Begin() => known = 0;

    /// <summary>The part of what is held that an order that closes may have now.</summary>
    /// <param name="lane">Whose plan it is.</param>
    /// <param name="slot">Planned, and an order that closes.</param>
    /// <param name="held">What the bot may close on the order's side.</param>
    public decimal Of(BotLane lane, int slot, decimal held)
    {
        ref readonly var planned = ref lane.Plan.Order(slot);
        var own = lane.Slot(slot)?.Order;
        var group = GroupOf(lane, planned);
        var free = held - group.Out(lane, held) + (own is null ? 0m : group.OutBy(own, held));
        var share = ShareOf(lane, group, slot, held);

        // What is out already may stay: others that are too much make room for it.
        return Math.Max(0m, Math.Min(share, Math.Max(free, own is { Rests: true, Intent.ClosePosition: false } ? own.Remaining : 0m)));
    }

    /// <summary>Notes which quote makes an order come before others, or after them.</summary>
    public void Watch(BotLane lane, int slot)
    {
        ref readonly var planned = ref lane.Plan.Order(slot);
        if (planned.Kind != OrderKind.Limit)
        {
            return;
        }

        var price = PriceOf(lane, slot);
        var until = GivesUpAt(GroupOf(lane, planned), price);
        var triggers = lane.Triggers;
        var isReached = IsReached(lane, slot, price, until);
        if (planned.Side == Side.Sell)
        {
            if (isReached)
            {
                triggers.WhenBidAtOrBelow(until);
            }
            else
            {
                triggers.WhenAskAtOrAbove(price);
            }
        }
        else if (isReached)
        {
            triggers.WhenAskAtOrAbove(until);
        }
        else
        {
            triggers.WhenBidAtOrBelow(price);
        }
    }

    /// <summary>What an order that closes would take, were it alone.</summary>
    public static decimal Wanted(BotLane lane, int slot, decimal held)
    {
        ref readonly var planned = ref lane.Plan.Order(slot);
        var filled = lane.Slot(slot) is { } holder && holder.Cycle == lane.Plan.Cycle(slot) ? holder.Filled : 0m;
        return planned.Has(OrderInstructions.ClosePosition) ? held : Math.Clamp(lane.Market.Units.ToQuantity(planned.Quantity) - filled, 0m, held);
    }

    public static decimal PriceOf(BotLane lane, int slot) => lane.Market.Units.ToPrice(Wishes.Price(lane, lane.Plan.Order(slot)));

    private static decimal ShareOf(BotLane lane, ExitGroup group, int slot, decimal held)
    {
        // Mostly there is enough for all, and nobody has to come first.
        if (group.Wanted(lane, held) <= held)
        {
            return held;
        }

        var share = held;
        var rank = RankOf(lane, group, slot);
        foreach (var other in group.Slots)
        {
            if (other != slot && IsBefore(RankOf(lane, group, other), other, rank, slot))
            {
                share -= Wanted(lane, other, held);
                if (share <= 0)
                {
                    break;
                }
            }
        }

        return share;
    }

    private ExitGroup GroupOf(BotLane lane, in PlannedOrder planned)
    {
        for (var i = 0; i < known; i++)
        {
            if (groups[i].Side == planned.Side && groups[i].PositionSide == planned.PositionSide)
            {
                return groups[i];
            }
        }

        var group = groups[known++];
        group.Take(lane, planned);
        return group;
    }

    private static bool IsBefore((int Kind, decimal Price) left, int leftSlot, (int Kind, decimal Price) right, int rightSlot)
    {
        if (left.Kind != right.Kind)
        {
            return left.Kind < right.Kind;
        }

        return left.Price != right.Price ? left.Price < right.Price : leftSlot < rightSlot;
    }

    /// <summary>Which comes first: the lowest of (kind, price as it is approached).</summary>
    private static (int Kind, decimal Price) RankOf(BotLane lane, ExitGroup group, int slot)
    {
        ref readonly var planned = ref lane.Plan.Order(slot);
        if (planned.Kind == OrderKind.Market || (lane.Slot(slot) is { AtMarket: true } holder && holder.Cycle == lane.Plan.Cycle(slot)))
        {
            return (0, 0m);
        }

        var price = PriceOf(lane, slot);
        var approached = planned.Side == Side.Sell ? price : -price;
        return planned.Kind != OrderKind.Limit ? (2, -approached) : (IsReached(lane, slot, price, GivesUpAt(group, price)) ? 1 : 3, approached);
    }

    private static bool IsReached(BotLane lane, int slot, decimal price, decimal until)
    {
        var market = lane.Market;
        if (!market.HasQuote)
        {
            return false;
        }

        var rests = lane.Slot(slot) is { Order: { IsConditional: false } };
        return lane.Plan.Order(slot).Side == Side.Sell
            ? market.Ask >= price || (rests && market.Bid > until)
            : market.Bid <= price || (rests && market.Ask < until);
    }

    /// <summary>Where a limit that has been reached makes room for the nearest stop again; its own price where there is no stop.</summary>
    private static decimal GivesUpAt(ExitGroup group, decimal price) => price + (((group.NearestStop(price) ?? price) - price) * GiveUp);
}
