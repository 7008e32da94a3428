using Trellis.Core.Numerics;

namespace Trellis.Core.Matching.Accounts;

/// <summary>
/// The mark price of one instrument at which margin balance = Σ maintenance margin, all else equal. Both are straight lines in the price within a
/// tier, so the tiers at the solution of the last round give the next, until they stay.
/// </summary>
internal static class LiquidationPrice
{
    private const int MostRounds = 24;

    /// <summary>0 where no price above 0 liquidates.</summary>
    /// <param name="holding">With a position.</param>
    /// <param name="state">Of the whole account.</param>
    public static decimal Of(Holding holding, in MarginState state)
    {
        var market = holding.Market;
        var slack = new Money(state.Balance - state.Maintenance).ToDecimal();
        for (var slot = 0; slot < 2; slot++)
        {
            slack += new Money(MarginDesk.Maintenance(holding, slot) - MarginDesk.Value(holding, slot)).ToDecimal();
        }

        // slack + Σ quantity × price − Σ (|quantity| × price × rate − deduction) = 0
        var price = market.Units.ToPrice(market.MarkPrice);
        for (var round = 0; round < MostRounds; round++)
        {
            var (constant, slope) = (slack, 0m);
            for (var slot = 0; slot < 2; slot++)
            {
                var quantity = market.Units.ToQuantity(holding[slot].Size) * market.Multiplier;
                var tier = quantity == 0 ? null : market.Tiers.TierOf(Money.FromDecimal(Math.Abs(quantity) * price).Units);
                slope += quantity - (Math.Abs(quantity) * (tier?.MaintenanceRate ?? 0m));
                constant += tier?.MaintenanceDeduction ?? 0m;
            }

            var solution = slope == 0 ? 0m : -constant / slope;
            if (solution <= 0)
            {
                return 0m;
            }

            if (solution == price)
            {
                return price;
            }

            price = Math.Min(solution, 1_000_000_000m);
        }

        return price;
    }
}
