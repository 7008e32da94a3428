using Trellis.Core.Trading.Bots;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Core.Trading.Orders;

/// <summary>What a definite refusal teaches: when the slot may try again, how, and who has to know.</summary>
internal sealed class Refusals(LoopState state)
{
    /// <summary>A post-only order that would have taken comes back at most this often.</summary>
    public const long RearmEvery = 1_000;

    /// <summary>So many refusals of a protective order, and what it protects is closed at market.</summary>
    private const int MostOfProtection = 3;

    /// <summary>An order that has lived this long was no failure.</summary>
    private const long LongLife = 60_000;

    public void Take(TrackedOrder order, LaneSlot holder, RefusalKind kind, string text)
    {
        holder.Refusals++;
        var instrument = state.Markets[order.Market].Instrument.Id;
        switch (kind)
        {
            case RefusalKind.WouldTake:
                holder.Refusals--;
                holder.NotBefore = state.Now + RearmEvery;
                return;
            case RefusalKind.WouldTriggerAtOnce when order.Reduces:
                holder.AtMarket = true;
                return;
            case RefusalKind.InsufficientMargin:
                Pause(holder, 10_000, 300_000);
                Tell(order, AlertLevel.Warning, "insufficient-margin", $"{instrument}: not enough margin for an order: {text}");
                break;
            case RefusalKind.BreaksRules:
                Pause(holder, 60_000, 600_000);
                Tell(order, AlertLevel.Error, "rules-refused", $"{instrument}: an order breaks a rule of the exchange, whose rules have to be read again: {text}");
                break;
            case RefusalKind.NothingToReduce:
                Pause(holder, 5_000, 60_000);
                state.WantReconcile("the exchange has no position to reduce where we count one");
                break;
            case RefusalKind.NotAllowed:
                state.Permission.Forbid(text);
                break;
            default:
                Pause(holder, 1_000, 60_000);
                if (kind != RefusalKind.RateLimited)
                {
                    Tell(order, AlertLevel.Warning, "order-refused", $"{instrument}: an order was refused: {text}");
                }

                break;
        }

        if (order.IsConditional && order.Reduces && holder.Refusals >= MostOfProtection && kind != RefusalKind.NotAllowed)
        {
            holder.AtMarket = true;
            holder.NotBefore = 0;
            state.Outbox.Alert(AlertLevel.Error, "protection-refused", order.Bot, $"{instrument}: a protective order was refused {holder.Refusals} times ({text}); what it protects is closed at market");
        }
    }

    /// <summary>The exchange ended an order that we wanted.</summary>
    public void EndedByItself(TrackedOrder order, LaneSlot holder)
    {
        if (order.Intent.PostOnly && order.Booked == 0 && order.State is (OrderState.Expired or OrderState.Rejected))
        {
            holder.NotBefore = state.Now + RearmEvery;
            return;
        }

        holder.Refusals = state.Now - order.CreatedAt >= LongLife ? 1 : holder.Refusals + 1;
        Pause(holder, 1_000, 60_000);
        Tell(order, AlertLevel.Warning, "order-ended", $"{state.Markets[order.Market].Instrument.Id}: order {order.ClientOrderId} ended without us: {order.State} {order.Reason}".TrimEnd());
    }

    /// <param name="since">From when the pause counts, Unix milliseconds: what was found out late was waited for already.</param>
    public void NotSent(LaneSlot holder, long since)
    {
        holder.Refusals++;
        Pause(holder, 1_000, 30_000, since);
    }

    private void Pause(LaneSlot holder, long first, long most) => Pause(holder, first, most, state.Now);

    private void Pause(LaneSlot holder, long first, long most, long since) =>
        holder.NotBefore = Math.Max(state.Now, since + Math.Min(most, first << Math.Min(20, Math.Max(0, holder.Refusals - 1))));

    private void Tell(TrackedOrder order, AlertLevel level, string code, string text) =>
        state.Outbox.AlertOnce($"{code} {order.Bot} {order.Lane} {order.Slot} {order.Cycle}", level, code, order.Bot, text);
}
