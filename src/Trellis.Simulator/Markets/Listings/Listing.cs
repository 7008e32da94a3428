using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Core.Markets.Catalogue;
using Trellis.Core.Matching;
using Trellis.Core.Numerics;
using Trellis.Data.Store;
using Trellis.Simulator.Markets.Feeds;

namespace Trellis.Simulator.Markets.Listings;

/// <summary>An instrument as the exchange lists it, and the grid that its prices move on.</summary>
/// <param name="Notices">What a person should know of it, a sentence each.</param>
internal sealed record Listing(MatchingInstrument Instrument, PriceGrid Grid, IReadOnlyList<string> Notices)
{
    private const decimal DefaultStart = 100m;

    /// <summary>The tier of an instrument that the catalogue does not know: 20 times, of which half must stay.</summary>
    private static readonly LeverageTier[] UnknownTiers = [new(decimal.MaxValue, 0.025m, 0, 20)];

    /// <exception cref="ConfigurationException">The catalogue does not know the symbol, and no data say what it is like.</exception>
    public static Listing Of(MarketSource source, ListingRules rules, FillRule rule)
    {
        var id = new InstrumentId(rules.Exchange, MarketKind.Perp, source.Symbol);
        var notices = new List<string>();
        var fineness = Fineness.Of(source);
        var instrument = rules.Instruments.FirstOrDefault(own => own.Id == id) ?? InstrumentCatalogue.Default.Find(id)?.Instrument ?? Unknown(id, source, fineness, notices);
        if (rule == FillRule.Book)
        {
            instrument = Refine(instrument, source, fineness, notices);
        }

        // Changing rules change what is allowed, never the grid: the coarsest of them moves prices, and lies on every other.
        var grid = new PriceGrid(instrument.Rules.Max(dated => dated.TickSize), instrument.Rules.Max(dated => dated.LotSize));
        var filters = rules.Filters.GetValueOrDefault(source.Symbol);
        var matching = new MatchingInstrument
        {
            Instrument = instrument,
            MinPrice = filters?.MinPrice ?? grid.Tick,
            MaxPrice = filters?.MaxPrice ?? 0,
            MaxQuantity = filters?.MaxQuantity ?? 0,
            MaxMarketQuantity = filters?.MaxMarketQuantity ?? 0,
            LiquidationFee = filters?.LiquidationFee ?? 0.02m,
            PriceBandUp = rules.PriceBandUp,
            PriceBandDown = rules.PriceBandDown,
            MinOrderLife = rules.MinOrderLife,
            StartPrice = grid.Nearest(filters?.StartPrice ?? DefaultStart),
        };
        return new Listing(matching, grid, notices);
    }

    private static Instrument Unknown(InstrumentId id, MarketSource source, Fineness fineness, List<string> notices)
    {
        if (!source.HasData)
        {
            var known = InstrumentCatalogue.Default.Entries.Select(entry => entry.Instrument.Id)
                .Where(entry => entry.Exchange == id.Exchange && entry.Market == id.Market).Select(entry => entry.Symbol).ToList();
            var meant = Similarity.Nearest(id.Symbol, known) is { } near ? $"; did you mean {near}?" : "";
            throw new ConfigurationException(
                $"--instruments: '{id.Symbol}' is not in the catalogue of {id.Exchange} perpetuals; allowed: {string.Join(", ", known)}, or any symbol that --data brings{meant}");
        }

        notices.Add($"{id.Symbol} is not in the catalogue: tick {fineness.Tick} and lot {fineness.Lot} are those of the data, leverage is at most 20");
        return new Instrument
        {
            Id = id,
            BaseCurrency = id.Symbol.EndsWith("USDT", StringComparison.Ordinal) ? id.Symbol[..^4] : id.Symbol,
            QuoteCurrency = "USDT",
            Rules = [new InstrumentRules { TickSize = fineness.Tick, LotSize = fineness.Lot, MinQuantity = fineness.Lot, MinNotional = 5, MakerFee = 0.0002m, TakerFee = 0.0005m }],
            LeverageTiers = UnknownTiers,
        };
    }

    /// <summary>Makes tick and lot as fine as the data, so that what is replayed trades exactly as it did; what was allowed stays allowed.</summary>
    private static Instrument Refine(Instrument instrument, MarketSource source, Fineness fineness, List<string> notices)
    {
        if (!source.HasData)
        {
            return instrument;
        }

        var spare = Money.Decimals - InstrumentUnits.DecimalsOf(instrument.ContractMultiplier);
        var refined = instrument.Rules.Select(rules =>
        {
            var tick = Finer(rules.TickSize, fineness.Tick);
            var lot = Finer(rules.LotSize, fineness.Lot);
            return InstrumentUnits.DecimalsOf(tick) + InstrumentUnits.DecimalsOf(lot) <= spare ? rules with { TickSize = tick, LotSize = lot } : rules with { TickSize = tick };
        }).ToList();
        if (!refined.SequenceEqual(instrument.Rules))
        {
            notices.Add($"{instrument.Id.Symbol}: the data are finer than the exchange's rules, so that the tick is {refined[^1].TickSize} (not {instrument.Rules[^1].TickSize}) and the lot {refined[^1].LotSize} (not {instrument.Rules[^1].LotSize})");
        }

        return instrument with { Rules = refined };
    }

    /// <summary>The step of the rules where the data lie on it, else the data's where it divides the rules', else the finest decimal of both.</summary>
    private static decimal Finer(decimal rule, decimal data) => data % rule == 0 ? rule
        : rule % data == 0 ? data
        : DecimalCandles.Unit(Math.Max(InstrumentUnits.DecimalsOf(rule), InstrumentUnits.DecimalsOf(data)));
}
