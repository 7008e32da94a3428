using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.Events;
using Trellis.Core.Matching.Trading;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Synthetic;

/// <summary>
/// Moves the market. A rise is bought by the house: in a few prints along the way it passes through the asks, and ends with the best ask at the new price and the best bid a
/// tick below; a fall mirrors that. So a user's order at the new touch fills by its place in the queue alone, from the volume printed there, and one that lies
/// better than the new touch fills whole.
/// </summary>
internal sealed class MarketMover(Floor floor, Matcher matcher, HouseQuotes quotes)
{
    private const int Prints = 5;

    public void Move(Market market, MoveMarket command)
    {
        var target = market.Units.NearestTick(command.Price, market.Rules);
        var aggressor = AggressorOf(market, target);
        var (bid, ask) = aggressor == Side.Buy ? (target - market.Tick, target) : (target, target + market.Tick);
        PrintPath(market, aggressor, target, LotsOf(market, command.Volume));
        quotes.PassThrough(market, Side.Buy, ask);
        quotes.PassThrough(market, Side.Sell, bid);
        market.LastPrice = target;
        quotes.Replace(market, LadderShape.Of(market, Side.Buy, bid, command.Step), LadderShape.Of(market, Side.Sell, ask, command.Step));
        if (!market.MarkComesFromOutside)
        {
            var index = market.NearestUnit(command.Price);
            SetMark(market, Smoothed(market.MarkPrice, index), index);
        }
    }

    /// <summary>Mark and index prices from outside hold from now on.</summary>
    public void SetMark(Market market, SetMarkPrice command)
    {
        market.MarkComesFromOutside = true;
        SetMark(market, market.NearestUnit(command.MarkPrice), market.NearestUnit(command.IndexPrice));
    }

    public void SetMark(Market market, int mark, int index)
    {
        if (mark == market.MarkPrice && index == market.IndexPrice)
        {
            return;
        }

        market.MarkPrice = mark;
        market.IndexPrice = index;
        floor.Tell(new MarkPriceChanged(floor.Time, market.Index, market.Units.ToPrice(mark), market.Units.ToPrice(index)));
        foreach (var account in floor.Accounts)
        {
            if (!account.IsHouse && account.On(market).HasPosition)
            {
                floor.NoteExposure(account);
            }
        }
    }

    /// <summary>Half way from the mark to the index, the last unit included: after a jump the mark follows within a few moves.</summary>
    private static int Smoothed(int mark, int index) => index - ((index - mark) / 2);

    /// <summary>A rise is bought, a fall is sold; at an unchanged price the touch that stands there is hit.</summary>
    private static Side AggressorOf(Market market, int target)
    {
        if (target <= market.Tick)
        {
            return Side.Sell;
        }

        return target != market.LastPrice
            ? Sides.FromSign(target - market.LastPrice)
            : market.Book.Asks.Best?.Price == target ? Side.Buy : Side.Sell;
    }

    private void PrintPath(Market market, Side aggressor, int target, long volume)
    {
        var from = (long)market.LastPrice;
        var part = volume / market.Lot / Prints * market.Lot;
        for (var i = 1; i <= Prints; i++)
        {
            var quantity = i < Prints ? part : volume - ((Prints - 1) * part);
            var price = i == Prints ? target : (int)((from + ((target - from) * i / Prints)) / market.Tick * market.Tick);
            if (quantity == 0 || price <= 0)
            {
                continue;
            }

            quotes.PassThrough(market, aggressor, price);
            var taker = matcher.HouseOrder(market, aggressor, price, quantity);
            matcher.Take(taker);
            if (taker.Remaining > 0)
            {
                matcher.Print(market, aggressor, price, taker.Remaining);
            }
        }
    }

    private static long LotsOf(Market market, decimal volume) =>
        (long)(Math.Clamp(volume, 0m, market.Units.ToQuantity(1_000_000_000_000_000)) / market.Rules.LotSize) * market.Lot;
}
