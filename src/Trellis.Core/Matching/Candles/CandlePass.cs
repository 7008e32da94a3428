using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Conditional;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Matching.Synthetic;
using Trellis.Core.Matching.Trading;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Candles;

/// <summary>
/// Lets a candle pass by docs/backtest.md, section 3, steps 2 to 6, account by account: an account is one bot, its orders are in order of acceptance where that page says slots,
/// its instruments are the lanes. What the page has no word for: IOC and FOK limits take at the next open or expire there; a conditional limit order that a candle reaches becomes an
/// order at its close; nothing is covered by the insurance fund.
/// </summary>
internal sealed class CandlePass(Floor floor, Bookkeeper books, OrderRegister register, ConditionalDesk conditionals, CandleFills fills, MarketMover mover)
{
    private readonly List<LiveConditional> reached = [];

    public void Pass(PassCandle command)
    {
        var slippage = (long)(floor.Settings.SlippagePercent * 1_000_000m);
        MarketCandle[] candles = [.. floor.Markets.Select((market, index) => new MarketCandle(market, command.Candles[index], slippage))];
        int[] before = [.. candles.Select(candle => candle.CloseBefore)];
        foreach (var market in floor.Markets)
        {
            market.AcceptRules(command.OpenTime);
        }

        foreach (var account in floor.Accounts)
        {
            if (!account.IsHouse && IsInvolved(account))
            {
                Trade(account, candles, before);
                books.Tell();
            }
        }

        foreach (var candle in candles)
        {
            candle.Market.AcceptRules(floor.Time);
            Close(candle);
        }

        foreach (var conditional in reached)
        {
            if (conditional.Order.Status == ConditionalStatus.Waiting)
            {
                conditionals.Trigger(conditional);
            }
        }

        reached.Clear();
    }

    private static bool IsInvolved(MarginAccount account)
    {
        foreach (var holding in account.Holdings)
        {
            if (!holding.IsIdle || holding.WaitingConditionals > 0)
            {
                return true;
            }
        }

        return false;
    }

    private void Trade(MarginAccount account, MarketCandle[] candles, int[] before)
    {
        var waiting = ConditionalRegister.Waiting(account, null);
        foreach (var candle in candles)
        {
            AtOpen(account, candle, before);
        }

        bool[] lowIsAdverse = [.. candles.Select(candle => candle.LowIsAdverse(account.On(candle.Market)[0].Size + account.On(candle.Market)[1].Size))];
        Walk(adverse: true);
        if (!Liquidate(account, candles, lowIsAdverse))
        {
            Walk(adverse: false);
        }

        void Walk(bool adverse)
        {
            foreach (var candle in candles)
            {
                if (!candle.IsHole)
                {
                    OneSide(account, candle, lowIsAdverse[candle.Market.Index] == adverse, waiting, before);
                }
            }
        }
    }

    /// <summary>Step 2: market orders, and limits that lay beyond the last close.</summary>
    private void AtOpen(MarginAccount account, MarketCandle candle, int[] before)
    {
        if (candle.IsHole)
        {
            return;
        }

        foreach (var order in Open(account, candle.Market, order => order.TakesAtOpen).OrderBy(order => order.Priority))
        {
            var endsAtOnce = !order.IsMarket && OrderDesk.EndsAtOnce(order.Request);
            if (order.IsMarket || OrderDesk.LiesBeyond(order.Side, order.Price, candle.Open))
            {
                var slipped = candle.Slipped(candle.Open, order.Side);
                var price = order.IsMarket ? slipped : order.Side == Side.Buy ? Math.Min(slipped, order.Price) : Math.Max(slipped, order.Price);
                fills.TryFill(order, price, isMaker: false, before);
            }
            else if (!endsAtOnce)
            {
                order.TakesAtOpen = false;
            }

            if (endsAtOnce && order.IsOpen)
            {
                register.End(order, OrderStatus.Expired, OrderEnd.NotFilledAtOnce);
            }
        }
    }

    /// <summary>Steps 4 and 6: one side of the candle, all limits, then all triggers.</summary>
    private void OneSide(MarginAccount account, MarketCandle candle, bool low, List<LiveConditional> waiting, int[] before)
    {
        var side = low ? Side.Buy : Side.Sell;
        foreach (var order in Open(account, candle.Market, order => !order.TakesAtOpen && order.Side == side).OrderBy(order => low ? -order.Price : order.Price).ThenBy(order => order.Priority))
        {
            if (low ? candle.Low < order.Price : candle.High > order.Price)
            {
                fills.TryFill(order, order.Price, isMaker: true, before);
            }
        }

        foreach (var conditional in waiting
            .Where(conditional => conditional.Market == candle.Market && conditional.Rises != low)
            .OrderBy(conditional => low ? -conditional.TriggerPrice : conditional.TriggerPrice)
            .ThenBy(conditional => conditional.Id))
        {
            var price = conditional.TriggerPrice;
            if (low ? candle.Low > price : candle.High < price)
            {
                continue;
            }

            if (conditional.Order.Request.Type == OrderType.Limit)
            {
                reached.Add(conditional);
                continue;
            }

            var gapped = low ? candle.Open <= price : candle.Open >= price;
            fills.TryTrigger(conditional, candle.Slipped(gapped ? candle.Open : price, conditional.Side), before);
        }
    }

    /// <summary>Step 5: closes every position at its mark where the account can't keep them.</summary>
    private bool Liquidate(MarginAccount account, MarketCandle[] candles, bool[] lowIsAdverse)
    {
        int[] marks = [.. candles.Select((candle, index) => candle.IsHole ? candle.CloseBefore : lowIsAdverse[index] ? candle.Low : candle.High)];
        var (equity, maintenance) = CandleMargin.At(account, marks);
        if (equity >= maintenance || !account.HasPosition)
        {
            return false;
        }

        floor.Tell(new Liquidated(floor.Time, account.Id, new Money(equity).ToDecimal(), new Money(maintenance).ToDecimal()));
        register.EndAll(account, null, OrderStatus.Expired, OrderEnd.Liquidation);
        conditionals.CancelAll(account, null, ConditionalStatus.Expired);
        foreach (var holding in account.Holdings)
        {
            for (var slot = 0; slot < 2; slot++)
            {
                if (holding[slot].Size != 0)
                {
                    var order = LiquidationOrder.Of(floor, account, holding, slot);
                    register.Add(order);
                    fills.Fill(order, order.Quantity, marks[holding.Market.Index], isMaker: false);
                }
            }
        }

        return true;
    }

    private void Close(MarketCandle candle)
    {
        var market = candle.Market;
        market.LastPrice = candle.Close;
        market.ForgetPath();
        if (!market.MarkComesFromOutside)
        {
            mover.SetMark(market, candle.Close, candle.Close);
        }
    }

    private static List<LiveOrder> Open(MarginAccount account, Market market, Func<LiveOrder, bool> wanted) =>
        [.. OrderRegister.Open(account, market).Where(wanted)];
}
