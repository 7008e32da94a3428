using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Reconciliation;
using Trellis.Core.Trading.Venues;

namespace Trellis.Core.Trading.Orders;

/// <summary>Takes an order in our form that no journal knows back, because a person says so: with what it has filled.</summary>
internal sealed class Adoption(LoopState state, OrderReports reports, FillIntake fills, ForeignOrders foreign)
{
    /// <summary>How far back its fills are looked for, milliseconds: 7 days, as far as exchanges list them in one go.</summary>
    private const long Past = 7L * 86_400_000;

    private readonly SortedDictionary<string, string> asked = new(StringComparer.Ordinal);

    public void Take(OrderAdopted adopted)
    {
        if (Problem(adopted.ClientOrderId, out var id) is { } problem)
        {
            state.Outbox.Alert(AlertLevel.Warning, "adopt-refused", -1, $"order {adopted.ClientOrderId} can't be adopted: {problem}");
            return;
        }

        if (foreign.Find(adopted.ClientOrderId) is { } open)
        {
            Adopt(id, open, adopted.By);
            return;
        }

        asked[adopted.ClientOrderId] = adopted.By;
        Ask(id, adopted.ClientOrderId, isConditional: false);
    }

    /// <returns>Whether the answer was to a question of ours.</returns>
    public bool Queried(OrderQueried queried)
    {
        if (!asked.TryGetValue(queried.ClientOrderId, out var by) || !ClientOrderId.TryParse(queried.ClientOrderId, out var id))
        {
            return false;
        }

        asked.Remove(queried.ClientOrderId);
        if (queried is { Kind: AnswerKind.Accepted, Order: { } found })
        {
            Adopt(id, found, by);
        }
        else
        {
            state.Outbox.Alert(AlertLevel.Warning, "adopt-refused", id.Bot, $"order {queried.ClientOrderId} can't be adopted: {(queried.Kind == AnswerKind.Refused ? "the exchange does not know it" : "the exchange did not answer; try again")}");
        }

        return true;
    }

    private string? Problem(string text, out ClientOrderId id)
    {
        if (!ClientOrderId.TryParse(text, out id) || id.Installation != state.Settings.Installation)
        {
            return $"it is not in the form of installation {state.Settings.Installation}";
        }

        return state.Orders.Find(text) is not null ? "it is ours already"
            : id.Bot >= state.Bots.Length || id.Lane >= state.Bots[id.Bot].Lanes.Length ? "its bot or market is not configured any more"
            : null;
    }

    private void Ask(ClientOrderId id, string text, bool isConditional) =>
        state.Outbox.Add(new QueryOrder(state.Bots[id.Bot].Lanes[id.Lane].Market.Index, text, "", isConditional, state.Now));

    private void Adopt(ClientOrderId id, VenueOrder told, string by)
    {
        var bot = state.Bots[id.Bot];
        var lane = bot.Lanes[id.Lane];
        foreign.Forget(told);
        var order = new TrackedOrder
        {
            Intent = new OrderIntent
            {
                Market = lane.Market.Index,
                Bot = id.Bot,
                ClientOrderId = told.ClientOrderId,
                Side = told.Side,
                PositionSide = told.PositionSide,
                Kind = KindOf(told),
                Price = told.TriggerPrice > 0 ? 0m : told.Price,
                TriggerPrice = told.TriggerPrice,
                Quantity = told.Quantity,
                ReduceOnly = told.ReduceOnly,
                ClosePosition = told.Quantity == 0,
            },
            Lane = id.Lane,
            Siblings = lane.Live,
            Revision = id.Revision,
            Slot = id.Slot < lane.SlotCount ? id.Slot : -1,
            Cycle = id.Cycle,
            CreatedAt = state.Now,
            FillsSince = state.Now - Past,
            IsAdopted = true,
            KnownAt = state.Now,
            IsMissed = true,
        };
        state.Orders.Add(order);
        if (order.Slot >= 0 && id.Revision == bot.Revision && lane.EnsureSlot(order.Slot) is { Order: null } holder)
        {
            holder.Order = order;
            holder.Attempts = Math.Max(holder.Attempts, id.Attempt + 1);
        }

        state.Outbox.Alert(AlertLevel.Information, "order-adopted", id.Bot, $"order {told.ClientOrderId} was adopted by {by}");
        state.Orders.Learn(order, told.VenueOrderId);
        fills.Reclaim(order);
        reports.Take(order, told);
        state.Dirty();
        state.WantReconcile($"order {told.ClientOrderId} was adopted");
    }

    /// <summary>Which way a trigger looks follows from what it is for: a stop of a long position sells below the market, and the reverse.</summary>
    private OrderKind KindOf(VenueOrder told)
    {
        if (told.TriggerPrice == 0)
        {
            return told.Price == 0 ? OrderKind.Market : OrderKind.Limit;
        }

        return state.Market(told.Instrument) is { HasPrice: true } market && told.TriggerPrice < market.Price ? OrderKind.TriggerAtOrBelow : OrderKind.TriggerAtOrAbove;
    }
}
