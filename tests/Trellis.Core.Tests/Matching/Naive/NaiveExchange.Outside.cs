using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching.Naive;

/// <summary>The market outside, which the house stands for.</summary>
internal sealed partial class NaiveExchange
{
    /// <summary>New quotes take the place of the old ones, behind the orders that rest at their prices; what they cross, they trade with.</summary>
    private NaiveReport Quote(SetQuotes command)
    {
        Markets[command.Instrument].Resting.RemoveAll(order => order.IsQuote);
        foreach (var (side, levels) in ((Side, IReadOnlyList<QuoteLevel>)[])[(Side.Buy, command.Bids), (Side.Sell, command.Asks)])
        {
            foreach (var level in levels)
            {
                Match(HouseOrder(command.Instrument, side, level.Price, level.Quantity, TimeInForce.GoodTillCanceled));
            }
        }

        return Refused();
    }

    /// <summary>An outside trade takes what users' orders offer at its price or better.</summary>
    private NaiveReport TradeWithOutside(TradeOutside command)
    {
        Match(HouseOrder(command.Instrument, command.Aggressor, command.Price, command.Quantity, TimeInForce.ImmediateOrCancel));
        return Refused();
    }

    private static NaiveOrder HouseOrder(int instrument, Side side, decimal price, decimal quantity, TimeInForce timeInForce) => new()
    {
        Account = House,
        IsQuote = true,
        Request = new OrderRequest { Instrument = instrument, Side = side, Type = OrderType.Limit, Price = price, Quantity = quantity, TimeInForce = timeInForce },
    };
}
