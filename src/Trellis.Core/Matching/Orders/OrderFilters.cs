using Trellis.Core.Markets;
using Trellis.Core.Matching.Trading;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Orders;

/// <summary>What an instrument demands of prices and quantities, and their way from decimals into integers.</summary>
internal static class OrderFilters
{
    /// <summary>Quantity units that no order may exceed, so that sums of notionals stay in range.</summary>
    private const long MostUnits = 1_000_000_000_000_000;

    /// <summary>Notional that no order may exceed, in quote currency.</summary>
    private const decimal MostNotional = 1_000_000_000_000m;

    /// <summary>A limit price on the tick, within the instrument's bounds and not wrong by far: no buy above the band around the mark price, no sell below it.</summary>
    public static Refusal? CheckPrice(Market market, Side side, decimal price, out int units)
    {
        if (CheckTick(market, price, out units) is { } refusal)
        {
            return refusal;
        }

        var definition = market.Definition;
        var mark = market.Units.ToPrice(market.MarkPrice);
        if (side == Side.Buy && definition.PriceBandUp > 0 && price > mark * definition.PriceBandUp)
        {
            return new Refusal(RefusalReason.PriceAboveBand, $"price {price} is above {mark * definition.PriceBandUp}, the mark price {mark} × {definition.PriceBandUp}");
        }

        return side == Side.Sell && price < mark * definition.PriceBandDown
            ? new Refusal(RefusalReason.PriceBelowBand, $"price {price} is below {mark * definition.PriceBandDown}, the mark price {mark} × {definition.PriceBandDown}")
            : null;
    }

    /// <summary>A price on the tick and within the instrument's bounds.</summary>
    public static Refusal? CheckTick(Market market, decimal price, out int units)
    {
        units = 0;
        var definition = market.Definition;
        var tick = market.Rules.TickSize;
        if (price <= 0)
        {
            return new Refusal(RefusalReason.PriceNotPositive, $"price {price}; it must be above 0");
        }

        if (price < definition.MinPrice)
        {
            return new Refusal(RefusalReason.PriceBelowMinimum, $"price {price} is below the least, {definition.MinPrice}");
        }

        var most = definition.MaxPrice > 0 ? Math.Min(definition.MaxPrice, market.Units.ToPrice(int.MaxValue - 1)) : market.Units.ToPrice(int.MaxValue - 1);
        if (price > most)
        {
            return new Refusal(RefusalReason.PriceAboveMaximum, $"price {price} is above the most, {most}");
        }

        if (price % tick != 0)
        {
            return InstrumentUnits.DecimalsOf(price) > InstrumentUnits.DecimalsOf(tick)
                ? new Refusal(RefusalReason.PriceTooManyDecimals, $"price {price} has more decimals than the tick size {tick}")
                : new Refusal(RefusalReason.PriceNotOnTick, $"price {price} is no multiple of the tick size {tick}");
        }

        units = market.Units.FromPrice(price);
        return null;
    }

    /// <summary>A quantity in lots, within the instrument's bounds, and worth enough unless it only reduces.</summary>
    /// <param name="price">The limit or, of a market order, the price that it is judged at.</param>
    public static Refusal? CheckQuantity(Market market, decimal quantity, bool isMarket, bool reduces, decimal price, out long units)
    {
        units = 0;
        var rules = market.Rules;
        if (quantity <= 0)
        {
            return new Refusal(RefusalReason.QuantityNotPositive, $"quantity {quantity}; it must be above 0");
        }

        if (quantity < rules.MinQuantity)
        {
            return new Refusal(RefusalReason.QuantityBelowMinimum, $"quantity {quantity} is below the least, {rules.MinQuantity}");
        }

        var most = isMarket ? market.Definition.MaxMarketQuantity : market.Definition.MaxQuantity;
        var ceiling = Math.Min(market.Units.ToQuantity(MostUnits), MostNotional / Math.Max(price, 1m) / market.Multiplier);
        most = most > 0 ? Math.Min(most, ceiling) : ceiling;
        if (quantity > most)
        {
            return new Refusal(RefusalReason.QuantityAboveMaximum, $"quantity {quantity} is above the most, {most}");
        }

        if (quantity % rules.LotSize != 0)
        {
            return InstrumentUnits.DecimalsOf(quantity) > InstrumentUnits.DecimalsOf(rules.LotSize)
                ? new Refusal(RefusalReason.QuantityTooManyDecimals, $"quantity {quantity} has more decimals than the lot size {rules.LotSize}")
                : new Refusal(RefusalReason.QuantityNotOnLot, $"quantity {quantity} is no multiple of the lot size {rules.LotSize}");
        }

        var notional = quantity * price * market.Multiplier;
        if (!reduces && notional < rules.MinNotional)
        {
            return new Refusal(RefusalReason.NotionalBelowMinimum, $"price × quantity is {notional}; the least is {rules.MinNotional}");
        }

        units = market.Units.FromQuantity(quantity);
        return null;
    }
}
