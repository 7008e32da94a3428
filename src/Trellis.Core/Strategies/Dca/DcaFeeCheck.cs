using Trellis.Core.Markets;

namespace Trellis.Core.Strategies.Dca;

/// <summary>A take profit that fees eat.</summary>
internal static class DcaFeeCheck
{
    public static StrategyProblem? Problem(DcaOptions options, InstrumentUnits units, InstrumentRules rules)
    {
        if (options.IncludeFees)
        {
            return null;
        }

        var entry = options.BaseOrder == DcaBaseOrder.Market ? rules.TakerFee : rules.MakerFee;
        var exit = options.TrailingPercent is null ? rules.MakerFee : rules.TakerFee;
        var isLong = options.Direction == DcaDirection.Long;

        // Spent and received per unit of what is held, at the take-profit price.
        var spent = units.Instrument.FeeCurrency == FeeCurrency.Received ? 1m / (1m - entry) : 1m + entry;
        var least = isLong ? (spent / (1m - exit)) - 1m : 1m - ((1m - entry) / (1m + exit));
        return options.TakeProfitPercent / 100m > least
            ? null
            : new StrategyProblem(
                "take_profit_percent",
                $"{options.TakeProfitPercent} % is no more than the fees of a deal ({entry * 100m:0.####} % to enter, {exit * 100m:0.####} % to leave); " +
                $"more than {decimal.Ceiling(least * 1_000_000m) / 10_000m} would do, or include_fees: true");
    }
}
