using Trellis.Core.Markets;
using Trellis.Core.Numerics;

namespace Trellis.Core.Strategies.Dca;

/// <summary>The rules in force at the close at which a deal starts, in the integers of matching; they hold for the whole deal.</summary>
internal readonly struct DcaTerms(InstrumentUnits units, InstrumentRules rules)
{
    /// <summary>No order lies at or above this: the highest price that units hold, less room to spare.</summary>
    private const int HighestPrice = int.MaxValue / 2;

    /// <summary>Price units per tick.</summary>
    public int Tick { get; } = units.TickOf(rules);

    public OrderMinimums Minimums { get; } = new(units, rules);

    /// <summary>Fee rates in 10^-12 of notional.</summary>
    public long MakerFee { get; } = Shares.Of(rules.MakerFee);

    public long TakerFee { get; } = Shares.Of(rules.TakerFee);

    /// <summary>The largest multiple of the lot whose notional at a price is at most a size.</summary>
    /// <param name="size">In units of 10^-12 quote.</param>
    /// <param name="price">In price units, above 0.</param>
    public long Quantity(Int128 size, int price) =>
        (long)Int128.Min(size / ((Int128)price * units.NotionalFactor * Minimums.Lot), long.MaxValue / 4 / Minimums.Lot) * Minimums.Lot;

    /// <summary>value ÷ divisor as a price on the tick; 0 where it is not above 0 or beyond the largest price.</summary>
    public int OnTick(Int128 value, Int128 divisor, bool up)
    {
        var price = Shares.Divide(value, divisor * Tick, up) * Tick;
        return price <= 0 || price >= HighestPrice ? 0 : (int)price;
    }
}
