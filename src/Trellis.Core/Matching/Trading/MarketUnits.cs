using Trellis.Core.Markets;
using Trellis.Core.Numerics;

namespace Trellis.Core.Matching.Trading;

/// <summary>The units that an exchange matches an instrument in.</summary>
internal static class MarketUnits
{
    /// <summary>Decimals beyond the tick's, where they fit, so that mark prices are finer than the tick.</summary>
    private const int Finer = 2;

    /// <summary>How far beyond the start price a price must still be representable.</summary>
    private const decimal Reach = 20m;

    /// <summary>Units of the ticks, lots and data; a book's prices are up to two decimals finer, candles' are exactly those of the data.</summary>
    public static InstrumentUnits Of(MatchingInstrument definition, FillRule rule)
    {
        var units = new InstrumentUnits(definition.Instrument, definition.DataDecimals);
        if (rule == FillRule.Candle)
        {
            return units;
        }

        var farthest = Math.Max(definition.StartPrice * Reach, definition.MaxPrice);
        var decimals = units.PriceDecimals;
        var spare = Money.Decimals - decimals - units.QuantityDecimals - InstrumentUnits.DecimalsOf(definition.Instrument.ContractMultiplier);
        var unit = units.ToPrice(1);
        for (var i = 0; i < Math.Min(Finer, spare) && farthest / (unit / 10m) < int.MaxValue; i++)
        {
            decimals++;
            unit /= 10m;
        }

        return new InstrumentUnits(definition.Instrument, decimals);
    }
}
