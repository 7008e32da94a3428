using Trellis.Core.Markets;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Results;

/// <summary>What a result says of its run beyond what the run itself knows.</summary>
public sealed record RunDescription
{
    /// <summary>Of the configuration; names the folder of the result.</summary>
    public required string Name { get; init; }

    public required string ProgramVersion { get; init; }

    public required Engine Engine { get; init; }

    /// <summary>The whole configuration as it was resolved, as JSON, without secrets.</summary>
    public required string ConfigurationJson { get; init; }

    /// <summary>Where the rules and the funding of the instruments came from; an instrument may be missing.</summary>
    public IReadOnlyList<InstrumentSource> Sources { get; init; } = [];
}

/// <summary>Where an instrument's rules and funding came from.</summary>
/// <param name="Instrument">Which one.</param>
/// <param name="CatalogueAsOf">Date of the catalogue's entry; null where the configuration gave all rules.</param>
/// <param name="LeverageTiersAsOf">Date of the catalogue's leverage tiers; null where they are not the catalogue's.</param>
/// <param name="FundingFile">The file as the configuration names it; null for none.</param>
public sealed record InstrumentSource(InstrumentId Instrument, DateOnly? CatalogueAsOf, DateOnly? LeverageTiersAsOf, string? FundingFile);
