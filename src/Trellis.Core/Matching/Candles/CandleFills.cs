using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Matching.Trading;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Candles;

/// <summary>Fills an order whole against the house, unless there is nothing for it to close or the wallet can't carry it; then it stays as it is.</summary>
internal sealed class CandleFills(Floor floor, OrderRegister register, ConditionalRegister conditionals, Matcher matcher)
{
    public bool TryFill(LiveOrder order, int price, bool isMaker, ReadOnlySpan<int> marks)
    {
        var quantity = Carried(order.Account, order.Market, order.Request, order.Quantity, price, isMaker, marks);
        if (quantity == 0)
        {
            return false;
        }

        Fill(order, quantity, price, isMaker);
        return true;
    }

    /// <summary>Triggers a conditional market order and fills it, both or neither.</summary>
    public void TryTrigger(LiveConditional conditional, int price, ReadOnlySpan<int> marks)
    {
        var (account, market) = (conditional.Account, conditional.Market);
        var request = conditional.Order.Request with { Trigger = null };
        var quantity = Carried(account, market, request, market.Units.FromQuantity(request.Quantity), price, isMaker: false, marks);
        if (quantity == 0)
        {
            return;
        }

        conditionals.Trigger(conditional);
        var id = ++floor.Sequences.Order;
        var order = new LiveOrder
        {
            Account = account,
            Market = market,
            Request = OrderDesk.Complete(account, account.OpenByClientId.ContainsKey(request.ClientOrderId) ? request with { ClientOrderId = "" } : request, id, market.Units.ToQuantity(quantity)),
            Id = id,
            Side = request.Side,
            Price = price,
            Quantity = quantity,
            Priority = ++floor.Sequences.Priority,
            Reduces = OrderDesk.Reduces(account, request),
            MarginPrice = price,
            ConditionalId = conditional.Id,
            CreatedAt = floor.Time,
            UpdatedAt = floor.Time,
        };
        register.Add(order);
        conditionals.Link(conditional, id);
        Fill(order, quantity, price, isMaker: false);
    }

    /// <summary>Trades an order whole, as a taker or as a maker of the house.</summary>
    public void Fill(LiveOrder order, long quantity, int price, bool isMaker)
    {
        if (quantity != order.Quantity)
        {
            order.Quantity = quantity;
            order.Request = order.Request with { Quantity = order.Market.Units.ToQuantity(quantity) };
        }

        var house = matcher.HouseOrder(order.Market, order.Side.Opposite(), price, quantity);
        if (isMaker)
        {
            matcher.Trade(house, order, price, quantity);
        }
        else
        {
            matcher.Trade(order, house, price, quantity);
        }
    }

    /// <summary>What would fill: cut, in whole lots, where the order can only reduce; 0 where that is nothing or the wallet can't carry it.</summary>
    private static long Carried(MarginAccount account, Market market, OrderRequest request, long wanted, int price, bool isMaker, ReadOnlySpan<int> marks)
    {
        var holding = account.On(market);
        var slot = Holding.SlotOf(request.PositionSide);
        var closable = holding.Closable(slot, request.Side);
        var isCut = OrderDesk.Reduces(account, request) && wanted > closable;
        var quantity = isCut || request.ClosePosition ? closable / market.Lot * market.Lot : wanted;
        if (quantity == 0)
        {
            return 0;
        }

        var fee = (isMaker ? market.MakerFee : market.TakerFee).Of(market.Notional(price, quantity));
        return CandleMargin.CanCarry(account, holding, slot, request.Side.Sign(), quantity, price, fee, marks) ? quantity : 0;
    }
}
