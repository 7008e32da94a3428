using Trellis.Core.Markets;

namespace Trellis.Simulator.Markets.Listings;

/// <summary>How an exchange lists instruments: which, and what it demands of orders beyond their ticks and lots.</summary>
public sealed record ListingRules
{
    /// <summary>The exchange's name in the catalogue, whose perpetuals it lists; lower case.</summary>
    public required string Exchange { get; init; }

    /// <summary>What is traded where nobody says; in the order in which they are numbered.</summary>
    public required IReadOnlyList<string> DefaultSymbols { get; init; }

    /// <summary>Instruments of its own, before those of the catalogue.</summary>
    public IReadOnlyList<Instrument> Instruments { get; init; } = [];

    /// <summary>By symbol; instruments that are missing have none.</summary>
    public IReadOnlyDictionary<string, MarketFilters> Filters { get; init; } = new Dictionary<string, MarketFilters>(StringComparer.Ordinal);

    /// <summary>Limits above mark price × this are refused; 0 for no band.</summary>
    public decimal PriceBandUp { get; init; }

    /// <summary>Limits below mark price × this are refused.</summary>
    public decimal PriceBandDown { get; init; }

    /// <summary>A good-till-date order must live longer than this, milliseconds.</summary>
    public long MinOrderLife { get; init; }
}
