using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching.Naive;

/// <summary>What is wrong with a request: all of it, since an exchange is free to name any.</summary>
internal sealed partial class NaiveExchange
{
    private List<RefusalReason> WrongWith(NaiveAccount account, OrderRequest request, bool triggered = false)
    {
        var market = Markets[request.Instrument];
        List<RefusalReason> wrong = [];
        if (market.Halted)
        {
            wrong.Add(RefusalReason.TradingHalted);
        }

        if (request.Type == OrderType.Limit)
        {
            CheckPrice(market, request.Price, wrong);
            CheckBand(market, request.Side, request.Price, wrong);
        }

        if (!request.ClosePosition)
        {
            CheckQuantity(market, request, wrong);
        }

        CheckSides(account, request, wrong);
        if (request.TimeInForce == TimeInForce.GoodTillDate && request.ExpiresAt <= Time + (triggered ? 0 : market.Info.MinOrderLife))
        {
            wrong.Add(RefusalReason.ExpiryTooEarly);
        }

        if (request.Trigger is { } trigger)
        {
            CheckPrice(market, trigger.Price, wrong);
            CheckTrigger(market, account, request, wrong);
        }
        else
        {
            CheckOpenOrders(market, account, request, triggered, wrong);
        }

        return wrong;
    }

    private static void CheckPrice(NaiveMarket market, decimal price, List<RefusalReason> wrong)
    {
        if (price <= 0)
        {
            wrong.Add(RefusalReason.PriceNotPositive);
        }

        if (price % market.Rules.TickSize != 0)
        {
            wrong.AddRange([RefusalReason.PriceNotOnTick, RefusalReason.PriceTooManyDecimals]);
        }

        if (price < market.Info.MinPrice)
        {
            wrong.Add(RefusalReason.PriceBelowMinimum);
        }

        if (market.Info.MaxPrice > 0 && price > market.Info.MaxPrice)
        {
            wrong.Add(RefusalReason.PriceAboveMaximum);
        }
    }

    private static void CheckBand(NaiveMarket market, Side side, decimal price, List<RefusalReason> wrong)
    {
        if (side == Side.Buy && market.Info.PriceBandUp > 0 && price > market.MarkPrice * market.Info.PriceBandUp)
        {
            wrong.Add(RefusalReason.PriceAboveBand);
        }

        if (side == Side.Sell && price < market.MarkPrice * market.Info.PriceBandDown)
        {
            wrong.Add(RefusalReason.PriceBelowBand);
        }
    }

    private static void CheckQuantity(NaiveMarket market, OrderRequest request, List<RefusalReason> wrong)
    {
        var most = request.Type == OrderType.Market ? market.Info.MaxMarketQuantity : market.Info.MaxQuantity;
        if (request.Quantity <= 0)
        {
            wrong.Add(RefusalReason.QuantityNotPositive);
        }

        if (request.Quantity % market.Rules.LotSize != 0)
        {
            wrong.AddRange([RefusalReason.QuantityNotOnLot, RefusalReason.QuantityTooManyDecimals]);
        }

        if (request.Quantity < market.Rules.MinQuantity)
        {
            wrong.Add(RefusalReason.QuantityBelowMinimum);
        }

        if (most > 0 && request.Quantity > most)
        {
            wrong.Add(RefusalReason.QuantityAboveMaximum);
        }

        var price = request.Type == OrderType.Limit ? request.Price : market.MarkPrice;
        if (!OnlyReduces(request) && request.Quantity * price * market.Multiplier < market.Rules.MinNotional)
        {
            wrong.Add(RefusalReason.NotionalBelowMinimum);
        }
    }

    private static void CheckSides(NaiveAccount account, OrderRequest request, List<RefusalReason> wrong)
    {
        if (account.HedgeMode == (request.PositionSide == PositionSide.Net))
        {
            wrong.Add(RefusalReason.PositionSideMismatch);
            return;
        }

        if (account.HedgeMode && request.ReduceOnly)
        {
            wrong.Add(RefusalReason.ReduceOnlyInHedgeMode);
        }

        var closable = account.Position(request.Instrument, request.PositionSide).ClosableBy(request.Side);
        if (request.Trigger is null && OnlyReduces(request) && (closable == 0 || (account.HedgeMode && request.Quantity > closable)))
        {
            // One-way orders are cut to the position; a hedge mode order that closes must be no larger than it.
            wrong.Add(RefusalReason.ReduceOnlyRefused);
        }
    }

    /// <summary>In hedge mode a sell of the long position and a buy of the short one can only close.</summary>
    private static bool OnlyReduces(OrderRequest request) =>
        request.ReduceOnly || request.ClosePosition || (request.PositionSide != PositionSide.Net && (int)request.PositionSide != (int)request.Side);

    private void CheckOpenOrders(NaiveMarket market, NaiveAccount account, OrderRequest request, bool triggered, List<RefusalReason> wrong)
    {
        var mayRest = request.Type == OrderType.Limit && request.TimeInForce is not (TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill);
        if (mayRest && market.Resting.Count(order => order.Account == account.Id) >= market.Info.MaxOpenOrders)
        {
            wrong.Add(RefusalReason.TooManyOpenOrders);
        }

        if (!(triggered && fault == NaiveFault.TriggeredOrderSharesId)
            && Markets.Any(each => each.Resting.Any(order => order.Account == account.Id && order.Request.ClientOrderId == request.ClientOrderId)))
        {
            wrong.Add(RefusalReason.DuplicateClientOrderId);
        }
    }

    private void CheckTrigger(NaiveMarket market, NaiveAccount account, OrderRequest request, List<RefusalReason> wrong)
    {
        if (market.Waiting.Count(order => order.Account == account.Id) >= market.Info.MaxConditionalOrders)
        {
            wrong.Add(RefusalReason.TooManyConditionalOrders);
        }

        if (Markets.Any(each => each.Waiting.Any(order => order.Account == account.Id && order.Request.ClientOrderId == request.ClientOrderId)))
        {
            wrong.Add(RefusalReason.DuplicateClientOrderId);
        }

        var asked = new NaiveConditional { Id = 0, Account = account.Id, Request = request };
        if (asked.IsMetBy(PriceOf(market, request.Trigger!.Value.Source)))
        {
            wrong.Add(RefusalReason.WouldTriggerAtOnce);
        }
    }

    private decimal PriceOf(NaiveMarket market, TriggerSource source) =>
        source == TriggerSource.MarkPrice && fault != NaiveFault.MarkTriggersOnLastPrice ? market.MarkPrice : market.LastPrice;
}
