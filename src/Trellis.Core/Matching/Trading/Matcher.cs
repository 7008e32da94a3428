using Trellis.Core.Matching.Book;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Trading;

/// <summary>Lets an order trade with the other side of its book: best price first, then who came first.</summary>
internal sealed class Matcher(Floor floor, Bookkeeper books, OrderRegister register)
{
    /// <summary>Trades while there is something left of the taker and a level within its price.</summary>
    public void Take(LiveOrder taker)
    {
        var against = taker.Market.Book.Against(taker.Side);
        while (taker.IsOpen && taker.Remaining > 0 && against.Best is { } level && OrderBook.Crosses(taker.Side, taker.Price, level.Price))
        {
            var maker = level.First!;
            if (maker.Account == taker.Account && Prevent(taker, maker))
            {
                continue;
            }

            var quantity = Math.Min(taker.Remaining, maker.Remaining);
            for (var part = Part(maker, quantity); quantity > 0 && taker.IsOpen && maker.IsOpen; quantity -= part)
            {
                part = Math.Min(Math.Min(part, quantity), Math.Min(taker.Remaining, maker.Remaining));
                Trade(taker, maker, level.Price, part);
            }
        }
    }

    /// <summary>One trade between a taker and a resting order.</summary>
    public void Trade(LiveOrder taker, LiveOrder maker, int price, long quantity)
    {
        var market = taker.Market;
        var tradeId = ++market.LastTradeId;
        market.LastPrice = price;
        books.BookFill(taker, price, quantity, FeeOf(taker, market, price, quantity, isMaker: false), isMaker: false, tradeId);
        books.BookFill(maker, price, quantity, FeeOf(maker, market, price, quantity, isMaker: true), isMaker: true, tradeId);
        if (maker.Level is not null)
        {
            market.Book.Shrink(maker, quantity);
        }

        floor.Tell(new Traded(floor.Time, market.Index, tradeId, market.Units.ToPrice(price), market.Units.ToQuantity(quantity), taker.Side));
        Finish(taker);
        Finish(maker);
        NotePosition(taker);
        NotePosition(maker);
    }

    /// <summary>A trade of the house with itself, which only the tape shows.</summary>
    public void Print(Market market, Side aggressor, int price, long quantity)
    {
        market.LastPrice = price;
        floor.Tell(new Traded(floor.Time, market.Index, ++market.LastTradeId, market.Units.ToPrice(price), market.Units.ToQuantity(quantity), aggressor));
    }

    /// <summary>An order of the house that is not told: a quote of its ladder, or a taker of its own.</summary>
    public LiveOrder HouseOrder(Market market, Side side, int price, long quantity) => HouseOrder(floor, market, side, price, quantity);

    public static LiveOrder HouseOrder(Floor floor, Market market, Side side, int price, long quantity) => new()
    {
        Account = floor.House,
        Market = market,
        Request = market.HouseRequest(side),
        Side = side,
        Price = price,
        Quantity = quantity,
        CreatedAt = floor.Time,
    };

    private static Int128 FeeOf(LiveOrder order, Market market, int price, long quantity, bool isMaker) =>
        order.Account.IsHouse ? 0 : (isMaker ? market.MakerFee : market.TakerFee).Of(market.Notional(price, quantity));

    /// <summary>Quantity of the trades that make up one fill: all of it, or as many parts as are asked for, as long as each is a lot.</summary>
    private long Part(LiveOrder maker, long quantity) => floor.SplitParts == 1 || maker.Account.IsHouse
        ? quantity
        : Math.Max(maker.Market.Lot, quantity / floor.SplitParts / maker.Market.Lot * maker.Market.Lot);

    /// <summary>Ends what self-trade prevention wants ended; false where the account may trade with itself.</summary>
    private bool Prevent(LiveOrder taker, LiveOrder maker)
    {
        var rule = taker.Request.SelfTradePrevention;
        if (taker.Account.IsHouse || rule == SelfTradePrevention.None)
        {
            return false;
        }

        if (rule is SelfTradePrevention.ExpireMaker or SelfTradePrevention.ExpireBoth)
        {
            register.End(maker, OrderStatus.Expired, OrderEnd.SelfTradePrevention);
        }

        if (rule is SelfTradePrevention.ExpireTaker or SelfTradePrevention.ExpireBoth)
        {
            register.End(taker, OrderStatus.Expired, OrderEnd.SelfTradePrevention);
        }

        return true;
    }

    private void Finish(LiveOrder order)
    {
        if (order.Status == OrderStatus.Filled)
        {
            register.Fill(order);
        }
    }

    private void NotePosition(LiveOrder order)
    {
        if (!order.Account.IsHouse)
        {
            register.PositionChanged(order.Account.On(order.Market), order.Slot);
            floor.NoteExposure(order.Account);
        }
    }
}
