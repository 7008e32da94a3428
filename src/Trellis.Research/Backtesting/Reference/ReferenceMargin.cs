using Trellis.Core.Accounts.Ledger;
using Trellis.Core.Markets;
using Trellis.Core.Orders;

namespace Trellis.Research.Backtesting.Reference;

/// <summary>What a wallet can carry (docs/backtest.md, section 6).</summary>
internal static class ReferenceMargin
{
    /// <summary>Whether a fill that enlarges a position may happen; nothing is booked yet.</summary>
    public static bool CanCarry(
        IReadOnlyList<ReferenceLane> lanes, ReferenceLane lane, PositionSide side, in LedgerFill fill, in PositionChange change, decimal wallet, int candle)
    {
        if (lane.IsSpot)
        {
            // A base fee costs no quote currency beyond the notional, of which it is a part.
            var quoteFee = fill.BaseFee == 0 ? -fill.Fee : 0m;
            return wallet - SpotCost(lanes) >= ExactDecimal.Product(fill.Price, fill.Quantity, lane.Multiplier) + quoteFee;
        }

        var margin = 0m;
        var equity = wallet + change.Realized + fill.Fee - SpotCost(lanes);
        foreach (var other in lanes.Where(other => !other.IsSpot))
        {
            var price = other == lane ? fill.Price : other.Units.ToPrice(other.Close(candle - 1));
            var notional = 0m;
            foreach (var otherSide in other.Sides)
            {
                var position = other == lane && otherSide == side ? change.After : other.Position(otherSide);
                var value = position.Notional(price, other.Multiplier);
                equity += position.Unrealized(price, other.Multiplier);
                margin += ExactDecimal.QuotientUp(value, other.Bot.Leverage);
                notional += value;
            }

            if (other == lane && notional > NotionalCap(lane.Instrument.LeverageTiers, lane.Bot.Leverage))
            {
                return false;
            }
        }

        return equity >= margin;
    }

    /// <summary>Whether the account must be liquidated with the given marks.</summary>
    public static bool MustLiquidate(IReadOnlyList<ReferenceLane> lanes, Func<ReferenceLane, int> mark, decimal wallet)
    {
        var equity = wallet - SpotCost(lanes);
        var maintenance = 0m;
        var anyPosition = false;
        foreach (var lane in lanes.Where(lane => !lane.IsSpot))
        {
            var price = lane.Units.ToPrice(mark(lane));
            foreach (var side in lane.Sides)
            {
                var position = lane.Position(side);
                anyPosition |= position.Size != 0;
                equity += position.Unrealized(price, lane.Multiplier);
                maintenance += Maintenance(lane.Instrument.LeverageTiers, position.Notional(price, lane.Multiplier));
            }
        }

        return anyPosition && equity < maintenance;
    }

    private static decimal Maintenance(IReadOnlyList<LeverageTier> tiers, decimal notional)
    {
        if (notional == 0 || tiers.Count == 0)
        {
            return 0m;
        }

        var tier = tiers[^1];
        for (var i = tiers.Count - 1; i >= 0; i--)
        {
            tier = tiers[i].NotionalCap >= notional ? tiers[i] : tier;
        }

        return Math.Max(0m, ExactDecimal.ProductUp(notional, tier.MaintenanceRate, tier.MaintenanceDeduction));
    }

    /// <summary>Cap of the highest tier that allows the leverage; none for the last tier or without a table; 0 where no tier allows it.</summary>
    private static decimal NotionalCap(IReadOnlyList<LeverageTier> tiers, decimal leverage)
    {
        if (tiers.Count == 0 || tiers[^1].MaxLeverage >= leverage)
        {
            return decimal.MaxValue;
        }

        var cap = 0m;
        foreach (var tier in tiers)
        {
            cap = tier.MaxLeverage >= leverage ? tier.NotionalCap : cap;
        }

        return cap;
    }

    private static decimal SpotCost(IReadOnlyList<ReferenceLane> lanes) =>
        lanes.Where(lane => lane.IsSpot).Sum(lane => lane.Sides.Sum(side => lane.Position(side).SignedCost));
}
