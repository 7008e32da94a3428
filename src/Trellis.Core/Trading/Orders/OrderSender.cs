using Trellis.Core.Orders;
using Trellis.Core.Trading.Bots;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Planning;

namespace Trellis.Core.Trading.Orders;

/// <summary>Sends orders, cancels and questions, and notes that they are under way.</summary>
internal sealed class OrderSender(LoopState state, OrderEnd end)
{
    /// <summary>Longest wait for the answer to an order; then its fate is unknown.</summary>
    private const long AnswerLimit = 60_000;

    /// <summary>
    /// What is added to the receive window: the exchange's own time from taking an order to showing it, and what clocks drift between two looks at its clock. An
    /// order's timestamp adds nothing, since adapters stamp with the earliest time that the exchange's clock can show.
    /// </summary>
    private const long ArrivalMargin = 1_000;

    /// <summary>How much older than the order its fills can look, on clocks that differ.</summary>
    private const long FillMargin = 2_000;

    public void Place(BotRun bot, BotLane lane, int slot, LaneSlot holder, in WantedOrder wanted)
    {
        var id = FreeId(bot, lane, slot, holder);
        var isTrigger = wanted.Kind is OrderKind.TriggerAtOrBelow or OrderKind.TriggerAtOrAbove;
        var order = new TrackedOrder
        {
            Intent = new OrderIntent
            {
                Market = lane.Market.Index,
                Bot = bot.Index,
                ClientOrderId = id,
                Side = wanted.Side,
                PositionSide = wanted.PositionSide,
                Kind = wanted.Kind,
                Price = wanted.Kind == OrderKind.Limit ? wanted.Price : 0m,
                TriggerPrice = isTrigger ? wanted.Price : 0m,
                Quantity = wanted.ClosePosition ? 0m : wanted.Quantity,
                PostOnly = wanted.PostOnly,
                ReduceOnly = wanted.ReduceOnly,
                ClosePosition = wanted.ClosePosition,
            },
            Lane = lane.Index,
            Siblings = lane.Live,
            Revision = bot.Revision,
            Slot = slot,
            Cycle = holder.Cycle,
            CreatedAt = state.Now,
            FillsSince = state.Now - FillMargin,
            UpdatedAt = state.Now,
        };
        state.Permission.Use();
        holder.Order = order;
        holder.Held = "";
        state.Orders.Add(order);
        state.Pace.Left();
        state.Outbox.Changed(order);
        state.Outbox.Add(new PlaceOrder(order.Intent));
    }

    public void Cancel(TrackedOrder order, string why)
    {
        if (!order.Rests)
        {
            return;
        }

        if (state.Now < order.CancelNotBefore)
        {
            state.Outbox.WakeBy(order.CancelNotBefore);
            return;
        }

        order.State = OrderState.Canceling;
        order.CancelAsked = true;
        order.CancelUnderWay = true;
        order.Reason = why;
        state.Outbox.Changed(order);
        state.Outbox.Add(new CancelOrder(order.Market, order.ClientOrderId, order.VenueOrderId, order.IsConditional));
    }

    /// <summary>Its fate is not known: it is found out, never sent again.</summary>
    /// <param name="sentBefore">It was sent before this time, Unix milliseconds.</param>
    public void BecomeUnknown(TrackedOrder order, string why, long sentBefore)
    {
        order.State = OrderState.Unknown;
        order.Reason = why;
        order.MayArriveUntil = Math.Max(order.MayArriveUntil, sentBefore + state.Settings.ReceiveWindow + ArrivalMargin);
        state.RiskIsDirty = true;
        state.Outbox.Changed(order);
    }

    public void Query(TrackedOrder order, long notBefore)
    {
        if (!order.QueryUnderWay)
        {
            order.QueryUnderWay = true;
            order.Queries++;
            state.Outbox.Add(new QueryOrder(order.Market, order.ClientOrderId, order.VenueOrderId, order.IsConditional, notBefore));
        }
    }

    /// <summary>The next one that no order has: an adopted order may have come from a plan that got further than this one.</summary>
    private string FreeId(BotRun bot, BotLane lane, int slot, LaneSlot holder)
    {
        while (true)
        {
            var id = new ClientOrderId(state.Settings.Installation, bot.Index, lane.Index, bot.Revision, slot, holder.Cycle, holder.Attempts++).ToString();
            if (state.Orders.Find(id) is null)
            {
                return id;
            }
        }
    }

    /// <summary>An order that holds no slot is wanted by nobody: it came back, or was adopted where another one stands.</summary>
    public void CancelStrays()
    {
        foreach (var order in state.Orders.Live)
        {
            if (order.Rests && end.HolderOf(order) is null)
            {
                Cancel(order, "it holds no slot");
            }
        }
    }

    /// <summary>The process begins: no answer to what was under way will come any more.</summary>
    /// <param name="aloneSince">Since when nobody else can have sent anything, Unix milliseconds.</param>
    public void ForgetAnswers(long aloneSince)
    {
        foreach (var order in state.Orders.Live)
        {
            order.QueryUnderWay = false;
            order.CancelUnderWay = false;
            if (order.State is OrderState.Submitting or OrderState.Unknown)
            {
                // What is as young as this process may have been sent by it, until now.
                BecomeUnknown(order, "the process began and its outcome was not written down", order.CreatedAt < aloneSince ? aloneSince : state.Now);
            }
            else if (order.State == OrderState.Canceling)
            {
                order.State = order.Live == OrderState.Submitting ? OrderState.Open : order.Live;
                order.CancelNotBefore = 0;
                state.Outbox.Changed(order);
            }
        }
    }

    /// <summary>Orders that have waited too long for an answer; called before everything that depends on it.</summary>
    public void Watch()
    {
        var underWay = 0;
        foreach (var order in state.Orders.Live)
        {
            var limit = order.UpdatedAt + AnswerLimit;
            if (order.State == OrderState.Submitting)
            {
                if (state.Now < limit)
                {
                    underWay++;
                    state.Outbox.WakeBy(limit);
                    continue;
                }

                BecomeUnknown(order, "no answer came", state.Now);
                Query(order, order.MayArriveUntil);
            }
        }

        state.Pace.Count(underWay);
    }
}
