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
        Rough = new RoughTerms
        {
            Size = (double)options.Size,
            Leverage = (double)options.Leverage,
            LotValue = (double)LotValue,
            LotCost = (double)LotCost,
            StopLossPercent = (double)options.StopLossPercent.GetValueOrDefault(),
            TakeProfitPercent = (double)options.TakeProfitPercent.GetValueOrDefault(),
            TakeProfitR = (double)options.TakeProfitR.GetValueOrDefault(),
        };
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

    /// <summary>The same in doubles, for answers that are far from doubtful.</summary>
    public RoughTerms Rough { get; }

    public long Lot => Minimums.Lot;

    /// <summary>What can be sold of an entry: less the fee where it is taken in the base currency, in whole lots.</summary>
    public long Arriving(long quantity, int direction) =>
        Minimums.WholeLots(direction > 0 && BaseFee != 0 ? quantity - (long)decimal.Ceiling(quantity * BaseFee) : quantity);
}

/// <summary>Settings and costs as the doubles nearest to them; 0 for what is not set.</summary>
internal sealed class RoughTerms
{
    public required double Size { get; init; }

    public required double Leverage { get; init; }

    public required double LotValue { get; init; }

    public required double LotCost { get; init; }

    public required double StopLossPercent { get; init; }

    public required double TakeProfitPercent { get; init; }

    public required double TakeProfitR { get; init; }
}
