using Trellis.Core.Matching.Book;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Matching.Trading;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Synthetic;

/// <summary>The quotes and trades of a market outside, for a paper exchange.</summary>
internal sealed class OutsideMarket(Matcher matcher, HouseQuotes quotes)
{
    private const long MostUnits = 1_000_000_000_000_000;

    private readonly List<(int Price, long Quantity)> bids = [];
    private readonly List<(int Price, long Quantity)> asks = [];

    /// <summary>
    /// Quotes replace the house's by difference, and trade where they cross a user's order, at the user's price and for the quote's quantity. Prices are rounded away from the
    /// other side to the tick, quantities down to lots; an ask that is not above the best bid is left out.
    /// </summary>
    public void SetQuotes(Market market, SetQuotes command)
    {
        Take(bids, market, Side.Buy, command.Bids);
        Take(asks, market, Side.Sell, command.Asks);
        if (bids.Count > 0)
        {
            var best = bids[0].Price;
            asks.RemoveAll(ask => ask.Price <= best);
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

    /// <summary>Brings quotes to ticks and lots, best first; of equal prices the sum.</summary>
    private static void Take(List<(int Price, long Quantity)> levels, Market market, Side side, IReadOnlyList<QuoteLevel> quoted)
    {
        levels.Clear();
        for (var i = 0; i < quoted.Count; i++)
        {
            var ticks = ToTicks(market, side, quoted[i].Price);
            var quantity = ToLots(market, quoted[i].Quantity);
            if (ticks > 0 && quantity > 0 && ticks * market.Tick < int.MaxValue)
            {
                Insert(levels, side, (int)(ticks * market.Tick), quantity);
            }
        }
    }

    /// <summary>Quotes mostly come best first, so a place is looked for from the end.</summary>
    private static void Insert(List<(int Price, long Quantity)> levels, Side side, int price, long quantity)
    {
        var place = levels.Count;
        while (place > 0 && (side == Side.Buy ? levels[place - 1].Price < price : levels[place - 1].Price > price))
        {
            place--;
        }

        if (place > 0 && levels[place - 1].Price == price)
        {
            levels[place - 1] = (price, levels[place - 1].Quantity + quantity);
        }
        else
        {
            levels.Insert(place, (price, quantity));
        }
    }

    private static long ToTicks(Market market, Side side, decimal price)
    {
        if (DecimalUnits.TryUnits(price, market.Units.PriceDecimals, out var units) && units > 0)
        {
            return side == Side.Buy ? units / market.Tick : ((units - 1) / market.Tick) + 1;
        }

        var exact = price / market.Rules.TickSize;
        return (long)Math.Clamp(side == Side.Buy ? decimal.Floor(exact) : decimal.Ceiling(exact), 0m, int.MaxValue);
    }

    private static long ToLots(Market market, decimal quantity) => DecimalUnits.TryFloor(quantity, market.Units.QuantityDecimals, out var units)
        ? Math.Min(units, MostUnits) / market.Lot * market.Lot
        : (long)(Math.Clamp(quantity, 0m, market.Units.ToQuantity(MostUnits)) / market.Rules.LotSize) * market.Lot;
}
