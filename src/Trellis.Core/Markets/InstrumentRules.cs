namespace Trellis.Core.Markets;

/// <summary>What an exchange demands of orders on an instrument, from a date on.</summary>
public sealed record InstrumentRules
{
    /// <summary>These rules hold from this instant, until the next rules do.</summary>
    public DateTimeOffset ValidFrom { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Prices are multiples of this, in quote currency; above 0.</summary>
    public required decimal TickSize { get; init; }

    /// <summary>Quantities are multiples of this, in base currency or contracts; above 0.</summary>
    public required decimal LotSize { get; init; }

    /// <summary>Smallest quantity of an order; at least 0.</summary>
    public decimal MinQuantity { get; init; }

    /// <summary>Smallest price × quantity × multiplier of an order, in quote currency; at least 0.</summary>
    public decimal MinNotional { get; init; }

    /// <summary>Fee of a fill that added liquidity, as a share of notional: 0.0002 is 0.02 %.</summary>
    public required decimal MakerFee { get; init; }

    /// <summary>Fee of a fill that took liquidity, as a share of notional.</summary>
    public required decimal TakerFee { get; init; }
}
