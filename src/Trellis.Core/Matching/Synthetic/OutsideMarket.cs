using Trellis.Core.Matching.Book;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Matching.Trading;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Synthetic;

/// <summary>The quotes and trades of a market outside, for a paper exchange.</summary>
internal sealed class OutsideMarket(Matcher matcher, HouseQuotes quotes)
{
    private const long MostUnits = 1_000_000_000_000_000;

    /// <summary>
    /// Quotes replace the house's by difference, and trade where they cross a user's order, at the user's price and for the quote's quantity. Prices are rounded away from the
    /// other side to the tick, quantities down to lots; an ask that is not above the best bid is left out.
    /// </summary>
    public void SetQuotes(Market market, SetQuotes command)
    {
        var bids = Levels(market, Side.Buy, command.Bids);
        var asks = Levels(market, Side.Sell, command.Asks);
        if (bids.Count > 0)
        {
            asks.RemoveAll(ask => ask.Price <= bids[0].Price);
        }

        quotes.Replace(market, bids, asks);
    }

    /// <summary>
    /// A trade outside: users' orders better than its price fill whole, then the queue at its price, the house's quotes in their places, until its quantity is used up;
    /// what no user took is printed.
    /// </summary>
    public void Trade(Market market, TradeOutside command)
    {
        var price = market.Units.NearestTick(command.Price, market.Rules);
        var left = ToLots(market, command.Quantity);
        while (left > 0 && Next(market.Book.Against(command.Aggressor), price) is { } order)
        {
            var quantity = Math.Min(left, order.Remaining);
            matcher.Trade(matcher.HouseOrder(market, command.Aggressor, order.Price, quantity), order, order.Price, quantity);
            left -= quantity;
        }

        if (left > 0)
        {
            matcher.Print(market, command.Aggressor, price, left);
        }
    }

    /// <summary>The order that the trade meets next: looked for anew each time, for a trade may end more orders than its own.</summary>
    private static LiveOrder? Next(BookSide against, int price)
    {
        for (var level = against.Best; level is not null && against.IsBetter(level.Price, price); level = level.Worse)
        {
            for (var order = level.Quantity == level.HouseQuantity ? null : level.First; order is not null; order = order.Behind)
            {
                if (!order.Account.IsHouse)
                {
                    return order;
                }
            }
        }

        return against.Find(price)?.First;
    }

    private static List<(int Price, long Quantity)> Levels(Market market, Side side, IReadOnlyList<QuoteLevel> quoted)
    {
        var levels = new SortedDictionary<int, long>();
        foreach (var quote in quoted)
        {
            var exact = quote.Price / market.Rules.TickSize;
            var ticks = side == Side.Buy ? decimal.Floor(exact) : decimal.Ceiling(exact);
            var quantity = ToLots(market, quote.Quantity);
            if (ticks > 0 && quantity > 0 && ticks * market.Tick < int.MaxValue)
            {
                var price = (int)ticks * market.Tick;
                levels[price] = levels.GetValueOrDefault(price) + quantity;
            }
        }

        return [.. (side == Side.Buy ? levels.Reverse() : levels).Select(level => (level.Key, level.Value))];
    }

    private static long ToLots(Market market, decimal quantity) =>
        (long)(Math.Clamp(quantity, 0m, market.Units.ToQuantity(MostUnits)) / market.Rules.LotSize) * market.Lot;
}
