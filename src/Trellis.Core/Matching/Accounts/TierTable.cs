using Trellis.Core.Markets;
using Trellis.Core.Numerics;

namespace Trellis.Core.Matching.Accounts;

/// <summary>An instrument's leverage tiers in money units (docs/backtest.md, section 6).</summary>
internal sealed class TierTable
{
    /// <summary>Highest leverage of an instrument without tiers.</summary>
    private const int AnyLeverage = 125;

    private readonly LeverageTier[] tiers;
    private readonly Int128[] caps;
    private readonly Int128[] deductions;
    private readonly Rate[] rates;

    public TierTable(IReadOnlyList<LeverageTier> table)
    {
        tiers = [.. table];
        caps = [.. table.Select(tier => tier.NotionalCap > 1e15m ? Int128.MaxValue : Money.FromDecimal(tier.NotionalCap).Units)];
        deductions = [.. table.Select(tier => Money.FromDecimal(tier.MaintenanceDeduction).Units)];
        rates = [.. table.Select(tier => new Rate(tier.MaintenanceRate))];
    }

    public int MaxLeverage => tiers.Length == 0 ? AnyLeverage : (int)tiers.Max(tier => tier.MaxLeverage);

    /// <summary>The tier that a notional lies in; beyond all caps the last. Null without tiers.</summary>
    public LeverageTier? TierOf(Int128 notional) => tiers.Length == 0 ? null : tiers[IndexOf(notional)];

    /// <summary>Notional × rate − deduction of its tier, rounded up, at least 0.</summary>
    public Int128 Maintenance(Int128 notional)
    {
        if (tiers.Length == 0 || notional == 0)
        {
            return 0;
        }

        var index = IndexOf(notional);
        return Int128.Max(0, rates[index].UpOf(notional) - deductions[index]);
    }

    /// <summary>
    /// The most notional that a leverage allows: the cap of the highest tier that allows it; none for the last tier or without a table, 0 where no tier allows it.
    /// </summary>
    public Int128 CapAt(int leverage)
    {
        if (tiers.Length == 0 || tiers[^1].MaxLeverage >= leverage)
        {
            return Int128.MaxValue;
        }

        Int128 cap = 0;
        for (var i = 0; i < tiers.Length; i++)
        {
            cap = tiers[i].MaxLeverage >= leverage ? caps[i] : cap;
        }

        return cap;
    }

    private int IndexOf(Int128 notional)
    {
        var index = 0;
        while (index < tiers.Length - 1 && notional > caps[index])
        {
            index++;
        }

        return index;
    }
}
