using Trellis.Core.Markets;

namespace Trellis.Core.Strategies.Signals;

/// <summary>How much a signal bot buys or sells (docs/strategies/signals.md, "Size").</summary>
internal static class SignalSizer
{
    /// <returns>Quantity units, a multiple of the lot; 0 where nothing is left to trade with.</returns>
    /// <param name="options">Sizing and leverage.</param>
    /// <param name="equity">Of the bot, at the close.</param>
    /// <param name="lane">At the close.</param>
    /// <param name="stopDistance">In price units; 0 without a stop.</param>
    public static long Quantity(SignalOptions options, decimal equity, StrategyLane lane, long stopDistance)
    {
        var fee = Math.Max(0m, lane.Rules.TakerFee);
        var share = equity * options.Size / 100m;
        var money = options.Sizing switch
        {
            SignalSizing.Fixed => options.Size,
            SignalSizing.PercentOfEquity => share,
            _ => equity,
        };
        var lot = lane.Units.Instrument.ContractMultiplier * lane.Rules.LotSize;
        var lots = Largest(money * options.Leverage, lane.Units.ToPrice(lane.Close) * lot * (1m + (options.Leverage * fee)));
        if (options.Sizing == SignalSizing.RiskPerTrade)
        {
            lots = Math.Min(lots, Largest(share, lane.Units.ToPrice(stopDistance) * lot));
        }

        return lots > 0 ? lane.Units.FromQuantity(lots * lane.Rules.LotSize) : 0;
    }

    /// <summary>What can be sold of a purchase: less the fee where it is taken in the base currency, in whole lots.</summary>
    public static long Arriving(long quantity, int direction, StrategyLane lane, OrderMinimums minimums)
    {
        if (direction > 0 && lane.Units.Instrument.FeeCurrency == FeeCurrency.Received)
        {
            quantity -= (long)decimal.Ceiling(quantity * lane.Rules.TakerFee);
        }

        return minimums.WholeLots(quantity);
    }

    /// <summary>The largest whole number whose product with the cost is no more than what is available; exact.</summary>
    private static decimal Largest(decimal available, decimal cost)
    {
        var lots = Math.Max(0m, decimal.Floor(available / cost));
        while (lots > 0 && lots * cost > available)
        {
            lots--;
        }

        while ((lots + 1) * cost <= available)
        {
            lots++;
        }

        return lots;
    }
}
