namespace Trellis.Core.Markets.Catalogue;

/// <summary>What the product knows of an instrument without asking its exchange.</summary>
/// <param name="Instrument">Its identity, dated rules and leverage tiers.</param>
/// <param name="AsOf">The day the newest rules were seen.</param>
/// <param name="LeverageTiersAsOf">The day the leverage tiers were seen; null where there are none.</param>
/// <param name="Note">Where the figures are less than exact, in words.</param>
public sealed record CatalogueEntry(Instrument Instrument, DateOnly AsOf, DateOnly? LeverageTiersAsOf, string Note);
