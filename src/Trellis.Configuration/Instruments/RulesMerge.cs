using Trellis.Configuration.Model;
using Trellis.Core.Markets;

namespace Trellis.Configuration.Instruments;

/// <summary>
/// Lays a document's rules over the catalogue's. A value that an entry names holds from its date on;
/// a value that no entry has named goes on following the catalogue, with its dates.
/// </summary>
internal static class RulesMerge
{
    /// <summary>Where the catalogue knows nothing; the first override is complete then.</summary>
    private static readonly InstrumentRules Nothing = new() { TickSize = 0, LotSize = 0, MakerFee = 0, TakerFee = 0 };

    public static IReadOnlyList<InstrumentRules> Merge(IReadOnlyList<InstrumentRules> catalogue, IReadOnlyList<RulesOptions> overrides)
    {
        var dates = catalogue.Select(rules => rules.ValidFrom).Concat(overrides.Select(From)).Distinct().Order();
        return [.. dates.Select(date => At(date, catalogue, overrides))];
    }

    /// <summary>What the first entry has to name where the catalogue knows nothing.</summary>
    public static IReadOnlyList<string> MissingFrom(IReadOnlyList<RulesOptions>? overrides)
    {
        var first = overrides is { Count: > 0 } ? overrides[0] : new RulesOptions();
        (string Key, decimal? Value)[] needed =
        [
            ("tick_size", first.TickSize),
            ("lot_size", first.LotSize),
            ("maker_fee_percent", first.MakerFeePercent),
            ("taker_fee_percent", first.TakerFeePercent),
        ];
        return [.. needed.Where(field => field.Value is null).Select(field => field.Key)];
    }

    private static InstrumentRules At(DateTimeOffset date, IReadOnlyList<InstrumentRules> catalogue, IReadOnlyList<RulesOptions> overrides)
    {
        var rules = catalogue.LastOrDefault(known => known.ValidFrom <= date) ?? (catalogue.Count > 0 ? catalogue[0] : Nothing);
        rules = rules with { ValidFrom = date };
        foreach (var change in overrides.Where(change => From(change) <= date))
        {
            rules = rules with
            {
                TickSize = change.TickSize ?? rules.TickSize,
                LotSize = change.LotSize ?? rules.LotSize,
                MinQuantity = change.MinQuantity ?? rules.MinQuantity,
                MinNotional = change.MinNotional ?? rules.MinNotional,
                MakerFee = change.MakerFeePercent / 100m ?? rules.MakerFee,
                TakerFee = change.TakerFeePercent / 100m ?? rules.TakerFee,
            };
        }

        return rules;
    }

    private static DateTimeOffset From(RulesOptions rules) => rules.ValidFrom ?? DateTimeOffset.UnixEpoch;
}
