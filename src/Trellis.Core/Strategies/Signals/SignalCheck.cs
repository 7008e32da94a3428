using System.Globalization;
using Trellis.Core.Markets;

namespace Trellis.Core.Strategies.Signals;

/// <summary>What can be said of a signal bot's size before any signal: whether the wallet has it, and whether an order comes of it.</summary>
public static class SignalCheck
{
    /// <param name="options">Of the bot.</param>
    /// <param name="units">Of its instrument.</param>
    /// <param name="rules">In force at the start.</param>
    /// <param name="wallet">Wallet balance at the start.</param>
    /// <param name="startPrice">Close at the start; null where it is not known yet.</param>
    public static IReadOnlyList<StrategyProblem> Problems(SignalOptions options, InstrumentUnits units, InstrumentRules rules, decimal wallet, decimal? startPrice)
    {
        if (options.Sizing == SignalSizing.Fixed && options.Size > wallet)
        {
            return [new StrategyProblem("size", $"{Text(options.Size)} is more than the wallet of {Text(wallet)}; allowed: at most {Text(wallet)}")];
        }

        var money = options.Sizing switch
        {
            SignalSizing.Fixed => options.Size,
            SignalSizing.PercentOfEquity => wallet * options.Size / 100m,
            _ => wallet,
        };
        var least = LeastNotional(units, rules, startPrice);
        if (money * options.Leverage >= least)
        {
            return [];
        }

        var needed = least / options.Leverage;
        var allowed = options.Sizing == SignalSizing.PercentOfEquity ? needed / wallet * 100m : needed;
        var key = options.Sizing == SignalSizing.RiskPerTrade ? "leverage" : "size";
        var would = options.Sizing == SignalSizing.RiskPerTrade
            ? $"the wallet of {Text(wallet)} needs {Text(decimal.Ceiling(least / wallet))}, which"
            : $"at least {Text(decimal.Round(allowed, 2, MidpointRounding.ToPositiveInfinity))} and a little for fees";
        return [new StrategyProblem(key, $"positions of {Text(money * options.Leverage)} {units.Instrument.QuoteCurrency} are below the smallest order of {units.Instrument.Id}, {Text(least)}; {would} would do")];
    }

    private static decimal LeastNotional(InstrumentUnits units, InstrumentRules rules, decimal? startPrice)
    {
        var quantity = decimal.Ceiling(Math.Max(rules.MinQuantity, rules.LotSize) / rules.LotSize) * rules.LotSize;
        return Math.Max(rules.MinNotional, quantity * startPrice.GetValueOrDefault() * units.Instrument.ContractMultiplier);
    }

    private static string Text(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);
}
