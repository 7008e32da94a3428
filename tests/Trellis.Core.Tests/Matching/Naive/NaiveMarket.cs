using Trellis.Core.Markets;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching.Naive;

/// <summary>One instrument's book: a list of orders in the order in which they came, searched from end to end.</summary>
internal sealed class NaiveMarket
{
    public required MatchingInstrument Info { get; init; }

    public required InstrumentRules Rules { get; set; }

    /// <summary>Open orders of both sides; earlier ones have priority at equal price.</summary>
    public List<NaiveOrder> Resting { get; } = [];

    /// <summary>Conditional orders that wait, by id.</summary>
    public List<NaiveConditional> Waiting { get; } = [];

    public decimal LastPrice { get; set; }

    public decimal MarkPrice { get; set; }

    /// <summary>Mark prices come by command; moves of the market leave them alone.</summary>
    public bool MarkComesFromOutside { get; set; }

    /// <summary>What the exchange counts prices in.</summary>
    public decimal Unit => Core.Matching.Trading.MarketUnits.Of(Info, FillRule.Book).ToPrice(1);

    public bool Halted { get; set; }

    public long Trades { get; set; }

    public decimal Multiplier => Info.Instrument.ContractMultiplier;

    /// <summary>The order that the next trade against this side is with.</summary>
    /// <param name="side">The side of the book.</param>
    /// <param name="except">Orders that are not looked at.</param>
    public NaiveOrder? Best(Side side, Func<NaiveOrder, bool>? except = null)
    {
        NaiveOrder? best = null;
        foreach (var order in Resting)
        {
            if (order.Request.Side == side && except?.Invoke(order) != true && (best is null || IsBetter(side, order.Request.Price, best.Request.Price)))
            {
                best = order;
            }
        }

        return best;
    }

    /// <summary>Price and summed quantity of the side's levels, best first.</summary>
    public List<QuoteLevel> Levels(Side side)
    {
        List<QuoteLevel> levels = [];
        foreach (var order in Resting)
        {
            if (order.Request.Side != side)
            {
                continue;
            }

            var at = levels.FindIndex(level => level.Price == order.Request.Price);
            if (at < 0)
            {
                levels.Add(new QuoteLevel(order.Request.Price, order.Remaining));
            }
            else
            {
                levels[at] = levels[at] with { Quantity = levels[at].Quantity + order.Remaining };
            }
        }

        levels.Sort((one, other) => side.Sign() * other.Price.CompareTo(one.Price));
        return levels;
    }

    /// <summary>Whether an order of this side at this price goes before one at the other price.</summary>
    public static bool IsBetter(Side side, decimal price, decimal other) => side.Sign() * (price - other) > 0;
}
