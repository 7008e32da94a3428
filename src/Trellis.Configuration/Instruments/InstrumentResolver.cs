using Trellis.Configuration.Model;
using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Core.Markets.Catalogue;

namespace Trellis.Configuration.Instruments;

/// <summary>Puts an instrument together from the catalogue and what a document says differently.</summary>
public static class InstrumentResolver
{
    private static readonly string[] QuoteCurrencies = ["USDT", "USDC", "FDUSD", "BUSD", "TUSD", "USD", "EUR", "TRY", "BTC", "ETH", "BNB"];

    /// <summary>The instrument, with the catalogue that ships with the product.</summary>
    /// <exception cref="ConfigurationException">Neither the catalogue nor the options say enough.</exception>
    public static Instrument Resolve(InstrumentOptions options) => Resolve(options, InstrumentCatalogue.Default);

    /// <inheritdoc cref="Resolve(InstrumentOptions)"/>
    public static Instrument Resolve(InstrumentOptions options, InstrumentCatalogue catalogue)
    {
        var problems = Missing(options, catalogue, options.Id.ToString()).ToList();
        if (problems.Count > 0)
        {
            throw new ConfigurationException(problems);
        }

        var known = catalogue.Find(options.Id)?.Instrument;
        var (baseCurrency, quoteCurrency) = Currencies(options, known);
        return new Instrument
        {
            Id = options.Id,
            BaseCurrency = baseCurrency!,
            QuoteCurrency = quoteCurrency!,
            ContractMultiplier = options.ContractMultiplier ?? known?.ContractMultiplier ?? 1m,
            FeeCurrency = options.FeeCurrency ?? known?.FeeCurrency ?? (options.Market == MarketKind.Spot ? FeeCurrency.Received : FeeCurrency.Quote),
            Rules = RulesMerge.Merge(known?.Rules ?? [], options.Rules ?? []),
            LeverageTiers = options.LeverageTiers is { } tiers ? Tiers(tiers) : known?.LeverageTiers ?? [],
        };
    }

    /// <summary>What neither the catalogue nor the options say; <paramref name="path"/> is the instrument's own.</summary>
    internal static IEnumerable<ConfigurationProblem> Missing(InstrumentOptions options, InstrumentCatalogue catalogue, string path)
    {
        var known = catalogue.Find(options.Id)?.Instrument;
        var suggestion = known is null ? Suggest(options.Id, catalogue) : null;
        var fields = known is null ? RulesMerge.MissingFrom(options.Rules) : [];
        if (fields.Count > 0)
        {
            yield return new ConfigurationProblem
            {
                Path = path,
                Value = options.Id.ToString(),
                Rule = $"is not in the instrument catalogue, so its first rules entry must give {string.Join(", ", fields)}",
                Suggestion = suggestion,
            };
        }

        var (baseCurrency, quoteCurrency) = Currencies(options, known);
        if (baseCurrency is null || quoteCurrency is null)
        {
            yield return new ConfigurationProblem
            {
                Path = path,
                Value = options.Id.ToString(),
                Rule = "is not in the instrument catalogue and its symbol does not tell the currencies",
                Allowed = "base_currency and quote_currency beside the symbol",
                Suggestion = suggestion,
            };
        }
    }

    /// <summary>What prices of the instrument are in; null where nothing tells it.</summary>
    internal static string? QuoteCurrency(InstrumentOptions options, InstrumentCatalogue catalogue) =>
        Currencies(options, catalogue.Find(options.Id)?.Instrument).Quote;

    private static string? Suggest(InstrumentId id, InstrumentCatalogue catalogue) => Shapes.Nearest.Of(
        id.Symbol,
        catalogue.Entries.Select(entry => entry.Instrument.Id).Where(known => known.Exchange == id.Exchange && known.Market == id.Market).Select(known => known.Symbol));

    private static (string? Base, string? Quote) Currencies(InstrumentOptions options, Instrument? known)
    {
        var quote = options.QuoteCurrency ?? known?.QuoteCurrency
            ?? QuoteCurrencies.FirstOrDefault(currency => options.Symbol.EndsWith(currency, StringComparison.Ordinal) && options.Symbol.Length > currency.Length);
        var derived = quote is not null && options.Symbol.EndsWith(quote, StringComparison.Ordinal) && options.Symbol.Length > quote.Length
            ? options.Symbol[..^quote.Length]
            : null;
        return (options.BaseCurrency ?? known?.BaseCurrency ?? derived, quote);
    }

    private static LeverageTier[] Tiers(IReadOnlyList<LeverageTierOptions> options)
    {
        var tiers = options
            .Select(tier => new LeverageTier(tier.NotionalCap ?? decimal.MaxValue, tier.MaintenancePercent / 100m, tier.MaintenanceDeduction, tier.MaxLeverage))
            .ToArray();
        if (tiers.Length > 0)
        {
            tiers[^1] = tiers[^1] with { NotionalCap = decimal.MaxValue };
        }

        return tiers;
    }
}
