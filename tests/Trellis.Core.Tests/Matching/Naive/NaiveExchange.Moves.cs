using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Orders;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching.Naive;

/// <summary>The synthetic market, told a second time from docs/simulator-markets.md, section 3.</summary>
internal sealed partial class NaiveExchange
{
    private const int Prints = 5;

    private NaiveReport Move(MoveMarket command)
    {
        var market = Markets[command.Instrument];
        var (tick, target) = (market.Rules.TickSize, command.Price);
        var side = target != market.LastPrice ? (target > market.LastPrice ? Side.Buy : Side.Sell)
            : market.Best(Side.Sell)?.Request.Price == target ? Side.Buy : Side.Sell;
        Walk(market, command, side);
        var (bid, ask) = side == Side.Buy ? (target - tick, target) : (target, target + tick);
        PassThrough(command.Instrument, Side.Buy, ask);
        PassThrough(command.Instrument, Side.Sell, bid);
        See(market, command.Instrument, target);
        Quote(new SetQuotes(
            command.Time, command.Instrument, NaiveLadder.Of(market, command.Instrument, Side.Buy, bid, command.Step), NaiveLadder.Of(market, command.Instrument, Side.Sell, ask, command.Step)));
        if (!market.MarkComesFromOutside)
        {
            // Half way, the last unit included.
            SeeMark(command.Instrument, target - (decimal.Truncate((target - market.MarkPrice) / 2m / market.Unit) * market.Unit));
        }

        return Refused();
    }

    /// <summary>Five prints along the way, in whole lots, the rest with the last.</summary>
    private void Walk(NaiveMarket market, MoveMarket command, Side side)
    {
        var (tick, lot) = (market.Rules.TickSize, market.Rules.LotSize);
        var (from, way) = (market.LastPrice, command.Price - market.LastPrice);
        var volume = decimal.Floor(command.Volume / lot) * lot;
        var part = decimal.Floor(volume / (Prints * lot)) * lot;
        for (var print = 1; print <= Prints; print++)
        {
            var last = print == Prints;
            var quantity = last ? volume - ((Prints - 1) * part) : part;
            var price = last ? command.Price : decimal.Floor((from + (decimal.Truncate(way * print / Prints / market.Unit) * market.Unit)) / tick) * tick;
            if (quantity > 0 && price > 0)
            {
                PassThrough(command.Instrument, side, price);
                var trade = HouseOrder(command.Instrument, side, price, quantity, TimeInForce.ImmediateOrCancel);
                Match(trade);
                PrintRest(trade);
            }
        }
    }

    /// <summary>The house's quotes better than the price are gone; users' orders there fill whole, each at its own price.</summary>
    private void PassThrough(int instrument, Side aggressor, decimal price)
    {
        var (market, side) = (Markets[instrument], aggressor.Opposite());
        while (market.Best(side) is { } maker && NaiveMarket.IsBetter(side, maker.Request.Price, price))
        {
            if (maker.IsQuote)
            {
                market.Resting.Remove(maker);
            }
            else if (fault == NaiveFault.MoveSkipsOrders)
            {
                return;
            }
            else
            {
                Match(HouseOrder(instrument, aggressor, maker.Request.Price, maker.Remaining, TimeInForce.ImmediateOrCancel));
                if (maker.IsOpen)
                {
                    // Only an exchange that is broken on purpose leaves it there.
                    return;
                }
            }
        }
    }
}
