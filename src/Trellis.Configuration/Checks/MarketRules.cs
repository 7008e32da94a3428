using Trellis.Configuration.Model;
using Trellis.Configuration.Shapes;
using Trellis.Core.Markets;
using Trellis.Core.Markets.Catalogue;

namespace Trellis.Configuration.Checks;

/// <summary>Direction and leverage of a strategy agree with its market.</summary>
internal static class MarketRules
{
    /// <param name="context">Where to report.</param>
    /// <param name="catalogue">Leverage tiers where the document gives none.</param>
    /// <param name="bot">Index of the bot.</param>
    /// <param name="path">Of the strategy's section, with the keys <c>direction</c> and <c>leverage</c>.</param>
    /// <param name="shorts">The direction as it is written, where it needs short positions; else null.</param>
    /// <param name="leverage">Of the bot.</param>
    public static void Judge(CheckContext context, InstrumentCatalogue catalogue, int bot, string path, string? shorts, decimal leverage)
    {
        if (!context.Sound($"bots[{bot}]", "instrument") || !context.Sound("instruments") || context.Document.FindInstruments(context.Document.Bots[bot].Instrument) is not [var instrument])
        {
            return;
        }

        var spot = instrument.Market == MarketKind.Spot;
        if (spot && shorts is not null && context.Sound(path, "direction"))
        {
            context.Add($"{path}.direction", $"needs a perpetual, and {instrument.Id} is spot", shorts, "long on spot");
        }

        if (context.Sound(path, "leverage"))
        {
            Leverage(context, catalogue, $"{path}.leverage", leverage, instrument);
        }
    }

    private static void Leverage(CheckContext context, InstrumentCatalogue catalogue, string path, decimal leverage, InstrumentOptions instrument)
    {
        if (instrument.Market == MarketKind.Spot)
        {
            if (leverage != 1)
            {
                context.Add(path, $"does not go with spot ({instrument.Id})", DecimalText.Write(leverage), "1 on spot");
            }

            return;
        }

        var own = instrument.LeverageTiers?.Select(tier => tier.MaxLeverage);
        var entry = catalogue.Find(instrument.Id);
        var most = (own ?? entry?.Instrument.LeverageTiers.Select(tier => tier.MaxLeverage) ?? []).DefaultIfEmpty(decimal.MaxValue).Max();
        if (leverage > most)
        {
            var source = own is null ? $"the catalogue's of {entry!.LeverageTiersAsOf:yyyy-MM-dd}" : "this document's";
            context.Add(path, $"is above what the leverage tiers of {instrument.Id} allow ({source})", DecimalText.Write(leverage), $"at most {DecimalText.Write(most)}");
        }
    }
}
