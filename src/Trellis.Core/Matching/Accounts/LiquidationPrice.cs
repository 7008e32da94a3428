using Trellis.Core.Markets;
using Trellis.Core.Numerics;

namespace Trellis.Core.Matching.Accounts;

/// <summary>
/// The mark price of one instrument at which margin balance = Σ maintenance margin, all else equal. Both are straight lines in the price within a
/// tier, so the tiers at the solution of the last round give the next, until they stay. The rounds are in double; the last solution is exact.
/// </summary>
internal static class LiquidationPrice
{
    private const int MostRounds = 24;

    /// <summary>A solution this high is never reached.</summary>
    private const decimal Beyond = 1_000_000_000_000m;

    /// <summary>0 where no price above 0 liquidates.</summary>
    /// <param name="holding">With a position.</param>
    /// <param name="state">Of the whole account.</param>
    public static decimal Of(Holding holding, in MarginState state)
    {
        var market = holding.Market;
        var slack = state.Balance - state.Maintenance;
        for (var slot = 0; slot < 2; slot++)
        {
            slack += MarginDesk.Maintenance(holding, slot) - MarginDesk.Value(holding, slot);
        }

        var constant = new Money(slack).ToDecimal();
        var (first, second) = (market.Units.ToQuantity(holding[0].Size) * market.Multiplier, market.Units.ToQuantity(holding[1].Size) * market.Multiplier);
        var tiers = (First: TierAt(holding, 0, market.MarkPrice), Second: TierAt(holding, 1, market.MarkPrice));
        for (var round = 0; round < MostRounds; round++)
        {
            var price = Solve((double)constant, (double)first, (double)second, tiers.First, tiers.Second, (double)market.Units.ToPrice(1));
            var next = (TierAt(holding, 0, price), TierAt(holding, 1, price));
            if (next == tiers)
            {
                break;
            }

            tiers = next;
        }

        // constant + Σ quantity × price − Σ (|quantity| × price × rate − deduction) = 0
        var slope = first + second - (Math.Abs(first) * tiers.First.MaintenanceRate) - (Math.Abs(second) * tiers.Second.MaintenanceRate);
        var needed = constant + tiers.First.MaintenanceDeduction + tiers.Second.MaintenanceDeduction;
        return Math.Abs(needed) / Beyond >= Math.Abs(slope) ? 0m : Math.Max(0m, -needed / slope);
    }

    /// <summary>In price units, within their range.</summary>
    private static int Solve(double constant, double first, double second, in LeverageTier firstTier, in LeverageTier secondTier, double unit)
    {
        var slope = first + second - (Math.Abs(first) * (double)firstTier.MaintenanceRate) - (Math.Abs(second) * (double)secondTier.MaintenanceRate);
        var price = -(constant + (double)firstTier.MaintenanceDeduction + (double)secondTier.MaintenanceDeduction) / slope / unit;
        return double.IsFinite(price) ? (int)Math.Clamp(price, 0, int.MaxValue - 1) : 0;
    }

    /// <summary>The tier that a position would lie in at a price; one without a rate where there is no position or no table.</summary>
    private static LeverageTier TierAt(Holding holding, int slot, int price) => holding[slot].Size == 0
        ? default
        : holding.Market.Tiers.TierOf(Int128.Abs(holding.Market.Notional(price, holding[slot].Size))) ?? default;
}
