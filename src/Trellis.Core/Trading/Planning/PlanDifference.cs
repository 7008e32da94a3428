using Trellis.Core.Orders;
using Trellis.Core.Risk;
using Trellis.Core.Trading.Bots;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Orders;

namespace Trellis.Core.Trading.Planning;

/// <summary>
/// Sends the difference between a plan and the orders that hold its slots. An order that is equal but for what it has filled stays; another one is
/// cancelled first, and its slot is taken again only once it is final with every fill booked.
/// </summary>
internal sealed class PlanDifference(LoopState state, Gate gate, Wishes wishes, OrderSender sender)
{
    private readonly PriceCollar? collar = state.Settings.Limits.PriceCollarPercent is { } percent ? new PriceCollar(percent) : null;

    public void Run(BotRun bot, BotLane lane)
    {
        lane.IsDirty = false;
        lane.Triggers.Clear();
        wishes.Begin();
        for (var slot = 0; slot < lane.SlotCount; slot++)
        {
            var holder = lane.Slot(slot);
            if (lane.Plan.IsPlanned(slot))
            {
                Look(bot, lane, slot, holder ?? lane.EnsureSlot(slot));
            }
            else if (holder is not null)
            {
                holder.Held = "";
                if (holder.Order is { } order && !(state.IsStopping && !state.CancelsOnStop))
                {
                    sender.Cancel(order, "no longer planned");
                }
            }
        }
    }

    private void Look(BotRun bot, BotLane lane, int slot, LaneSlot holder)
    {
        var cycle = lane.Plan.Cycle(slot);
        var isNew = cycle != holder.Cycle;
        var wanted = wishes.Of(lane, slot, isNew ? 0m : holder.Filled, !isNew && holder.AtMarket);
        if (wanted.Reduces && wishes.IsShared(lane, wanted.PositionSide, -wanted.Side.Sign()))
        {
            wishes.Watch(lane, slot);
        }

        var passage = gate.For(bot, wanted.Reduces, out var why);
        if (holder.Order is { } order)
        {
            holder.Held = "";
            var isSame = IsSame(lane, order, wanted, isNew);
            if (isSame && isNew)
            {
                // The plan states what is left of the order that rests: it stands for the new statement from now on.
                holder.Enter(cycle);
                order.Cycle = cycle;
            }

            if (passage == Passage.Gone || (passage != Passage.Frozen && (!isSame || holder.IsTrimmed)))
            {
                sender.Cancel(order, passage == Passage.Gone ? why : isSame ? "limits" : "replaced");
            }

            return;
        }

        if (isNew)
        {
            holder.Enter(cycle);
        }

        holder.Held = passage == Passage.Open ? Obstacle(lane, slot, holder, wanted) : why;
        if (holder.Held.Length == 0)
        {
            sender.Place(bot, lane, slot, holder, wanted);
        }
    }

    private bool IsSame(BotLane lane, TrackedOrder order, in WantedOrder wanted, bool isNew)
    {
        var intent = order.Intent;
        if (intent.Side != wanted.Side || intent.PositionSide != wanted.PositionSide || intent.Kind != wanted.Kind || order.Price != wanted.Price ||
            intent.PostOnly != wanted.PostOnly || intent.ReduceOnly != wanted.ReduceOnly || intent.ClosePosition != wanted.ClosePosition)
        {
            return false;
        }

        if (wanted.ClosePosition || order.Remaining == wanted.Quantity)
        {
            return true;
        }

        // An order that closes is as large as what there is to close; too large does no harm where the position is the bot's alone.
        return !isNew && (!wanted.Reduces || (order.Remaining > wanted.Quantity && !wishes.IsShared(lane, wanted.PositionSide, -wanted.Side.Sign())));
    }

    /// <summary>Why an order has to wait, and what it waits for; empty where it may leave.</summary>
    private string Obstacle(BotLane lane, int slot, LaneSlot holder, in WantedOrder wanted)
    {
        var market = lane.Market;
        if (wanted.Quantity <= 0)
        {
            return !wanted.Reduces ? "nothing left" : wishes.Reducible(lane, wanted.PositionSide, -wanted.Side.Sign()) > 0 ? "another order closes it" : "nothing to close";
        }

        if (holder.IsTrimmed)
        {
            return "limits";
        }

        if (state.Now < holder.NotBefore)
        {
            state.Outbox.WakeBy(holder.NotBefore);
            return "pausing after a refusal";
        }

        if (!wanted.Reduces && market.HasPrice && !market.Minimums.Accept(market.Units.FromQuantity(wanted.Quantity), market.Units.NearestPrice(wanted.Price == 0 ? market.Price : wanted.Price)))
        {
            state.Outbox.AlertOnce(
                $"below-minimum {lane.Bot} {lane.Index} {slot}", AlertLevel.Warning, "below-minimum", lane.Bot, $"{market.Instrument.Id}: {wanted.Quantity} is less than the exchange takes as an order; it waits");
            return "below the exchange's minimum";
        }

        if (wanted.Kind == OrderKind.Limit && OutOfPlace(lane, wanted) is { } place)
        {
            return place;
        }

        return !wanted.Reduces || wanted.PostOnly ? state.Pace.Obstacle(lane)
            : wanted.Kind == OrderKind.Market && IsClosingAlready(lane, slot, wanted) ? "another order that closes has to end first" : "";
    }

    private string? OutOfPlace(BotLane lane, in WantedOrder wanted)
    {
        var market = lane.Market;
        if (!market.HasQuote && (wanted.PostOnly || collar is not null))
        {
            lane.Triggers.WhenQuoted();
            return "no quote yet";
        }

        var tick = market.Rules.TickSize;
        if (wanted is { PostOnly: true, Side: Side.Buy } && market.Ask - wanted.Price < tick)
        {
            lane.Triggers.WhenAskAtOrAbove(wanted.Price + tick);
            return "post-only, and beyond the quote";
        }

        if (wanted is { PostOnly: true, Side: Side.Sell } && wanted.Price - market.Bid < tick)
        {
            lane.Triggers.WhenBidAtOrBelow(wanted.Price - tick);
            return "post-only, and beyond the quote";
        }

        if (collar is null || collar.Holds(wanted.Price, market.Price))
        {
            return null;
        }

        var release = collar.Release(wanted.Price, market.Price);
        if (wanted.Price < market.Price)
        {
            lane.Triggers.WhenMiddleAtOrBelow(release);
        }
        else
        {
            lane.Triggers.WhenMiddleAtOrAbove(release);
        }

        return "further from the price than the collar allows";
    }

    /// <summary>Whether orders that are on their way out, or may fill at any moment, could close what this one would close again.</summary>
    private static bool IsClosingAlready(BotLane lane, int slot, in WantedOrder wanted)
    {
        for (var other = 0; other < lane.SlotCount; other++)
        {
            if (other != slot && lane.Slot(other)?.Order is { } order && order.Reduces && order.Intent.Side == wanted.Side && order.Intent.PositionSide == wanted.PositionSide && !lane.Plan.IsPlanned(other))
            {
                return true;
            }
        }

        return false;
    }
}
