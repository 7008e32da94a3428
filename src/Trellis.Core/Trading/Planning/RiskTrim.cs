using Trellis.Core.Orders;
using Trellis.Core.Risk;
using Trellis.Core.Trading.Bots;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Orders;
using Trellis.Core.Trading.Quotes;
using Trellis.Core.Trading.Reconciliation;

namespace Trellis.Core.Trading.Planning;

/// <summary>
/// Cuts the plans to the limits before their difference is taken: what lies furthest from the price goes first. Judged at entry prices, with
/// everything that is out, or may be, at its worst case. Orders that can only close count for their number alone.
/// </summary>
internal sealed class RiskTrim(LoopState state, Gate gate, Wishes wishes, ForeignOrders foreign)
{
    private readonly List<Candidate> candidates = [];
    private readonly int[] counts = new int[state.Markets.Count];

    private bool HasLimits => state.Settings.Limits is { } limits && (limits.MaxPosition ?? limits.MaxTotalExposure ?? limits.MaxOrdersPerInstrument) is not null;

    public void Run()
    {
        if (!state.RiskIsDirty)
        {
            return;
        }

        state.RiskIsDirty = false;
        if (!HasLimits)
        {
            return;
        }

        var limits = state.Settings.Limits;
        var budget = new ExposureBudget(state.Markets.Count, limits.MaxPosition, limits.MaxTotalExposure, state.Settings.HedgeMode);
        Array.Clear(counts);
        AddWhatIs(budget);
        Collect(budget);
        candidates.Sort(static (a, b) => (a.Rank, a.Distance, a.Bot, a.LaneIndex, a.Slot).CompareTo((b.Rank, b.Distance, b.Bot, b.LaneIndex, b.Slot)));
        var trimmed = 0;
        foreach (var candidate in candidates)
        {
            trimmed += Judge(budget, candidate) ? 0 : 1;
        }

        if (trimmed > 0)
        {
            state.Outbox.AlertOnce("limits", AlertLevel.Warning, "limits", -1, $"{trimmed} planned orders are held back by the limits on exposure and open orders");
        }
        else
        {
            state.Outbox.Settled("limits");
        }
    }

    private void AddWhatIs(ExposureBudget budget)
    {
        foreach (var market in state.Markets)
        {
            foreach (var direction in (ReadOnlySpan<int>)[1, -1])
            {
                foreach (var bot in state.Books.Bots)
                {
                    budget.AddPosition(market.Index, direction, bot.HeldCost(market.Index, direction));
                }

                budget.AddForeign(market.Index, direction, state.Books.Foreign.HeldCost(market.Index, direction));
            }
        }

        foreach (var order in foreign.Open)
        {
            if (state.Market(order.Instrument) is { } market && !order.ReduceOnly)
            {
                budget.AddForeign(market.Index, order.Side.Sign(), market.Notional(order.Price == 0 ? market.Price : order.Price, order.Quantity - order.ExecutedQuantity));
            }
        }
    }

    /// <summary>Planned orders become candidates; orders that are out and that no plan wants any more count as they are.</summary>
    private void Collect(ExposureBudget budget)
    {
        candidates.Clear();
        foreach (var bot in state.Bots)
        {
            foreach (var lane in bot.Lanes)
            {
                for (var slot = 0; slot < lane.SlotCount; slot++)
                {
                    if (lane.Plan.IsPlanned(slot))
                    {
                        Collect(bot, lane, slot);
                    }
                }
            }
        }

        foreach (var order in state.Orders.Live)
        {
            var lane = state.LaneOf(order);
            var isCandidate = order.Slot >= 0 && order.Slot < lane.SlotCount && lane.Plan.IsPlanned(order.Slot) && ReferenceEquals(lane.Slot(order.Slot)?.Order, order);
            if (!isCandidate)
            {
                counts[order.Market]++;
                if (!order.Reduces)
                {
                    budget.AddOrder(order.Market, order.Intent.Side.Sign(), Notional(order, lane.Market));
                }
            }
        }
    }

    private void Collect(BotRun bot, BotLane lane, int slot)
    {
        var holder = lane.EnsureSlot(slot);
        var isNew = lane.Plan.Cycle(slot) != holder.Cycle;
        var wanted = wishes.Of(lane, slot, isNew ? 0m : holder.Filled, !isNew && holder.AtMarket);
        if (holder.Order is null && (wanted.Quantity <= 0 || gate.For(bot, wanted.Reduces, out _) == Passage.Gone))
        {
            return;
        }

        var price = wanted.Price == 0 ? lane.Market.Price : wanted.Price;
        var notional = wanted.Reduces ? 0m : lane.Market.Notional(price, wanted.Quantity);
        var isOut = false;
        if (holder.Order is { } order)
        {
            isOut = !order.Rests;
            notional = order.Reduces ? notional : Math.Max(notional, Notional(order, lane.Market));
        }

        var rank = isOut ? 0 : wanted.Kind is OrderKind.TriggerAtOrBelow or OrderKind.TriggerAtOrAbove ? 1 : wanted.Reduces ? 2 : 3;
        var distance = lane.Market.Price == 0 ? 0m : Math.Abs(price - lane.Market.Price) / lane.Market.Price;
        candidates.Add(new Candidate(rank, distance, bot.Index, lane.Index, slot, lane, holder, wanted.Side.Sign(), notional));
    }

    private bool Judge(ExposureBudget budget, in Candidate candidate)
    {
        var market = candidate.Lane.Market.Index;
        var fits = true;
        if (candidate.Rank == 0)
        {
            budget.AddOrder(market, candidate.Direction, candidate.Notional);
        }
        else
        {
            fits = counts[market] < (state.Settings.Limits.MaxOrdersPerInstrument ?? int.MaxValue) && budget.TryAddOrder(market, candidate.Direction, candidate.Notional);
        }

        counts[market] += fits ? 1 : 0;
        if (candidate.Holder.IsTrimmed == fits)
        {
            candidate.Holder.IsTrimmed = !fits;
            candidate.Lane.IsDirty = true;
        }

        return fits;
    }

    private static decimal Notional(TrackedOrder order, MarketState market)
    {
        var price = order.Intent.Price + order.Intent.TriggerPrice;
        return market.Notional(price == 0 ? market.Price : price, order.Remaining);
    }

    /// <param name="Rank">What is out and can't be called back, then what protects, what closes, what opens.</param>
    /// <param name="Distance">From the price, as a share of it.</param>
    private readonly record struct Candidate(int Rank, decimal Distance, int Bot, int LaneIndex, int Slot, BotLane Lane, LaneSlot Holder, int Direction, decimal Notional);
}
