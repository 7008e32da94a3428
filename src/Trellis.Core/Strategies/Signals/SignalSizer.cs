using Trellis.Core.Numerics;

namespace Trellis.Core.Strategies.Signals;

/// <summary>How much a signal bot buys or sells (docs/strategies/signals.md, "Size").</summary>
internal static class SignalSizer
{
    /// <summary>More than any order book holds, and few enough that their quantity fits its integer.</summary>
    private const decimal MostLots = 1_000_000_000m;

    /// <returns>Quantity units, a multiple of the lot; 0 where nothing is left to trade with.</returns>
    /// <param name="options">Sizing and leverage.</param>
    /// <param name="equity">Of the bot, at the close; not looked at where the size is fixed.</param>
    /// <param name="lane">At the close.</param>
    /// <param name="terms">Of the rules in force.</param>
    /// <param name="stopDistance">In price units; 0 without a stop.</param>
    public static long Quantity(SignalOptions options, Money equity, StrategyLane lane, SignalTerms terms, long stopDistance)
    {
        if (TryRough(options, equity, lane.Close, terms.Rough, stopDistance, out var rough))
        {
            return rough * terms.Lot;
        }

        var all = options.Sizing == SignalSizing.Fixed ? 0m : equity.ToDecimal();
        var share = all * terms.Share;
        var money = options.Sizing switch
        {
            SignalSizing.Fixed => options.Size,
            SignalSizing.PercentOfEquity => share,
            _ => all,
        };
        var lots = Largest(money * options.Leverage, lane.Close * terms.LotCost);
        if (options.Sizing == SignalSizing.RiskPerTrade)
        {
            lots = Math.Min(lots, Largest(share, stopDistance * terms.LotValue));
        }

        return (long)Math.Min(lots, MostLots) * terms.Lot;
    }

    /// <summary>Doubles answer unless a quotient is near a whole number, where their error could decide.</summary>
    private static bool TryRough(SignalOptions options, Money equity, int close, RoughTerms rough, long stopDistance, out long lots)
    {
        var all = equity.Rough / 1e12;
        var share = all * rough.Size / 100;
        var money = options.Sizing switch
        {
            SignalSizing.Fixed => rough.Size,
            SignalSizing.PercentOfEquity => share,
            _ => all,
        };
        if (!TryFloor(money * rough.Leverage / (close * rough.LotCost), out lots))
        {
            return false;
        }

        if (options.Sizing != SignalSizing.RiskPerTrade)
        {
            return true;
        }

        var isSure = TryFloor(share / (stopDistance * rough.LotValue), out var risked);
        lots = Math.Min(lots, risked);
        return isSure;
    }

    private static bool TryFloor(double quotient, out long floor)
    {
        var whole = Math.Floor(quotient);
        floor = 0;
        if (quotient is > 0 and < 1e8 && quotient - whole is > 1e-6 and < 1 - 1e-6)
        {
            floor = (long)whole;
            return true;
        }

        return false;
    }

    /// <summary>The largest whole number whose product with the cost is no more than what is available; exact.</summary>
    private static decimal Largest(decimal available, decimal cost)
    {
        var guess = (double)available / (double)cost;
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
