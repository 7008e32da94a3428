using Trellis.Core.Numerics;

namespace Trellis.Core.Markets;

/// <summary>
/// The integers that an instrument is matched in, and the one place where decimals become ticks and lots.
/// A price is n × 10^-<see cref="PriceDecimals"/>, a quantity n × 10^-<see cref="QuantityDecimals"/>, and
/// price × quantity × <see cref="NotionalFactor"/> is money in units of 10^-12, exactly.
/// </summary>
public sealed class InstrumentUnits
{
    /// <summary>With it, any int price × factor fits a long.</summary>
    private const long LargestFactor = 4_000_000_000;

    private readonly decimal priceScale;
    private readonly decimal quantityScale;

    /// <param name="instrument">All its dated rules must fit the units.</param>
    /// <param name="dataDecimals">Decimals of the candles' prices; rules with a finer tick refine the unit.</param>
    /// <exception cref="ConfigurationException">Tick, lot and multiplier together are finer than 10^-12.</exception>
    public InstrumentUnits(Instrument instrument, int dataDecimals)
    {
        Instrument = instrument;
        PriceDecimals = dataDecimals;
        foreach (var rules in instrument.Rules)
        {
            PriceDecimals = Math.Max(PriceDecimals, DecimalsOf(rules.TickSize));
            QuantityDecimals = Math.Max(QuantityDecimals, DecimalsOf(rules.LotSize));
        }

        var multiplierDecimals = DecimalsOf(instrument.ContractMultiplier);
        if (instrument.FeeCurrency == FeeCurrency.Received)
        {
            QuantityDecimals = Math.Max(QuantityDecimals, Math.Min(8, Money.Decimals - PriceDecimals - multiplierDecimals));
        }

        // A finer unit changes nothing but keeps price × factor within 63 bits, where the arithmetic is fast.
        while (QuantityDecimals + PriceDecimals + multiplierDecimals < Money.Decimals &&
            instrument.ContractMultiplier * PowerOfTen(Money.Decimals - PriceDecimals - QuantityDecimals) > LargestFactor)
        {
            QuantityDecimals++;
        }

        var spare = Money.Decimals - PriceDecimals - QuantityDecimals - multiplierDecimals;
        if (spare < 0)
        {
            throw new ConfigurationException(
                $"{instrument.Id}: prices with {PriceDecimals} decimals, quantities with {QuantityDecimals} and a multiplier with " +
                $"{multiplierDecimals} give amounts finer than 10^-{Money.Decimals}; together at most {Money.Decimals} decimals are allowed");
        }

        if (instrument.ContractMultiplier * PowerOfTen(multiplierDecimals) * PowerOfTen(spare) > LargestFactor)
        {
            throw new ConfigurationException($"{instrument.Id}: contract multiplier {instrument.ContractMultiplier} is too large for prices with {PriceDecimals} decimals");
        }

        priceScale = PowerOfTen(PriceDecimals);
        quantityScale = PowerOfTen(QuantityDecimals);
        NotionalFactor = (long)(instrument.ContractMultiplier * PowerOfTen(multiplierDecimals) * PowerOfTen(spare));
    }

    public Instrument Instrument { get; }

    public int PriceDecimals { get; }

    public int QuantityDecimals { get; }

    /// <summary>Units of 10^-12 quote currency per price unit × quantity unit; at least 1.</summary>
    public long NotionalFactor { get; }

    /// <summary>Value of a quantity at a price.</summary>
    public Int128 Notional(int price, long quantity) => Math.BigMul(price * NotionalFactor, quantity);

    public decimal ToPrice(long price) => DecimalUnits.ToDecimal(price, PriceDecimals);

    public decimal ToQuantity(long quantity) => DecimalUnits.ToDecimal(quantity, QuantityDecimals);

    /// <summary>Exact price units of a decimal price.</summary>
    /// <exception cref="ConfigurationException">The price is not a whole number of units, or out of range.</exception>
    public int FromPrice(decimal price)
    {
        if (DecimalUnits.TryUnits(price, PriceDecimals, out var units) && units is > 0 and < int.MaxValue)
        {
            return (int)units;
        }

        var scaled = price * priceScale;
        return scaled == decimal.Truncate(scaled) && scaled is > 0 and < int.MaxValue
            ? (int)scaled
            : throw new ConfigurationException($"{Instrument.Id}: price {price} is not representable; allowed: above 0, at most {PriceDecimals} decimals, at most {ToPrice(int.MaxValue - 1)}");
    }

    /// <summary>The price unit nearest to a decimal price, halves upward, at least 1 and within the range of prices: for prices that others made.</summary>
    public int NearestPrice(decimal price) => DecimalUnits.TryUnits(price, PriceDecimals, out var units)
        ? (int)Math.Clamp(units, 1, int.MaxValue - 1)
        : (int)Math.Clamp(decimal.Floor((price * priceScale) + 0.5m), 1m, int.MaxValue - 1);

    /// <summary>Largest price unit at or below a decimal price, within the range of prices.</summary>
    public int AtOrBelow(decimal price) => (int)Math.Clamp(decimal.Floor(price / ToPrice(1)), 0m, int.MaxValue - 1);

    /// <summary>Smallest price unit at or above a decimal price, within the range of prices.</summary>
    public int AtOrAbove(decimal price) => (int)Math.Clamp(decimal.Ceiling(price / ToPrice(1)), 0m, int.MaxValue - 1);

    /// <summary>The nearest multiple of the tick size, halves upward; at least one tick.</summary>
    /// <exception cref="ConfigurationException">The price is out of range.</exception>
    public int NearestTick(decimal price, InstrumentRules rules)
    {
        var ticks = decimal.Floor((price / rules.TickSize) + 0.5m);
        return FromPrice(Math.Max(1m, ticks) * rules.TickSize);
    }

    /// <summary>Exact quantity units of a decimal quantity.</summary>
    /// <exception cref="ConfigurationException">The quantity is finer than the unit or out of range.</exception>
    public long FromQuantity(decimal quantity)
    {
        if (DecimalUnits.TryUnits(quantity, QuantityDecimals, out var units) && Math.Abs(units) < long.MaxValue / 4)
        {
            return units;
        }

        var scaled = quantity * quantityScale;
        return scaled == decimal.Truncate(scaled) && Math.Abs(scaled) < long.MaxValue / 4
            ? (long)scaled
            : throw new ConfigurationException($"{Instrument.Id}: quantity {quantity} is not representable with {QuantityDecimals} decimals");
    }

    /// <summary>Price units per tick under the given rules.</summary>
    public int TickOf(InstrumentRules rules) => FromPrice(rules.TickSize);

    /// <summary>Quantity units per lot under the given rules.</summary>
    public long LotOf(InstrumentRules rules) => FromQuantity(rules.LotSize);

    /// <summary>Decimals of a number without trailing zeros: 0.10 has 1.</summary>
    public static int DecimalsOf(decimal value)
    {
        var decimals = 0;
        while (value != decimal.Truncate(value))
        {
            value *= 10;
            decimals++;
        }

        return decimals;
    }

    private static decimal PowerOfTen(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }
}
