using Trellis.Core.Markets;

namespace Trellis.Core.Strategies.Signals;

/// <summary>What dated rules mean to a signal bot, worked out once for as long as they are in force.</summary>
internal sealed class SignalTerms
{
    public SignalTerms(SignalOptions options, InstrumentUnits units, InstrumentRules rules)
    {
        Rules = rules;
        Tick = units.TickOf(rules);
        TickSize = (double)rules.TickSize;
        Minimums = new OrderMinimums(units, rules);
        LotValue = units.ToPrice(1) * units.Instrument.ContractMultiplier * rules.LotSize;
        Share = options.Size / 100m;
        LotCost = LotValue * (1m + (options.Leverage * Math.Max(0m, rules.TakerFee)));
        BaseFee = units.Instrument.FeeCurrency == FeeCurrency.Received ? rules.TakerFee : 0m;
    }

    public InstrumentRules Rules { get; }

    /// <summary>In price units.</summary>
    public int Tick { get; }

    /// <summary>In quote currency, as formulas in double need it.</summary>
    public double TickSize { get; }

    public OrderMinimums Minimums { get; }

    /// <summary>The size where it is a percentage: 0.01 is 1 %.</summary>
    public decimal Share { get; }

    /// <summary>Quote currency that a lot moves per price unit.</summary>
    public decimal LotValue { get; }

    /// <summary>The same with the entry's fee kept aside.</summary>
    public decimal LotCost { get; }

    /// <summary>What a purchase pays in the base currency, as a share.</summary>
    public decimal BaseFee { get; }

    public long Lot => Minimums.Lot;

    /// <summary>What can be sold of an entry: less the fee where it is taken in the base currency, in whole lots.</summary>
    public long Arriving(long quantity, int direction) =>
        Minimums.WholeLots(direction > 0 && BaseFee != 0 ? quantity - (long)decimal.Ceiling(quantity * BaseFee) : quantity);
}
