using System.Globalization;
using Trellis.Configuration.Model;
using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Core.Strategies.Dca;
using Trellis.Core.Strategies.Grid;
using Trellis.Core.Strategies.Signals;

namespace Trellis.Cli.Backtest;

/// <summary>A bot whose largest position is more than the exchange carries at its leverage: every order beyond the cap would be refused.</summary>
internal static class TierCapCheck
{
    /// <param name="path">Of the strategy section.</param>
    /// <param name="bot">With that section.</param>
    /// <param name="instrument">What it trades.</param>
    /// <param name="balance">Of the wallet.</param>
    public static ConfigurationProblem? Problem(string path, BotOptions bot, Instrument instrument, decimal balance)
    {
        if (BotStrategy.Of(bot) is not { } strategy || CapAt(instrument, strategy.Leverage) is not { } cap || Largest(bot, balance) is not { } notional || notional <= cap)
        {
            return null;
        }

        var would = instrument.LeverageTiers.Select((tier, index) => (tier.MaxLeverage, Cap: CapAt(instrument, tier.MaxLeverage)))
            .Where(tier => tier.Cap is null || tier.Cap >= notional).Select(tier => tier.MaxLeverage).DefaultIfEmpty(1m).Max();
        return new ConfigurationProblem
        {
            Path = $"{path}.leverage",
            Value = Text(strategy.Leverage),
            Rule = $"lets {instrument.Id} carry a notional of {Text(cap)} by its leverage tiers, and the whole of this bot's orders is {Text(notional)}",
            Allowed = $"a leverage of at most {Text(would)} for that much, or smaller sizes",
        };
    }

    /// <summary>The most notional at a leverage; null for no cap.</summary>
    private static decimal? CapAt(Instrument instrument, decimal leverage)
    {
        var tiers = instrument.LeverageTiers;
        if (tiers.Count == 0 || tiers[^1].MaxLeverage >= leverage)
        {
            return null;
        }

        return tiers.Where(tier => tier.MaxLeverage >= leverage).Select(tier => tier.NotionalCap).DefaultIfEmpty(0m).Max();
    }

    /// <summary>Notional with every entry filled, as far as it is known before the run; null where it depends on what comes, or is beyond counting.</summary>
    private static decimal? Largest(BotOptions bot, decimal balance)
    {
        try
        {
            return bot switch
            {
                { Grid: { } grid } => (grid.Sizing == GridSizing.PercentOfBalance ? balance * grid.Investment / 100m : grid.Investment) * grid.Leverage,
                { Signal: { Sizing: SignalSizing.Fixed } signal } => signal.Size * signal.Leverage,
                { Signal: { Sizing: SignalSizing.PercentOfEquity } signal } => balance * signal.Size / 100m * signal.Leverage,
                { Dca: { } dca } => (dca.Sizing == DcaSizing.PercentOfBalance ? balance / 100m : 1m) * Orders(dca),
                _ => null,
            };
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static decimal Orders(DcaOptions dca)
    {
        var (sum, size) = (dca.BaseOrderSize, dca.SafetyOrderSize.GetValueOrDefault());
        for (var n = 0; n < dca.MaxSafetyOrders; n++)
        {
            sum += size;
            size *= dca.VolumeScale;
        }

        return sum;
    }

    private static string Text(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);
}
