using Trellis.Core.Orders;
using Trellis.Core.Risk;
using Trellis.Core.Trading.Bots;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Orders;
using Trellis.Core.Trading.Quotes;
using Trellis.Core.Trading.Reconciliation;

namespace Trellis.Core.Trading.Planning;

/// <summary>
/// Cuts the plans to the limits before their difference is taken: what lies furthest from the last close goes first, so that at most a close reorders
/// what has room. Judged at entry prices, with everything that is out, or may be, at its worst case. Orders that can only close count for their number alone.
/// </summary>
/// <remarks>
/// Two sums are kept. What is <em>wanted</em> leaves out orders that are being cancelled: it decides which orders have room. What is <em>out</em>
/// counts them until they are final: it decides when a new order may leave. An order on its way out so never drives out one that stays, and a new order
/// that takes the room of one that rests waits until that one is gone: until then both may fill.
/// </remarks>
internal sealed class RiskTrim(LoopState state, Gate gate, Wishes wishes, ForeignOrders foreign)
{
    private readonly List<Candidate> candidates = [];
    private readonly int[] wantedCounts = new int[state.Markets.Count];
    private readonly int[] outCounts = new int[state.Markets.Count];

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

        var wanted = MakeBudget();
        var isOut = wanted.Copy();
        Array.Clear(wantedCounts);
        Array.Clear(outCounts);
        candidates.Clear();
        foreach (var bot in state.Bots)
        {
            foreach (var lane in bot.Lanes)
            {
                Collect(bot, lane, isOut);
            }
        }

        CountOrders(wanted, isOut);
        candidates.Sort(static (a, b) => (a.Rank, a.Distance, a.Bot, a.LaneIndex, a.Slot).CompareTo((b.Rank, b.Distance, b.Bot, b.LaneIndex, b.Slot)));
        var trimmed = 0;
        foreach (var candidate in candidates)
        {
            trimmed += Judge(wanted, isOut, candidate) ? 0 : 1;
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

    /// <summary>A budget with all positions and what is foreign in it.</summary>
    private ExposureBudget MakeBudget()
    {
        var budget = new ExposureBudget(state.Markets.Count, state.Settings.Limits.MaxPosition, state.Settings.Limits.MaxTotalExposure, state.Settings.HedgeMode);
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

        return budget;
    }

    private void Collect(BotRun bot, BotLane lane, ExposureBudget isOut)
    {
        for (var slot = 0; slot < lane.SlotCount; slot++)
        {
            if (!lane.Plan.IsPlanned(slot))
            {
                continue;
            }

            var holder = lane.EnsureSlot(slot);
            var isNew = lane.Plan.Cycle(slot) != holder.Cycle;
            var wanted = wishes.Of(lane, slot, isNew ? 0m : holder.Filled, !isNew && holder.AtMarket);
            if (holder.Order is not { Rests: true } && (wanted.Quantity <= 0 || gate.For(bot, wanted.Reduces, out _) == Passage.Gone))
            {
                continue;
            }

            var market = lane.Market;
            var price = wanted.Price == 0 ? market.Price : wanted.Price;
            var notional = wanted.Reduces ? 0m : market.Notional(price, wanted.Quantity);
            if (holder.Order is { Reduces: false, Rests: true } resting)
            {
                notional = Math.Max(notional, Notional(resting, market));
            }

            var last = market.Candles.Count > 0 ? market.Units.ToPrice(market.Candles.LastClose) : market.Price;
            var distance = last == 0 || wanted.Price == 0 ? 0m : Math.Abs(price - last) / last;
            var rank = wanted.Kind is OrderKind.TriggerAtOrBelow or OrderKind.TriggerAtOrAbove ? 0 : wanted.Reduces ? 1 : 2;
            candidates.Add(new Candidate(rank, distance, bot.Index, lane.Index, slot, lane, holder, wanted.Side.Sign(), notional));
            if (holder.Order is { Rests: true })
            {
                outCounts[market.Index]++;
                isOut.AddOrder(market.Index, wanted.Side.Sign(), notional);
            }
        }
    }

    /// <summary>Orders that are no question any more: on their way, of unknown fate, or on their way out.</summary>
    private void CountOrders(ExposureBudget wanted, ExposureBudget isOut)
    {
        foreach (var order in state.Orders.Live)
        {
            var lane = state.LaneOf(order);
            var notional = order.Reduces ? 0m : Notional(order, lane.Market);
            var stays = order.State is OrderState.Submitting or OrderState.Unknown;
            var isJudged = order.Rests && order.Slot >= 0 && order.Slot < lane.SlotCount && lane.Plan.IsPlanned(order.Slot) && ReferenceEquals(lane.Slot(order.Slot)?.Order, order);
            if (isJudged)
            {
                continue;
            }

            outCounts[order.Market]++;
            isOut.AddOrder(order.Market, order.Intent.Side.Sign(), notional);
            if (stays)
            {
                wantedCounts[order.Market]++;
                wanted.AddOrder(order.Market, order.Intent.Side.Sign(), notional);
            }
        }
    }

    private bool Judge(ExposureBudget wanted, ExposureBudget isOut, in Candidate candidate)
    {
        var market = candidate.Lane.Market.Index;
        var most = state.Settings.Limits.MaxOrdersPerInstrument ?? int.MaxValue;
        var order = candidate.Holder.Order;
        var fits = true;
        if (order is not { State: OrderState.Submitting or OrderState.Unknown })
        {
            fits = wantedCounts[market] < most && wanted.TryAddOrder(market, candidate.Direction, candidate.Notional);
            wantedCounts[market] += fits ? 1 : 0;
            if (order is null && fits)
            {
                fits = outCounts[market] < most && isOut.TryAddOrder(market, candidate.Direction, candidate.Notional);
                outCounts[market] += fits ? 1 : 0;
            }
        }

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

    /// <param name="Rank">What protects, what closes, what opens.</param>
    /// <param name="Distance">From the last close, as a share of it.</param>
    private readonly record struct Candidate(int Rank, decimal Distance, int Bot, int LaneIndex, int Slot, BotLane Lane, LaneSlot Holder, int Direction, decimal Notional);
}
