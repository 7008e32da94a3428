using System.Runtime.InteropServices;
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
    private readonly List<TrimCandidate> candidates = [];

    /// <summary>Places of candidates, those that come first before others.</summary>
    private readonly List<int> ranking = [];
    private readonly int[] wantedCounts = new int[state.Markets.Length];
    private readonly int[] outCounts = new int[state.Markets.Length];

    private readonly ExposureBudget wantedBudget = BudgetOf(state.Settings, state.Markets.Length);
    private readonly ExposureBudget held = BudgetOf(state.Settings, state.Markets.Length);
    private readonly ExposureBudget outBudget = BudgetOf(state.Settings, state.Markets.Length);
    private readonly ExposureBudget all = BudgetOf(state.Settings, state.Markets.Length);
    private readonly int[] allCounts = new int[state.Markets.Length];
    private readonly int mostOrders = state.Settings.Limits.MaxOrdersPerInstrument ?? int.MaxValue;
    private long heldVersion = -1;
    private readonly bool hasLimits = (state.Settings.Limits.MaxPosition ?? state.Settings.Limits.MaxTotalExposure ?? state.Settings.Limits.MaxOrdersPerInstrument) is not null;

    public void Run()
    {
        if (!state.RiskIsDirty)
        {
            return;
        }

        state.RiskIsDirty = false;
        if (!hasLimits)
        {
            return;
        }

        var (wanted, isOut) = (wantedBudget, outBudget);
        FillIn(wanted);
        isOut.TakeOver(wanted);
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
        var trimmed = HaveRoom(wanted, isOut) ? 0 : Trim(wanted, isOut);
        if (trimmed > 0)
        {
            state.Outbox.AlertOnce("limits", AlertLevel.Warning, "limits", -1, $"{trimmed} planned orders are held back by the limits on exposure and open orders");
        }
        else
        {
            state.Outbox.Settled("limits");
        }
    }

    private static ExposureBudget BudgetOf(TradingSettings settings, int markets) =>
        new(markets, settings.Limits.MaxPosition, settings.Limits.MaxTotalExposure, settings.HedgeMode);

    /// <summary>All positions and what is foreign, and nothing else.</summary>
    private void FillIn(ExposureBudget budget)
    {
        if (heldVersion != state.Books.Version)
        {
            heldVersion = state.Books.Version;
            Hold();
        }

        budget.TakeOver(held);
        var others = foreign.Open;
        for (var i = 0; i < others.Count; i++)
        {
            var order = others[i];
            if (state.Market(order.Instrument) is { } market && !order.ReduceOnly)
            {
                budget.AddForeign(market.Index, order.Side.Sign(), market.Notional(order.Price == 0 ? market.Price : order.Price, order.Quantity - order.ExecutedQuantity));
            }
        }
    }

    private void Hold()
    {
        held.Clear();
        foreach (var market in state.Markets)
        {
            foreach (var direction in (ReadOnlySpan<int>)[1, -1])
            {
                foreach (var bot in state.Books.Bots)
                {
                    held.AddPosition(market.Index, direction, bot.HeldCost(market.Index, direction));
                }

                held.AddForeign(market.Index, direction, state.Books.Foreign.HeldCost(market.Index, direction));
            }
        }
    }

    private void Collect(BotRun bot, BotLane lane, ExposureBudget isOut)
    {
        wishes.Begin();
        var market = lane.Market;
        var last = market.Candles.Count > 0 ? market.Units.ToPrice(market.Candles.LastClose) : market.Price;
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

            var price = wanted.Price == 0 ? market.Price : wanted.Price;
            var notional = wanted.Reduces ? 0m : market.Notional(price, wanted.Quantity);
            if (holder.Order is { Reduces: false, Rests: true } resting && (resting.Remaining != wanted.Quantity || resting.Price != wanted.Price))
            {
                notional = Math.Max(notional, Notional(resting, market));
            }

            var distance = last == 0 || wanted.Price == 0 ? 0m : Math.Abs(price - last);
            var rank = wanted.Kind is OrderKind.TriggerAtOrBelow or OrderKind.TriggerAtOrAbove ? 0 : wanted.Reduces ? 1 : 2;
            candidates.Add(new TrimCandidate(rank, distance, last, bot.Index, lane.Index, slot, lane, holder, wanted.Side.Sign(), notional));
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
            var isJudged = order.Rests && order.Slot >= 0 && order.Slot < lane.SlotCount && lane.Plan.IsPlanned(order.Slot) && ReferenceEquals(lane.Slot(order.Slot)?.Order, order);
            if (isJudged)
            {
                continue;
            }

            var notional = order.Reduces ? 0m : Notional(order, lane.Market);
            outCounts[order.Market]++;
            isOut.AddOrder(order.Market, order.Intent.Side.Sign(), notional);
            if (order.State is OrderState.Submitting or OrderState.Unknown)
            {
                wantedCounts[order.Market]++;
                wanted.AddOrder(order.Market, order.Intent.Side.Sign(), notional);
            }
        }
    }

    /// <summary>Whether there is room for all candidates together: nobody has to come first then, and nobody is held back.</summary>
    private bool HaveRoom(ExposureBudget wanted, ExposureBudget isOut)
    {
        if (!Have(wanted, wantedCounts, onlyNew: false) || !Have(isOut, outCounts, onlyNew: true))
        {
            return false;
        }

        foreach (var candidate in candidates)
        {
            Note(candidate, isTrimmed: false);
        }

        return true;
    }

    private bool Have(ExposureBudget budget, int[] counts, bool onlyNew)
    {
        all.TakeOver(budget);
        counts.CopyTo(allCounts, 0);
        foreach (ref readonly var candidate in CollectionsMarshal.AsSpan(candidates))
        {
            if (onlyNew ? candidate.IsNew : candidate.IsOpen)
            {
                var market = candidate.Lane.Market.Index;
                if (++allCounts[market] > mostOrders)
                {
                    return false;
                }

                all.AddOrder(market, candidate.Direction, candidate.Notional);
            }
        }

        return all.IsWithin;
    }

    /// <summary>Takes candidates in their order for as long as there is room.</summary>
    /// <returns>How many have none.</returns>
    private int Trim(ExposureBudget wanted, ExposureBudget isOut)
    {
        ranking.Clear();
        for (var place = 0; place < candidates.Count; place++)
        {
            ranking.Add(place);
        }

        CollectionsMarshal.AsSpan(ranking).Sort(new TrimCandidate.Ranking(candidates));
        var trimmed = 0;
        foreach (var place in ranking)
        {
            ref readonly var candidate = ref CollectionsMarshal.AsSpan(candidates)[place];
            var fits = Fits(wanted, isOut, candidate);
            Note(candidate, !fits);
            trimmed += fits ? 0 : 1;
        }

        return trimmed;
    }

    private bool Fits(ExposureBudget wanted, ExposureBudget isOut, in TrimCandidate candidate)
    {
        var market = candidate.Lane.Market.Index;
        if (!candidate.IsOpen)
        {
            return true;
        }

        if (wantedCounts[market] >= mostOrders || !wanted.TryAddOrder(market, candidate.Direction, candidate.Notional))
        {
            return false;
        }

        wantedCounts[market]++;
        if (!candidate.IsNew)
        {
            return true;
        }

        if (outCounts[market] >= mostOrders || !isOut.TryAddOrder(market, candidate.Direction, candidate.Notional))
        {
            return false;
        }

        outCounts[market]++;
        return true;
    }

    private static void Note(in TrimCandidate candidate, bool isTrimmed)
    {
        if (candidate.Holder.IsTrimmed != isTrimmed)
        {
            candidate.Holder.IsTrimmed = isTrimmed;
            candidate.Lane.IsDirty = true;
        }
    }

    private static decimal Notional(TrackedOrder order, MarketState market)
    {
        var price = order.Price;
        return market.Notional(price == 0 ? market.Price : price, order.Remaining);
    }
}
