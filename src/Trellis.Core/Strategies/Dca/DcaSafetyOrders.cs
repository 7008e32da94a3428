using Trellis.Core.Orders;

namespace Trellis.Core.Strategies.Dca;

/// <summary>
/// The safety orders of a deal. They are placed one after the other, at most so many at once; each is looked at once, so that a
/// deal costs a step per order however often the bot is asked.
/// </summary>
internal sealed class DcaSafetyOrders(DcaLadder ladder, DcaOrders orders, int mostActive, int direction)
{
    private readonly int[] prices = new int[ladder.Count];
    private readonly long[] left = new long[ladder.Count];

    /// <summary>The first that has not been placed or passed over yet.</summary>
    private int next;
    private int active;
    private int basePrice;
    private Int128 firstSize;

    /// <summary>How many have filled whole in this deal.</summary>
    public int Filled { get; private set; }

    /// <param name="fillPrice">Of the base order, in price units.</param>
    /// <param name="size">Notional of the first safety order in units of 10^-12 quote.</param>
    public void Begin(int fillPrice, Int128 size)
    {
        basePrice = fillPrice;
        firstSize = size;
        next = 0;
        active = 0;
        Filled = 0;
    }

    public void Take(StrategyLane lane, in OwnFill fill)
    {
        var n = fill.Slot;
        left[n] -= fill.Quantity;
        if (left[n] > 0)
        {
            lane.Plan.Set(n, orders.Entry(prices[n], left[n]));
        }
        else
        {
            active--;
            Filled++;
        }
    }

    /// <summary>Places what may rest besides the orders that do already.</summary>
    /// <param name="lane">Plan to edit.</param>
    /// <param name="terms">Of the deal.</param>
    /// <param name="stop">Price of the stop loss, 0 for none: nothing is placed at or beyond it.</param>
    public void Plan(StrategyLane lane, in DcaTerms terms, int stop)
    {
        while (next < prices.Length && active < mostActive)
        {
            var price = ladder.Price(next, basePrice, terms);
            if (price == 0 || (stop != 0 && direction * ((long)price - stop) <= 0))
            {
                return;
            }

            var quantity = terms.Quantity(ladder.Size(next, firstSize), price);
            if (terms.Minimums.Accept(quantity, price))
            {
                prices[next] = price;
                left[next] = quantity;
                lane.Plan.Set(next, orders.Entry(price, quantity));
                active++;
            }

            next++;
        }
    }
}
