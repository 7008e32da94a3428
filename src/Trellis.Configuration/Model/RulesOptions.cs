using Trellis.Core.Options;

namespace Trellis.Configuration.Model;

/// <summary>What differs from the catalogue's rules from a date on; what is left out stays as it was.</summary>
[Meaning("What an exchange demands of orders from a date on; what is left out stays as it was.")]
public sealed record RulesOptions
{
    [Meaning("These values hold from this instant on, UTC. Default: always.", Example = "2020-01-01")]
    public DateTimeOffset? ValidFrom { get; init; }

    [Meaning("Prices are multiples of this, in quote currency.", Example = "0.1")]
    [Bounds(Above = "0")]
    public decimal? TickSize { get; init; }

    [Meaning("Quantities are multiples of this, in base currency or contracts.", Example = "0.001")]
    [Bounds(Above = "0")]
    public decimal? LotSize { get; init; }

    [Meaning("Smallest quantity of an order.", Example = "0.001")]
    [Bounds(AtLeast = "0")]
    public decimal? MinQuantity { get; init; }

    [Meaning("Smallest price × quantity of an order, in quote currency.", Example = "100")]
    [Bounds(AtLeast = "0")]
    public decimal? MinNotional { get; init; }

    [Meaning("Fee of a fill that adds liquidity, in percent of notional; below 0 is a rebate.", Example = "0.02")]
    [Bounds(AtLeast = "-1", AtMost = "10")]
    public decimal? MakerFeePercent { get; init; }

    [Meaning("Fee of a fill that takes liquidity, in percent of notional.", Example = "0.05")]
    [Bounds(AtLeast = "-1", AtMost = "10")]
    public decimal? TakerFeePercent { get; init; }
}
