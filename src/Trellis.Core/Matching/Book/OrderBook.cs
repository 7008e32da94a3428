using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Matching.Trading;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Book;

/// <summary>Resting orders of one instrument by price and time; tells every change of a level.</summary>
internal sealed class OrderBook(Floor floor, Market market)
{
    public BookSide Bids { get; } = new(Side.Buy);

    public BookSide Asks { get; } = new(Side.Sell);

    /// <summary>Id of the last change of a level.</summary>
    public long UpdateId { get; set; }

    public BookSide On(Side side) => side == Side.Buy ? Bids : Asks;

    /// <summary>The side that an order of the given side trades with.</summary>
    public BookSide Against(Side side) => side == Side.Buy ? Asks : Bids;

    public void Add(LiveOrder order)
    {
        var level = On(order.Side).FindOrAdd(order.Price);
        level.Append(order);
        Change(level, order, order.Remaining);
    }

    public void Remove(LiveOrder order)
    {
        var level = order.Level!;
        level.Unlink(order);
        Change(level, order, -order.Remaining);
    }

    /// <summary>A resting order lost a part by a fill or a cut, which its own figures already say; without a rest it leaves.</summary>
    public void Shrink(LiveOrder order, long quantity)
    {
        var level = order.Level!;
        if (order.Remaining == 0)
        {
            level.Unlink(order);
        }

        Change(level, order, -quantity);
    }

    /// <summary>Whether an order at this price would trade at once.</summary>
    public bool WouldTake(Side side, int price) => Against(side).Best is { } best && Crosses(side, price, best.Price);

    /// <summary>Whether a taker's limit reaches a level's price.</summary>
    public static bool Crosses(Side taker, int limit, int price) => taker == Side.Buy ? price <= limit : price >= limit;

    public List<QuoteLevel> Levels(Side side, int depth)
    {
        var levels = new List<QuoteLevel>();
        for (var level = On(side).Best; level is not null && levels.Count < depth; level = level.Worse)
        {
            levels.Add(new QuoteLevel(market.Units.ToPrice(level.Price), market.Units.ToQuantity(level.Quantity)));
        }

        return levels;
    }

    private void Change(PriceLevel level, LiveOrder order, long quantity)
    {
        level.Quantity += quantity;
        if (order.Account.IsHouse)
        {
            level.HouseQuantity += quantity;
        }

        if (level.First is null)
        {
            On(order.Side).Remove(level);
        }

        floor.Tell(market, order.Side, level);
    }
}
