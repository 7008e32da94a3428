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
internal sealed class ExitShares(LoopState state)
{
    private const decimal GiveUp = 0.25m;

    /// <summary>The part of what is held that an order that closes may have now.</summary>
    /// <param name="lane">Whose plan it is.</param>
    /// <param name="slot">Planned, and an order that closes.</param>
    /// <param name="held">What the bot may close on the order's side.</param>
    public decimal Of(BotLane lane, int slot, decimal held)
    {
        ref readonly var planned = ref lane.Plan.Order(slot);
        var own = lane.Slot(slot)?.Order;
        var free = held;
        foreach (var order in state.Orders.Live)
        {
            if (order.Bot == lane.Bot && order.Lane == lane.Index && order.Reduces && IsBeside(order.Intent.Side, order.Intent.PositionSide, planned) && !ReferenceEquals(order, own))
            {
                free -= order.Intent.ClosePosition ? held : order.HasEnded ? order.Reported - order.Booked : order.Remaining;
            }
        }

        var share = ShareOf(lane, slot, held);

        // What is out already may stay: others that are too much make room for it.
        return Math.Max(0m, Math.Min(share, Math.Max(free, own is { Rests: true, Intent.ClosePosition: false } ? own.Remaining : 0m)));
    }

    /// <summary>Notes which quote makes an order come before others, or after them.</summary>
    public static void Watch(BotLane lane, int slot)
    {
        ref readonly var planned = ref lane.Plan.Order(slot);
        if (planned.Kind != OrderKind.Limit)
        {
            return;
        }

        var price = PriceOf(lane, slot);
        var until = GivesUpAt(lane, slot, price);
        var triggers = lane.Triggers;
        if (planned.Side == Side.Sell)
        {
            if (IsReached(lane, slot, price))
            {
                triggers.WhenBidAtOrBelow(until);
            }
            else
            {
                triggers.WhenAskAtOrAbove(price);
            }
        }
        else if (IsReached(lane, slot, price))
        {
            triggers.WhenAskAtOrAbove(until);
        }
        else
        {
            triggers.WhenBidAtOrBelow(price);
        }
    }

    private static decimal ShareOf(BotLane lane, int slot, decimal held)
    {
        var all = 0m;
        for (var other = 0; other < lane.SlotCount && all <= held; other++)
        {
            all += IsExitBeside(lane, other, slot) ? Wanted(lane, other, held) : 0m;
        }

        // Mostly there is enough for all, and nobody has to come first.
        if (all <= held)
        {
            return held;
        }

        var share = held;
        var rank = RankOf(lane, slot);
        for (var other = 0; other < lane.SlotCount && share > 0; other++)
        {
            if (other != slot && IsExitBeside(lane, other, slot) && (RankOf(lane, other), other).CompareTo((rank, slot)) < 0)
            {
                share -= Wanted(lane, other, held);
            }
        }

        return share;
    }

    private static bool IsExitBeside(BotLane lane, int other, int slot) =>
        IsExit(lane, other) && IsBeside(lane.Plan.Order(other).Side, lane.Plan.Order(other).PositionSide, lane.Plan.Order(slot));

    private static bool IsExit(BotLane lane, int slot) => lane.Plan.IsPlanned(slot) && Wishes.Closes(lane.Plan.Order(slot));

    private static bool IsBeside(Side side, PositionSide position, in PlannedOrder planned) => side == planned.Side && position == planned.PositionSide;

    private static decimal Wanted(BotLane lane, int slot, decimal held)
    {
        ref readonly var planned = ref lane.Plan.Order(slot);
        var filled = lane.Slot(slot) is { } holder && holder.Cycle == lane.Plan.Cycle(slot) ? holder.Filled : 0m;
        return planned.Has(OrderInstructions.ClosePosition) ? held : Math.Clamp(lane.Market.Units.ToQuantity(planned.Quantity) - filled, 0m, held);
    }

    /// <summary>Which comes first: the lowest of (kind, price as it is approached).</summary>
    private static (int Kind, decimal Price) RankOf(BotLane lane, int slot)
    {
        ref readonly var planned = ref lane.Plan.Order(slot);
        if (planned.Kind == OrderKind.Market || (lane.Slot(slot) is { AtMarket: true } holder && holder.Cycle == lane.Plan.Cycle(slot)))
        {
            return (0, 0m);
        }

        var price = PriceOf(lane, slot);
        var approached = planned.Side == Side.Sell ? price : -price;
        return planned.Kind != OrderKind.Limit ? (2, -approached) : (IsReached(lane, slot, price) ? 1 : 3, approached);
    }

    private static bool IsReached(BotLane lane, int slot, decimal price)
    {
        var market = lane.Market;
        if (!market.HasQuote)
        {
            return false;
        }

        var rests = lane.Slot(slot) is { Order: { IsConditional: false } };
        return lane.Plan.Order(slot).Side == Side.Sell
            ? market.Ask >= price || (rests && market.Bid > GivesUpAt(lane, slot, price))
            : market.Bid <= price || (rests && market.Ask < GivesUpAt(lane, slot, price));
    }

    /// <summary>Where a limit that has been reached makes room for the nearest stop again; its own price where there is no stop.</summary>
    private static decimal GivesUpAt(BotLane lane, int slot, decimal price)
    {
        ref readonly var planned = ref lane.Plan.Order(slot);
        decimal? stop = null;
        for (var other = 0; other < lane.SlotCount; other++)
        {
            if (IsExit(lane, other) && lane.Plan.Order(other) is { Kind: OrderKind.TriggerAtOrBelow or OrderKind.TriggerAtOrAbove } order && IsBeside(order.Side, order.PositionSide, planned))
            {
                var trigger = PriceOf(lane, other);
                stop = stop is { } nearest && Math.Abs(nearest - price) <= Math.Abs(trigger - price) ? nearest : trigger;
            }
        }

        return price + (((stop ?? price) - price) * GiveUp);
    }

    private static decimal PriceOf(BotLane lane, int slot) => lane.Market.Units.ToPrice(Wishes.Price(lane, lane.Plan.Order(slot)));
}
