using Trellis.Core.Numerics;

namespace Trellis.Core.Markets;

/// <summary>What an exchange takes as an order under given rules, in the integers of matching.</summary>
public readonly struct OrderMinimums
{
    private readonly long notionalFactor;

    public OrderMinimums(InstrumentUnits units, InstrumentRules rules)
    {
        notionalFactor = units.NotionalFactor;
        Lot = units.LotOf(rules);
        Quantity = units.FromQuantity(decimal.Ceiling(rules.MinQuantity / rules.LotSize) * rules.LotSize);
        Notional = Money.FromDecimal(rules.MinNotional).Units;
    }

    /// <summary>Quantity units per lot.</summary>
    public long Lot { get; }

    /// <summary>Least quantity of an order, in quantity units: a multiple of the lot.</summary>
    public long Quantity { get; }

    /// <summary>Least notional of an order in units of 10^-12 quote.</summary>
    public Int128 Notional { get; }

    /// <summary>A quantity rounded down to lots.</summary>
    public long WholeLots(long quantity) => quantity / Lot * Lot;

    /// <summary>Whether the exchange takes an order of this quantity at this price.</summary>
    public bool Accept(long quantity, int price) =>
        quantity > 0 && quantity >= Quantity && Math.BigMul(price * notionalFactor, quantity) >= Notional;
}
