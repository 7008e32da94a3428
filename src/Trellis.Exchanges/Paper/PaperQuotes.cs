using Trellis.Core.Matching;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Exchanges.Paper;

/// <summary>
/// Makes the book follow an exchange's best prices. A resting order fills whole, at its own price, when the opposite best price has gone strictly through it; a touch fills nothing,
/// for nobody knows who stood before it. Behind each best price stand ten levels, a tick apart, of 50,000 in quote currency each, for market orders to take.
/// The mark price, which triggers and margin go by, is the mean of the two. Nothing is printed: the numbers of trades are those of the account's fills alone, and come back from the file.
/// </summary>
internal static class PaperQuotes
{
    public const int Levels = 10;
    public const decimal LevelWorth = 50_000m;

    /// <param name="bid">Above 0, as is <paramref name="ask"/>, which is not below it.</param>
    /// <param name="resting">Highest open buy and lowest open sell of the account; 0 and <see cref="decimal.MaxValue"/> for none.</param>
    /// <param name="apply">Carries a command out at once.</param>
    public static void Follow(MatchingEngine engine, AccountId account, int instrument, decimal bid, decimal ask, (decimal Buy, decimal Sell) resting, long time, Action<MatchingCommand> apply)
    {
        var definition = engine.Instruments[instrument].Instrument;
        var rules = definition.RulesAt(DateTimeOffset.FromUnixTimeMilliseconds(time));
        var tick = rules.TickSize;
        var (bestBid, bestAsk) = (decimal.Floor(bid / tick) * tick, decimal.Ceiling(ask / tick) * tick);
        bestAsk = Math.Max(bestAsk, bestBid + tick);
        IReadOnlyList<Order> met = resting.Sell <= bestBid || resting.Buy >= bestAsk ? engine.OpenOrders(account, instrument) : [];
        var sold = met.Where(order => order.Request.Side == Side.Sell && order.Request.Price < bestBid).Sum(order => order.RemainingQuantity);
        var bought = met.Where(order => order.Request.Side == Side.Buy && order.Request.Price > bestAsk).Sum(order => order.RemainingQuantity);
        if (sold > 0 || bought > 0)
        {
            // What stands from before must not count towards what the orders take.
            apply(new SetQuotes(time, instrument, [], []));
        }

        var lots = decimal.Floor(LevelWorth / (bestBid > 0 ? bestBid : bestAsk) / definition.ContractMultiplier / rules.LotSize);
        var quantity = Math.Max(1m, lots) * rules.LotSize;
        var bids = Ladder(bestBid, -tick, quantity, sold, met.Any(order => order.Request.Side == Side.Sell && order.Request.Price == bestBid));
        var asks = Ladder(bestAsk, tick, quantity, bought, met.Any(order => order.Request.Side == Side.Buy && order.Request.Price == bestAsk));
        apply(new SetQuotes(time, instrument, bids, asks));

        var mark = (bid + ask) / 2m;
        apply(new SetMarkPrice(time, instrument, mark, mark));
    }

    /// <param name="taken">What the account's orders take of the first level before it stands.</param>
    /// <param name="isTouched">Whether an order of the account rests at the best price, on the other side: then that level is left out.</param>
    private static List<QuoteLevel> Ladder(decimal best, decimal step, decimal quantity, decimal taken, bool isTouched)
    {
        var levels = new List<QuoteLevel>(Levels);
        for (var i = isTouched ? 1 : 0; i < Levels && best + (i * step) > 0; i++)
        {
            levels.Add(new QuoteLevel(best + (i * step), quantity + (levels.Count == 0 ? taken : 0m)));
        }

        return levels;
    }
}
