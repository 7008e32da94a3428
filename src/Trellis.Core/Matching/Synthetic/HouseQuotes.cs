using Trellis.Core.Matching.Book;
using Trellis.Core.Matching.Trading;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Synthetic;

/// <summary>The house's quotes in a book: brought to a new shape by difference, so that what stays keeps its place in the queue.</summary>
internal sealed class HouseQuotes(Matcher matcher)
{
    /// <summary>Quotes that are no longer wanted leave, then wanted ones trade with the users' orders that they cross, and what is left of them stands.</summary>
    /// <param name="bids">Best first.</param>
    /// <param name="asks">Best first, above all bids.</param>
    public void Replace(Market market, List<(int Price, long Quantity)> bids, List<(int Price, long Quantity)> asks)
    {
        Withdraw(market, Side.Buy, bids);
        Withdraw(market, Side.Sell, asks);
        Stand(market, Side.Buy, bids);
        Stand(market, Side.Sell, asks);
    }

    /// <summary>
    /// The market went through the levels better than a price: the house's quotes there are gone, and the users' orders trade whole with the house, each at its price.
    /// </summary>
    /// <param name="aggressor">The side that takes.</param>
    public void PassThrough(Market market, Side aggressor, int price)
    {
        var against = market.Book.Against(aggressor);
        while (against.Best is { } level && against.IsBetter(level.Price, price))
        {
            var maker = level.First!;
            if (maker.Account.IsHouse && maker.Id == 0)
            {
                market.Book.Remove(maker);
            }
            else
            {
                matcher.Take(matcher.HouseOrder(market, aggressor, level.Price, maker.Remaining));
            }
        }
    }

    private static void Withdraw(Market market, Side side, List<(int Price, long Quantity)> wanted)
    {
        var next = 0;
        for (var level = market.Book.On(side).Best; level is not null;)
        {
            var worse = level.Worse;
            while (next < wanted.Count && market.Book.On(side).IsBetter(wanted[next].Price, level.Price))
            {
                next++;
            }

            var quantity = next < wanted.Count && wanted[next].Price == level.Price ? wanted[next].Quantity : 0;
            Cut(market.Book, level, quantity);
            level = worse;
        }
    }

    /// <summary>Takes the house's latest quotes of a level away until no more than a quantity is left of them.</summary>
    private static void Cut(OrderBook book, PriceLevel level, long quantity)
    {
        for (var order = level.Last; order is not null && level.HouseQuantity > quantity;)
        {
            var ahead = order.Ahead;
            if (order.Account.IsHouse && order.Id == 0)
            {
                var cut = Math.Min(order.Remaining, level.HouseQuantity - quantity);
                order.Quantity -= cut;
                book.Shrink(order, cut);
            }

            order = ahead;
        }
    }

    private void Stand(Market market, Side side, List<(int Price, long Quantity)> wanted)
    {
        foreach (var (price, quantity) in wanted)
        {
            var missing = quantity - (market.Book.On(side).Find(price)?.HouseQuantity ?? 0);
            if (missing <= 0)
            {
                continue;
            }

            var quote = matcher.HouseOrder(market, side, price, missing);
            matcher.Take(quote);
            if (quote.Remaining > 0)
            {
                market.Book.Add(quote);
            }
        }
    }
}
