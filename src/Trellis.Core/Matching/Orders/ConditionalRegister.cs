using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Trading;

namespace Trellis.Core.Matching.Orders;

/// <summary>Conditional orders that wait, and those whose order is open; where they come into being and end.</summary>
internal sealed class ConditionalRegister(Floor floor, Deadlines deadlines)
{
    private readonly SortedDictionary<long, LiveConditional> live = [];

    public IEnumerable<LiveConditional> Live => live.Values;

    public void Add(LiveConditional conditional)
    {
        Restore(conditional);
        floor.Tell(new ConditionalChanged(floor.Time, conditional.Order));
    }

    /// <summary>Takes a conditional order in without telling it.</summary>
    public void Restore(LiveConditional conditional)
    {
        live.Add(conditional.Id, conditional);
        if (conditional.Order.Status != ConditionalStatus.Waiting)
        {
            return;
        }

        var holding = conditional.Account.On(conditional.Market);
        conditional.Market.Triggers.Add(conditional);
        conditional.Account.WaitingByClientId.Add(conditional.Order.Request.ClientOrderId, conditional);
        holding.WaitingConditionals++;
        if (conditional.Order.Request.ClosePosition)
        {
            holding.ClosingConditionals.Add(conditional.Id);
        }

        if (HasDate(conditional))
        {
            deadlines.Add(conditional);
        }
    }

    /// <summary>The conditional order that waits, or whose order is open; null for none.</summary>
    public LiveConditional? Find(long id) => live.GetValueOrDefault(id);

    public LiveConditional? Find(MarginAccount account, long id, string clientOrderId) => id != 0
        ? live.TryGetValue(id, out var found) && found.Account == account ? found : null
        : account.WaitingByClientId.GetValueOrDefault(clientOrderId);

    /// <summary>It has triggered; its order is about to be placed.</summary>
    public void Trigger(LiveConditional conditional)
    {
        Leave(conditional);
        Set(conditional, conditional.Order with { Status = ConditionalStatus.Triggered, TriggeredAt = floor.Time });
    }

    public void Link(LiveConditional conditional, long orderId)
    {
        Set(conditional, conditional.Order with { OrderId = orderId });
        floor.Tell(new ConditionalChanged(floor.Time, conditional.Order));
    }

    public void End(LiveConditional conditional, ConditionalStatus status, Refusal? refusal = null)
    {
        if (conditional.Order.Status == ConditionalStatus.Waiting)
        {
            Leave(conditional);
        }

        live.Remove(conditional.Id);
        Set(conditional, conditional.Order with { Status = status, Refusal = refusal });
        conditional.Account.History.Add(conditional.Order);
        floor.Tell(new ConditionalChanged(floor.Time, conditional.Order));
    }

    public void OrderEnded(long conditionalId)
    {
        if (live.TryGetValue(conditionalId, out var conditional))
        {
            End(conditional, ConditionalStatus.Finished);
        }
    }

    /// <summary>Expires the close-position orders of a position that is gone.</summary>
    public void PositionChanged(Holding holding, int slot)
    {
        if (holding.ClosingConditionals.Count == 0)
        {
            return;
        }

        foreach (var id in holding.ClosingConditionals.ToArray())
        {
            var conditional = live[id];
            var request = conditional.Order.Request;
            if (Holding.SlotOf(request.PositionSide) == slot && holding.Closable(slot, request.Side) == 0)
            {
                End(conditional, ConditionalStatus.Expired);
            }
        }
    }

    public static List<LiveConditional> Waiting(MarginAccount account, Market? market) =>
        [.. account.WaitingByClientId.Values.Where(conditional => market is null || conditional.Market == market).OrderBy(conditional => conditional.Id)];

    private void Leave(LiveConditional conditional)
    {
        var holding = conditional.Account.On(conditional.Market);
        conditional.Market.Triggers.Remove(conditional);
        conditional.Account.WaitingByClientId.Remove(conditional.Order.Request.ClientOrderId);
        holding.WaitingConditionals--;
        holding.ClosingConditionals.Remove(conditional.Id);
        if (HasDate(conditional))
        {
            deadlines.Remove(conditional);
        }
    }

    private static bool HasDate(LiveConditional conditional) => conditional.Order.Request.TimeInForce == TimeInForce.GoodTillDate;

    private void Set(LiveConditional conditional, ConditionalOrder order) => conditional.Order = order with { UpdatedAt = floor.Time };
}
