using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Trading;

namespace Trellis.Core.Matching.Orders;

/// <summary>
/// Changes open limit orders: the order keeps its id and loses its place in the queue; a quantity of no more than what
/// was filled, or a post-only order that would take, cancels it; self-trade prevention is off from then on.
/// </summary>
internal sealed class AmendDesk(Floor floor, OrderRegister register, OrderDesk orders)
{
    public Outcome<Order> Amend(MarginAccount account, AmendOrder command)
    {
        if (register.Find(account, command.Order) is not { } order)
        {
            return Unknown(command.Order);
        }

        if (Check(account, order, command, out var price, out var quantity) is { } refusal)
        {
            return refusal;
        }

        var market = order.Market;
        var holding = account.On(market);
        if (quantity <= order.Executed)
        {
            register.End(order, OrderStatus.Canceled, OrderEnd.CanceledByAmendment);
            return order.Snapshot();
        }

        if (order.Reduces && floor.Settings.FillRule == FillRule.Book)
        {
            quantity = Math.Min(quantity, order.Executed + holding.Closable(order.Slot, order.Side));
        }

        var marginPrice = MarginDesk.MarginPrice(market, order.Side, price);
        if (CheckMargin(account, holding, order, price, quantity, marginPrice) is { } tooLittle)
        {
            return tooLittle;
        }

        if (WouldTake(order, price))
        {
            register.End(order, OrderStatus.Canceled, OrderEnd.CanceledByAmendment);
            return order.Snapshot();
        }

        Change(order, holding, price, quantity, marginPrice);
        orders.Run(order);
        return order.Snapshot();
    }

    public Outcome<Order> Cancel(MarginAccount account, OrderReference reference)
    {
        if (register.Find(account, reference) is not { } order)
        {
            return Unknown(reference);
        }

        register.End(order, OrderStatus.Canceled, OrderEnd.CanceledByUser);
        return order.Snapshot();
    }

    private static Refusal? Check(MarginAccount account, LiveOrder order, AmendOrder command, out int price, out long quantity)
    {
        (price, quantity) = (0, 0);
        var market = order.Market;
        if (market.IsHalted && !account.IsHouse)
        {
            return new Refusal(RefusalReason.TradingHalted, $"{market.Definition.Instrument.Id} is halted");
        }

        if (order.IsMarket)
        {
            return new Refusal(RefusalReason.NotAmendable, $"order {order.Id} is a market order; only limit orders can be amended");
        }

        if (command.Side is { } side && side != order.Side)
        {
            return new Refusal(RefusalReason.NotAmendable, $"order {order.Id} is a {order.Side}; an amendment can't make it a {side}");
        }

        // A price or quantity of 0 stays as it is.
        var newPrice = command.Price == 0 ? order.Request.Price : command.Price;
        var newQuantity = command.Quantity == 0 ? order.Request.Quantity : command.Quantity;
        if (OrderFilters.CheckPrice(market, order.Side, newPrice, out price) is { } badPrice)
        {
            return badPrice;
        }

        if (OrderFilters.CheckQuantity(market, newQuantity, isMarket: false, order.Reduces, newPrice, out quantity) is { } badQuantity)
        {
            return badQuantity;
        }

        if (price == order.Price && quantity == order.Quantity)
        {
            return new Refusal(RefusalReason.NothingToAmend, $"order {order.Id} has price {newPrice} and quantity {newQuantity} already");
        }

        return order.Amendments >= market.Definition.MaxAmendments
            ? new Refusal(RefusalReason.TooManyAmendments, $"order {order.Id} was amended {order.Amendments} times, the most there may be")
            : null;
    }

    private Refusal? CheckMargin(MarginAccount account, Holding holding, LiveOrder order, int price, long quantity, int marginPrice)
    {
        if (account.IsHouse || order.Reduces || floor.Settings.FillRule == FillRule.Candle)
        {
            return null;
        }

        var market = order.Market;
        var rest = quantity - order.Executed;
        var added = market.Notional(marginPrice, rest) - market.Notional(order.MarginPrice, order.Remaining);
        var takes = market.Book.WouldTake(order.Side, price);
        var loss = MarginDesk.OpenLoss(market, order.Side, market.Notional(price, rest), rest);
        var fee = (takes ? market.TakerFee : market.MakerFee).Of(market.Notional(marginPrice, rest));
        return MarginDesk.Refuse(account, holding, order.Slot, order.Side, added, loss, fee);
    }

    private bool WouldTake(LiveOrder order, int price) => order.Request.TimeInForce == TimeInForce.PostOnly &&
        (floor.Settings.FillRule == FillRule.Candle
            ? OrderDesk.LiesBeyond(order.Side, price, order.Market.LastPrice)
            : order.Market.Book.WouldTake(order.Side, price));

    private void Change(LiveOrder order, Holding holding, int price, long quantity, int marginPrice)
    {
        var before = order.Request;
        if (order.Level is not null)
        {
            order.Market.Book.Remove(order);
        }

        holding.Reserve(order, -order.Remaining);
        order.Price = price;
        order.Quantity = quantity;
        order.MarginPrice = marginPrice;
        holding.Reserve(order, order.Remaining);
        order.Priority = ++floor.Sequences.Priority;
        order.Amendments++;
        order.UpdatedAt = floor.Time;
        order.Request = order.Request with
        {
            Price = order.Market.Units.ToPrice(price),
            Quantity = order.Market.Units.ToQuantity(quantity),
            SelfTradePrevention = SelfTradePrevention.None,
        };
        order.Account.History.Add(new Amendment(
            order.Priority, order.Market.Index, order.Id, before.ClientOrderId, floor.Time, before.Price, order.Request.Price, before.Quantity, order.Request.Quantity, order.Amendments));
        register.Tell(order, OrderChange.Amended);
    }

    private static Refusal Unknown(OrderReference reference) =>
        new(RefusalReason.UnknownOrder, reference.OrderId != 0 ? $"no open order {reference.OrderId} on instrument {reference.Instrument}" : $"no open order with the client order id {reference.ClientOrderId} on instrument {reference.Instrument}");
}
