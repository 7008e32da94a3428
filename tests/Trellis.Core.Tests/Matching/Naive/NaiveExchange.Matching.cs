using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching.Naive;

/// <summary>How an order meets the book.</summary>
internal sealed partial class NaiveExchange
{
    /// <summary>Trades while there is somebody to trade with; what is left rests or expires as the order says.</summary>
    /// <param name="mayBeSplit">Whether trades with users' resting orders come in as many parts as were asked for.</param>
    private void Match(NaiveOrder taker, bool mayBeSplit = true)
    {
        var market = Markets[taker.Request.Instrument];
        CutToPosition(taker);
        while (taker.IsOpen && MakerFor(market, taker) is { } maker)
        {
            if (maker.Account == taker.Account && taker.Request.SelfTradePrevention != SelfTradePrevention.None && fault != NaiveFault.SelfTradePreventionIgnored)
            {
                PreventSelfTrade(taker, maker);
                continue;
            }

            var quantity = Math.Min(taker.Remaining, maker.Remaining);
            var part = mayBeSplit && maker.Account != House ? PartOf(market, quantity) : quantity;
            do
            {
                TradeAndCut(market, taker, maker, Math.Min(Math.Min(part, quantity), Math.Min(taker.Remaining, maker.Remaining)));
                quantity -= part;
            }
            while (quantity > 0 && taker.IsOpen && maker.IsOpen);
        }

        if (!taker.IsOpen)
        {
            return;
        }

        if (taker.Request.Type == OrderType.Market || taker.Request.TimeInForce is TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill)
        {
            End(taker, OrderEnd.NotFilledAtOnce);
        }
        else
        {
            market.Resting.Add(taker);
        }
    }

    /// <summary>Whole lots, as long as there is one for each part.</summary>
    private decimal PartOf(NaiveMarket market, decimal quantity) => splitParts == 1 || fault == NaiveFault.FillsNotSplit
        ? quantity
        : Math.Max(1m, decimal.Floor(quantity / (splitParts * market.Rules.LotSize))) * market.Rules.LotSize;

    private void TradeAndCut(NaiveMarket market, NaiveOrder taker, NaiveOrder maker, decimal quantity)
    {
        Trade(market, taker, maker, quantity);
        CutToPositions(market);
        ExpireClosers(market, taker);
        ExpireClosers(market, maker);
        if (taker.IsOpen)
        {
            CutToPosition(taker);
        }
    }

    private NaiveOrder? MakerFor(NaiveMarket market, NaiveOrder taker)
    {
        var side = taker.Request.Side.Opposite();
        var best = fault switch
        {
            NaiveFault.LastInFirstOut => market.Resting.Where(order => order.Request.Side == side).Reverse().MinBy(order => side.Sign() * -order.Request.Price),
            NaiveFault.TradesThrough => market.Resting.FirstOrDefault(order => order.Request.Side == side && Meets(taker, order.Request.Price)),
            _ => market.Best(side, taker.IsQuote ? order => order.IsQuote && order.Request.Price != taker.Request.Price : null),
        };
        return best is not null && Meets(taker, best.Request.Price) ? best : null;
    }

    private bool Meets(NaiveOrder taker, decimal price) => taker.Request.Type == OrderType.Market
        || (fault == NaiveFault.MissesEqualPrice
            ? NaiveMarket.IsBetter(taker.Request.Side, taker.Request.Price, price)
            : !NaiveMarket.IsBetter(taker.Request.Side, price, taker.Request.Price));

    /// <summary>The taker's setting decides who of the two goes.</summary>
    private void PreventSelfTrade(NaiveOrder taker, NaiveOrder maker)
    {
        if (taker.Request.SelfTradePrevention != SelfTradePrevention.ExpireTaker)
        {
            End(maker, OrderEnd.SelfTradePrevention);
        }

        if (taker.Request.SelfTradePrevention != SelfTradePrevention.ExpireMaker)
        {
            End(taker, OrderEnd.SelfTradePrevention);
        }
    }

    private decimal MayTrade(NaiveOrder order) => OnlyReduces(order.Request) && fault != NaiveFault.ReduceOnlyNotTrimmed
        ? Accounts[order.Account.Value].Position(order.Request.Instrument, order.Request.PositionSide).ClosableBy(order.Request.Side)
        : decimal.MaxValue;

    private void Trade(NaiveMarket market, NaiveOrder taker, NaiveOrder maker, decimal quantity)
    {
        var price = fault == NaiveFault.TradesAtTakerPrice && taker.Request.Type == OrderType.Limit ? taker.Request.Price : maker.Request.Price;
        var tradeId = ++market.Trades;
        Fill(market, taker, price, quantity, tradeId, isMaker: false);
        Fill(market, maker, price, quantity, tradeId, isMaker: true);
        trades.Add(new NaiveTrade(taker.Request.Instrument, tradeId, price, quantity, taker.Request.Side));
        See(market, taker.Request.Instrument, price);
    }

    private void See(NaiveMarket market, int instrument, decimal price)
    {
        market.LastPrice = price;
        prices.Add((instrument, TriggerSource.LastPrice, price));
    }

    private void Fill(NaiveMarket market, NaiveOrder order, decimal price, decimal quantity, long tradeId, bool isMaker)
    {
        var request = order.Request;
        var unitValue = price * (fault == NaiveFault.MultiplierForgotten ? 1m : market.Multiplier);
        var rate = isMaker && fault != NaiveFault.MakerPaysTakerFee ? market.Rules.MakerFee : market.Rules.TakerFee;
        var fee = quantity * unitValue * rate;
        fee = fault == NaiveFault.FeeRoundedAwayFromZero ? decimal.Round(fee, 12, MidpointRounding.AwayFromZero) : NaiveMoney.Round(fee);
        var position = Accounts[order.Account.Value].Position(request.Instrument, request.PositionSide);
        var realized = position.Apply(request.Side, quantity, unitValue, truncated: fault == NaiveFault.CostReleasedTruncated);
        order.Executed += quantity;
        order.ExecutedNotional += quantity * unitValue;
        fills.Add(new NaiveFill(order, request.Instrument, tradeId, price, quantity, isMaker, fee, realized));
        Book(order.Account, IncomeKind.RealizedProfit, request.Instrument, realized);
        Book(order.Account, IncomeKind.Fee, request.Instrument, -fee);
        if (order.Remaining == 0)
        {
            End(order, OrderEnd.Filled);
        }
    }

    /// <summary>Orders that may only reduce are cut to what their position still is, and end as soon as it is gone; they keep their places.</summary>
    private void CutToPositions(NaiveMarket market)
    {
        if (fault is NaiveFault.ReduceOnlyOutlivesPosition or NaiveFault.ReduceOnlyNotTrimmed)
        {
            return;
        }

        foreach (var order in market.Resting.ToList())
        {
            CutToPosition(order);
        }
    }

    private void CutToPosition(NaiveOrder order)
    {
        var closable = MayTrade(order);
        if (closable == 0)
        {
            End(order, OrderEnd.NothingToReduce);
        }
        else if (closable < order.Remaining)
        {
            order.Request = order.Request with { Quantity = order.Executed + closable };
        }
    }

    private void End(NaiveOrder order, OrderEnd end)
    {
        order.End = end;
        Markets[order.Request.Instrument].Resting.Remove(order);
        ended.Add(order);
        Finish(order);
    }

    private void EndAll(AccountId account, int instrument, OrderEnd end)
    {
        foreach (var order in OpenOrders(account, instrument).ToList())
        {
            End(order, end);
        }
    }
}
