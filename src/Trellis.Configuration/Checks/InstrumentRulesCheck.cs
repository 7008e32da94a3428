using Trellis.Configuration.Instruments;
using Trellis.Configuration.Model;
using Trellis.Configuration.Shapes;
using Trellis.Core.Markets;
using Trellis.Core.Markets.Catalogue;

namespace Trellis.Configuration.Checks;

/// <summary>Each instrument is there once, fits its market, and is complete with the catalogue's help.</summary>
internal sealed class InstrumentRulesCheck(InstrumentCatalogue catalogue) : IRule
{
    public void Judge(CheckContext context)
    {
        var seen = new Dictionary<InstrumentId, int>();
        for (var i = 0; i < context.Document.Instruments.Count; i++)
        {
            var path = $"instruments[{i}]";
            if (context.Document.Instruments[i] is not { } instrument || !context.Sound(path, "symbol", "exchange", "market"))
            {
                continue;
            }

            if (!seen.TryAdd(instrument.Id, i))
            {
                context.Add($"{path}.symbol", $"is there twice: instruments[{seen[instrument.Id]}] is the same", instrument.Id.ToString(), "each symbol once per exchange and market");
            }

            if (instrument.Market == MarketKind.Spot)
            {
                PerpetualOnly(context, path, instrument);
            }

            Dates(context, path, instrument);
            Tiers(context, path, instrument);
            if (context.Sound(path))
            {
                foreach (var problem in InstrumentResolver.Missing(instrument, catalogue, path))
                {
                    context.Add(problem);
                }
            }
        }
    }

    private static void PerpetualOnly(CheckContext context, string path, InstrumentOptions instrument)
    {
        if (instrument.Funding is not null)
        {
            context.Add($"{path}.funding", "does not go with market spot, which pays no funding", allowed: "funding on perp only");
        }

        if (instrument.LeverageTiers is not null)
        {
            context.Add($"{path}.leverage_tiers", "do not go with market spot, which has no leverage", allowed: "leverage_tiers on perp only");
        }
    }

    private static void Dates(CheckContext context, string path, InstrumentOptions instrument)
    {
        var rules = instrument.Rules ?? [];
        for (var i = 1; i < rules.Count; i++)
        {
            var at = $"{path}.rules[{i}].valid_from";
            if (!context.Sound(at) || !context.Sound($"{path}.rules[{i - 1}].valid_from") || rules[i] is null || rules[i - 1] is null)
            {
                continue;
            }

            if (rules[i].ValidFrom is not { } date)
            {
                context.Add(at, "is missing", allowed: "a date behind that of the entry before; only the first may leave it out");
            }
            else if (date <= (rules[i - 1].ValidFrom ?? DateTimeOffset.UnixEpoch))
            {
                context.Add(at, "is not behind that of the entry before", new InstantFormat().Write(date).Text, "dates in ascending order");
            }
        }
    }

    private static void Tiers(CheckContext context, string path, InstrumentOptions instrument)
    {
        var tiers = instrument.LeverageTiers ?? [];
        for (var i = 0; i < tiers.Count; i++)
        {
            var at = $"{path}.leverage_tiers[{i}].notional_cap";
            if (!context.Sound(at) || tiers[i] is null)
            {
                continue;
            }

            if (tiers[i].NotionalCap is not { } cap)
            {
                if (i < tiers.Count - 1)
                {
                    context.Add(at, "is missing", allowed: "a number above 0; only the last tier may leave it out");
                }
            }
            else if (i > 0 && tiers[i - 1]?.NotionalCap >= cap)
            {
                context.Add(at, $"is not above that of the tier before ({DecimalText.Write(tiers[i - 1].NotionalCap!.Value)})", DecimalText.Write(cap), "caps in ascending order");
            }
        }
    }
}
