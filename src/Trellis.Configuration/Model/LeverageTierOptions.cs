using Trellis.Core.Options;

namespace Trellis.Configuration.Model;

/// <summary>One bracket of a leverage table.</summary>
[Meaning("One bracket of a leverage table.")]
public sealed record LeverageTierOptions
{
    [Meaning("The bracket holds up to this position notional, in quote currency. Only the last may leave it out.", Example = "50000")]
    [Bounds(Above = "0")]
    public decimal? NotionalCap { get; init; }

    [Meaning("Equity that must remain, in percent of the notional.", Example = "0.4")]
    [Bounds(Above = "0", AtMost = "100")]
    public required decimal MaintenancePercent { get; init; }

    [Meaning("Subtracted from notional × percent, in quote currency, so that brackets join without a jump.", Example = "0")]
    [Bounds(AtLeast = "0")]
    public decimal MaintenanceDeduction { get; init; }

    [Meaning("The highest leverage of a position in this bracket.", Example = "125")]
    [Bounds(AtLeast = "1", AtMost = "1000")]
    public required decimal MaxLeverage { get; init; }
}
