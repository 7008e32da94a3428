namespace Trellis.Core.Markets;

/// <summary>One bracket of an exchange's leverage table; brackets are sorted and the last one has no cap.</summary>
/// <param name="NotionalCap">The bracket holds up to and including this position notional, in quote currency.</param>
/// <param name="MaintenanceRate">Share of the notional that must remain as equity: 0.004 is 0.4 %.</param>
/// <param name="MaintenanceDeduction">Subtracted from notional × rate, in quote currency, so that brackets join without a jump.</param>
/// <param name="MaxLeverage">The highest leverage at which a position may be in this bracket.</param>
public readonly record struct LeverageTier(
    decimal NotionalCap,
    decimal MaintenanceRate,
    decimal MaintenanceDeduction,
    decimal MaxLeverage);
