using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching.Naive;

/// <summary>The market outside, which the house stands for.</summary>
internal sealed partial class NaiveExchange
{
    /// <summary>
    /// New quotes take the place of the old ones. What a level already had keeps its place in the queue; what it grows by comes behind,
    /// and what it shrinks by goes from behind. What the quotes cross, they trade with.
    /// </summary>
    private NaiveReport Quote(SetQuotes command)
    {
        var book = Markets[command.Instrument].Resting;
        List<(Side Side, QuoteLevel Level)> wanted = [.. command.Bids.Select(level => (Side.Buy, level)), .. command.Asks.Select(level => (Side.Sell, level))];
        foreach (var quote in book.Where(order => order.IsQuote).Reverse().ToList())
        {
            var (side, price) = (quote.Request.Side, quote.Request.Price);
            var level = wanted.Where(each => each.Side == side && each.Level.Price == price).Sum(each => each.Level.Quantity);
            var ahead = book.TakeWhile(order => order != quote).Where(order => order.IsQuote && order.Request.Side == side && order.Request.Price == price).Sum(order => order.Remaining);
            var kept = Math.Min(quote.Remaining, level - ahead);
            if (kept <= 0)
            {
                book.Remove(quote);
            }
            else
            {
                quote.Request = quote.Request with { Quantity = quote.Executed + kept };
            }
        }

        foreach (var (side, level) in wanted)
        {
            var had = book.Where(order => order.IsQuote && order.Request.Side == side && order.Request.Price == level.Price).Sum(order => order.Remaining);
            if (level.Quantity > had)
            {
                Match(HouseOrder(command.Instrument, side, level.Price, level.Quantity - had, TimeInForce.GoodTillCanceled));
            }
        }

        return Refused();
    }

    /// <summary>
    /// An outside trade takes what users' orders offer at better prices, whatever the house quotes there, then what waits at its own price, house and
    /// users in turn; what is left of it was a trade among others.
    /// </summary>
    private NaiveReport TradeWithOutside(TradeOutside command)
    {
        var trade = HouseOrder(command.Instrument, command.Aggressor, command.Price, command.Quantity, TimeInForce.ImmediateOrCancel);
        Match(trade, mayBeSplit: false);
        PrintRest(trade);
        return Refused();
    }

    /// <summary>What nobody of the book took was a trade among others.</summary>
    private void PrintRest(NaiveOrder trade)
    {
        if (trade.Remaining > 0)
        {
            var (market, request) = (Markets[trade.Request.Instrument], trade.Request);
            trades.Add(new NaiveTrade(request.Instrument, ++market.Trades, request.Price, trade.Remaining, request.Side));
            See(market, request.Instrument, request.Price);
        }
    }

    private static NaiveOrder HouseOrder(int instrument, Side side, decimal price, decimal quantity, TimeInForce timeInForce) => new()
    {
        Account = House,
        IsQuote = true,
        Request = new OrderRequest { Instrument = instrument, Side = side, Type = OrderType.Limit, Price = price, Quantity = quantity, TimeInForce = timeInForce },
    };
}
