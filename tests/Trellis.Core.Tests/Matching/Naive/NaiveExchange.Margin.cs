namespace Trellis.Core.Tests.Matching.Naive;

/// <summary>The one question of margin that has one answer: who has to be liquidated.</summary>
internal sealed partial class NaiveExchange
{
    /// <summary>Wallet + unrealized profit &lt; Σ (notional × rate − deduction) of the tiers that hold the positions, at mark prices; the house is never liquidated.</summary>
    public bool IsBelowMaintenance(NaiveAccount account)
    {
        if (account.Id == House)
        {
            return false;
        }

        var (equity, maintenance) = (account.Wallet, 0m);
        foreach (var (instrument, position) in account.Positions)
        {
            var market = Markets[instrument];
            var value = position.Size * market.MarkPrice * market.Multiplier;
            var notional = Math.Abs(value);
            var tier = market.Info.Instrument.LeverageTiers.First(each => notional <= each.NotionalCap);
            equity += value + position.SignedCost;
            maintenance += (notional * tier.MaintenanceRate) - tier.MaintenanceDeduction;
        }

        return equity < maintenance;
    }
}
