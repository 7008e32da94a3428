using Trellis.Core.Markets;
using Trellis.Core.Numerics;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>Initial and maintenance margin of one lane, in money units (10^-12 quote), exact.</summary>
internal sealed class MarginTable
{
    private readonly long leverageHundredths;
    private readonly Tier[] tiers;
    private readonly double[] roughCaps;
    private readonly double[] highestRates;

    public MarginTable(Instrument instrument, decimal leverage)
    {
        leverageHundredths = (long)(leverage * 100);
        tiers = [.. instrument.LeverageTiers.Select(tier => new Tier(tier))];
        roughCaps = [.. tiers.Select(tier => Estimate.Of(tier.Cap))];
        highestRates = new double[tiers.Length];
        for (var i = 0; i < tiers.Length; i++)
        {
            var rate = (double)tiers[i].RateNumerator / tiers[i].RateDenominator;
            highestRates[i] = i == 0 ? rate : Math.Max(rate, highestRates[i - 1]);
        }

        for (var i = 0; i < tiers.Length - 1; i++)
        {
            if (instrument.LeverageTiers[i].MaxLeverage >= leverage)
            {
                NotionalCap = tiers[i].Cap;
            }
        }

        if (tiers.Length == 0 || instrument.LeverageTiers[^1].MaxLeverage >= leverage)
        {
            NotionalCap = Int128.MaxValue;
        }

        HasNoCap = NotionalCap == Int128.MaxValue;
    }

    /// <summary>The most notional that the lane's leverage allows.</summary>
    public Int128 NotionalCap { get; }

    public bool HasNoCap { get; }

    public double InitialRate => 100.0 / leverageHundredths;

    /// <summary>Notional ÷ leverage, rounded up.</summary>
    public Int128 Initial(Int128 notional) => Money.DivideUp(notional * 100, leverageHundredths);

    /// <summary>Notional × rate − deduction of the notional's tier, rounded up, at least 0.</summary>
    public Int128 Maintenance(Int128 notional)
    {
        if (tiers.Length == 0)
        {
            return 0;
        }

        var index = 0;
        while (index < tiers.Length - 1 && notional > tiers[index].Cap)
        {
            index++;
        }

        ref readonly var tier = ref tiers[index];
        return Int128.Max(0, Money.DivideUp(notional * tier.RateNumerator, tier.RateDenominator) - tier.Deduction);
    }

    /// <summary>The highest maintenance rate of any tier that notionals up to this one lie in.</summary>
    public double HighestRateUpTo(double notional)
    {
        var last = highestRates.Length - 1;
        var index = 0;
        while (index < last && notional > roughCaps[index])
        {
            index++;
        }

        return last < 0 ? 0 : highestRates[index];
    }

    private readonly struct Tier
    {
        public Tier(LeverageTier tier)
        {
            Cap = tier.NotionalCap > 1e15m ? Int128.MaxValue : Money.FromDecimal(tier.NotionalCap).Units;
            Deduction = Money.FromDecimal(tier.MaintenanceDeduction).Units;
            var rate = tier.MaintenanceRate;
            var denominator = 1L;
            while (rate != decimal.Truncate(rate))
            {
                rate *= 10;
                denominator *= 10;
            }

            RateNumerator = (long)rate;
            RateDenominator = denominator;
        }

        public Int128 Cap { get; }

        public Int128 Deduction { get; }

        public long RateNumerator { get; }

        public long RateDenominator { get; }
    }
}
