namespace Trellis.Core.Strategies.Signals;

/// <summary>How much a signal bot buys or sells (docs/strategies/signals.md, "Size").</summary>
internal static class SignalSizer
{
    /// <summary>More than any order book holds, and few enough that their quantity fits its integer.</summary>
    private const decimal MostLots = 1_000_000_000m;

    /// <returns>Quantity units, a multiple of the lot; 0 where nothing is left to trade with.</returns>
    /// <param name="options">Sizing and leverage.</param>
    /// <param name="equity">Of the bot, at the close.</param>
    /// <param name="lane">At the close.</param>
    /// <param name="terms">Of the rules in force.</param>
    /// <param name="stopDistance">In price units; 0 without a stop.</param>
    public static long Quantity(SignalOptions options, decimal equity, StrategyLane lane, SignalTerms terms, long stopDistance)
    {
        var share = equity * terms.Share;
        var money = options.Sizing switch
        {
            SignalSizing.Fixed => options.Size,
            SignalSizing.PercentOfEquity => share,
            _ => equity,
        };
        var lots = Largest(money * options.Leverage, lane.Close * terms.LotCost);
        if (options.Sizing == SignalSizing.RiskPerTrade)
        {
            lots = Math.Min(lots, Largest(share, stopDistance * terms.LotValue));
        }

        return (long)Math.Min(lots, MostLots) * terms.Lot;
    }

    /// <summary>The largest whole number whose product with the cost is no more than what is available; exact.</summary>
    private static decimal Largest(decimal available, decimal cost)
    {
        // A double answers unless it is near a whole number, where its error could decide; there, whole steps correct it.
        var guess = (double)available / (double)cost;
        var whole = Math.Floor(guess);
        if (guess is > 0 and < 1e8 && guess - whole is > 1e-6 and < 1 - 1e-6)
        {
            return (long)whole;
        }

        var lots = guess < 1e15 ? Math.Max(0m, (long)guess) : decimal.Floor(available / cost);
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
