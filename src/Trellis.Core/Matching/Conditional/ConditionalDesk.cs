using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Matching.Trading;

namespace Trellis.Core.Matching.Conditional;

/// <summary>
/// Orders that wait for a price. When it comes, the order is placed under the same client order id with all checks of that instant, that
/// no open order has this id among them; a refusal ends the conditional order as rejected. Close-position orders expire when the position that they would close is gone; they may be set before there is one.
/// </summary>
internal sealed class ConditionalDesk(Floor floor, ConditionalRegister register, OrderDesk orders)
{
    private static readonly TriggerSource[] Sources = [TriggerSource.LastPrice, TriggerSource.MarkPrice];

    public Outcome<ConditionalOrder> Place(MarginAccount account, OrderRequest request)
    {
        if (OrderDesk.CheckForm(floor, account, request, out var market, out _, out _) is { } refusal)
        {
            return refusal;
        }

        var trigger = request.Trigger!.Value;
        if (OrderFilters.CheckTick(market, trigger.Price, out var price) is { } badTrigger)
        {
            return badTrigger;
        }

        if (OrderDesk.CheckDate(floor, request, market.Definition.MinOrderLife) is { } tooEarly)
        {
            return tooEarly;
        }

        if (request.ClientOrderId.Length > 0 && account.WaitingByClientId.ContainsKey(request.ClientOrderId))
        {
            return new Refusal(RefusalReason.DuplicateClientOrderId, $"a waiting conditional order has the client order id {request.ClientOrderId}");
        }

        var most = market.Definition.MaxConditionalOrders;
        if (account.On(market).WaitingConditionals >= most)
        {
            return new Refusal(RefusalReason.TooManyConditionalOrders, $"{most} conditional orders wait on {market.Definition.Instrument.Id}, the most there may be");
        }

        var rises = LiveConditional.WaitsForRise(request.Side, trigger.Kind);
        var now = trigger.Source == TriggerSource.MarkPrice ? market.MarkPrice : market.LastPrice;
        if (rises ? now >= price : now <= price)
        {
            return new Refusal(
                RefusalReason.WouldTriggerAtOnce,
                $"the price is {market.Units.ToPrice(now)}; a {request.Side} {trigger.Kind} must have its trigger {(rises ? "above" : "below")} it, not at {trigger.Price}");
        }

        var id = ++floor.Sequences.Conditional;
        var conditional = LiveConditional.Of(account, market, new ConditionalOrder
        {
            Id = id,
            Account = account.Id,
            Request = Named(account, request, id),
            CreatedAt = floor.Time,
            UpdatedAt = floor.Time,
        });
        register.Add(conditional);
        return conditional.Order;
    }

    public Outcome<ConditionalOrder> Cancel(MarginAccount account, long id, string clientOrderId)
    {
        if (register.Find(account, id, clientOrderId) is not { Order.Status: ConditionalStatus.Waiting } conditional)
        {
            return new Refusal(RefusalReason.UnknownOrder, id != 0 ? $"no waiting conditional order {id}" : $"no waiting conditional order with the client order id {clientOrderId}");
        }

        register.End(conditional, ConditionalStatus.Canceled);
        return conditional.Order;
    }

    public void CancelAll(MarginAccount account, Market? market, ConditionalStatus status = ConditionalStatus.Canceled)
    {
        foreach (var conditional in ConditionalRegister.Waiting(account, market))
        {
            register.End(conditional, status);
        }
    }

    /// <summary>
    /// Triggers the next order that last or mark price has reached since this was asked last; false where there is none. Last before mark,
    /// rises before falls, nearest price first, then lowest id.
    /// </summary>
    public bool TriggerNext(Market market)
    {
        if (market.Triggers.Count > 0)
        {
            foreach (var source in Sources)
            {
                var (highest, lowest) = source == TriggerSource.LastPrice ? (market.HighestLast, market.LowestLast) : (market.MarkPrice, market.MarkPrice);
                if ((market.Triggers.NextAtOrBelow(source, highest) ?? market.Triggers.NextAtOrAbove(source, lowest)) is { } next)
                {
                    Trigger(next);
                    return true;
                }
            }
        }

        market.ForgetPath();
        return false;
    }

    /// <summary>Places the order of a conditional one whose price has come.</summary>
    /// <returns>Null where it was refused.</returns>
    public Order? Trigger(LiveConditional conditional)
    {
        register.Trigger(conditional);
        var account = conditional.Account;
        var request = conditional.Order.Request with { Trigger = null };
        var outcome = orders.Place(account, request, conditional.Id, id => register.Link(conditional, id));
        if (!outcome.Succeeded(out var order, out var refusal))
        {
            register.End(conditional, ConditionalStatus.Rejected, refusal);
            return null;
        }

        return order;
    }

    private static OrderRequest Named(MarginAccount account, OrderRequest request, long id)
    {
        var clientOrderId = request.ClientOrderId;
        for (var i = 0; clientOrderId.Length == 0 || (request.ClientOrderId.Length == 0 && account.WaitingByClientId.ContainsKey(clientOrderId)); i++)
        {
            clientOrderId = i == 0 ? $"conditional-{id}" : $"conditional-{id}-{i}";
        }

        return clientOrderId == request.ClientOrderId ? request : request with { ClientOrderId = clientOrderId };
    }
}
