using Trellis.Core.Markets;
using Trellis.Core.Numerics;

namespace Trellis.Core.Strategies.Dca;

/// <summary>Where a deal ends: take profit, trailing take profit and stop loss, with their orders and wakes.</summary>
internal sealed class DcaExits(DcaOptions options, DcaSlots slots, DcaOrders orders, DcaHolding holding, InstrumentUnits units, int direction)
{
    private readonly long profit = Shares.OfPercent(options.TakeProfitPercent);
    private readonly long trail = Shares.OfPercent(options.TrailingPercent.GetValueOrDefault());
    private readonly long stopDistance = Shares.OfPercent(options.StopLoss?.Percent ?? 0m);

    /// <summary>The price given as stop loss: below for a long, rounded down to the price unit, and the reverse; 0 for none.</summary>
    private readonly int fixedStop = options.StopLoss?.Price is not { } price ? 0
        : direction > 0 ? units.AtOrBelow(price) : units.AtOrAbove(price);

    /// <summary>The best close since the take-profit price was reached; 0 before.</summary>
    private int best;

    /// <summary>In price units; 0 where there is none.</summary>
    public int TakeProfitPrice { get; private set; }

    /// <summary>In price units; 0 where there is none.</summary>
    public int StopPrice { get; private set; }

    private bool Trails => options.TrailingPercent is not null;

    public void Begin() => best = 0;

    /// <summary>Finds the prices anew, after fills.</summary>
    public void Renew(in DcaTerms terms, int basePrice)
    {
        long? exitFee = options.IncludeFees ? Trails ? terms.TakerFee : terms.MakerFee : null;
        TakeProfitPrice = holding.TakeProfitPrice(profit, exitFee, terms);
        StopPrice = options.StopLoss?.Percent is null ? fixedStop
            : options.StopLossFrom == StopLossFrom.Average ? holding.StopPriceFromAverage(stopDistance, terms)
            : terms.OnTick((Int128)basePrice * (Shares.Whole - (direction * (Int128)stopDistance)), Shares.Whole, up: direction < 0);
    }

    /// <summary>Whether a new deal would begin at or beyond a fixed stop loss; the plan is then told when to ask again.</summary>
    public bool HoldsOffAt(StrategyLane lane)
    {
        if (fixedStop == 0 || !IsStopReached(fixedStop, lane.Close))
        {
            return false;
        }

        if (direction > 0)
        {
            lane.Plan.WakeWhenAtOrAbove(fixedStop + 1);
        }
        else
        {
            lane.Plan.WakeWhenAtOrBelow(fixedStop - 1);
        }

        return true;
    }

    public bool IsStopReached(int close) => StopPrice != 0 && IsStopReached(StopPrice, close);

    /// <summary>Follows a close; true where it has fallen far enough behind the best one.</summary>
    public bool IsTrailReached(int close)
    {
        if (!Trails || (best == 0 && (TakeProfitPrice == 0 || direction * ((long)close - TakeProfitPrice) < 0)))
        {
            return false;
        }

        best = best == 0 || direction * ((long)close - best) > 0 ? close : best;
        return direction * ((long)close - TrailPrice()) <= 0;
    }

    public void Plan(StrategyLane lane, in DcaTerms terms)
    {
        var quantity = terms.Minimums.WholeLots(holding.Held);
        if (!Trails && TakeProfitPrice != 0 && terms.Minimums.Accept(quantity, TakeProfitPrice))
        {
            lane.Plan.Set(slots.TakeProfit, orders.TakeProfit(TakeProfitPrice, quantity));
        }
        else
        {
            lane.Plan.Remove(slots.TakeProfit);
        }

        if (StopPrice != 0)
        {
            lane.Plan.Set(slots.StopLoss, orders.StopLoss(StopPrice));
            WakeBehind(lane, StopPrice);
        }
        else
        {
            lane.Plan.Remove(slots.StopLoss);
        }

        if (Trails)
        {
            PlanTrail(lane);
        }
    }

    private void PlanTrail(StrategyLane lane)
    {
        if (best != 0)
        {
            WakeBehind(lane, TrailPrice());
            WakeAhead(lane, best + direction);
        }
        else if (TakeProfitPrice != 0)
        {
            WakeAhead(lane, TakeProfitPrice);
        }
    }

    private int TrailPrice() =>
        (int)Int128.Min(Shares.Divide((Int128)best * (Shares.Whole - (direction * (Int128)trail)), Shares.Whole, up: direction < 0), int.MaxValue);

    private bool IsStopReached(int stop, int close) => direction * ((long)close - stop) <= 0;

    private void WakeBehind(StrategyLane lane, int price)
    {
        if (direction > 0)
        {
            lane.Plan.WakeWhenAtOrBelow(price);
        }
        else
        {
            lane.Plan.WakeWhenAtOrAbove(price);
        }
    }

    private void WakeAhead(StrategyLane lane, int price)
    {
        if (direction > 0)
        {
            lane.Plan.WakeWhenAtOrAbove(price);
        }
        else
        {
            lane.Plan.WakeWhenAtOrBelow(price);
        }
    }
}
