using Trellis.Core.Markets;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Core.Strategies;

/// <summary>
/// One instrument as a strategy sees it: what is true at a close, and the plan to edit. The shell fills it in
/// before each asking; a strategy changes nothing but <see cref="Plan"/>.
/// </summary>
public sealed class StrategyLane(InstrumentUnits units, OrderPlan plan)
{
    public InstrumentUnits Units { get; } = units;

    public OrderPlan Plan { get; } = plan;

    /// <summary>The rules in force at the close.</summary>
    public required InstrumentRules Rules { get; set; }

    /// <summary>Index of the candle in the lane's own columns (<see cref="LaneColumns"/>).</summary>
    public int Candle { get; set; }

    /// <summary>The latest close, in price units; in a hole the last close before it.</summary>
    public int Close { get; set; }

    /// <summary>
    /// Whether an own fill is younger than the close: a live bot is told of fills at once, between two closes. Nothing that was bought or sold
    /// since may be measured by such a close, and nothing begun from it: the next one will do. Never so in a backtest.
    /// </summary>
    public bool IsCloseOld { get; set; }

    /// <summary>Position of the bot in quantity units, signed; in hedge mode long minus short.</summary>
    public long NetPosition => LongPosition - ShortPosition;

    /// <summary>Size of the long position, at least 0.</summary>
    public long LongPosition { get; set; }

    /// <summary>Size of the short position, at least 0.</summary>
    public long ShortPosition { get; set; }

    /// <summary>
    /// Realized + fees + funding of the bot on this instrument, minus the cost of its long and plus that of its
    /// short position: with the position's value at a price added, its profit and loss at that price.
    /// </summary>
    public Int128 ProfitBase { get; set; }

    /// <summary>Profit and loss of the bot on this instrument at a price: realized + unrealized + fees + funding.</summary>
    public Money ProfitAt(int price) => new(ProfitBase + Units.Notional(price, NetPosition));
}
