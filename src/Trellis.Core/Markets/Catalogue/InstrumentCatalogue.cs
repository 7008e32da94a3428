namespace Trellis.Core.Markets.Catalogue;

/// <summary>
/// A small dated table of the most traded instruments, part of the program. A configuration overrides it;
/// a result says the date of the entry it used.
/// </summary>
public sealed class InstrumentCatalogue
{
    private static readonly Lazy<InstrumentCatalogue> Embedded = new(() => new InstrumentCatalogue(CatalogueReader.ReadAll()));

    private readonly Dictionary<InstrumentId, CatalogueEntry> entries;

    /// <exception cref="DataException">An instrument is there twice.</exception>
    public InstrumentCatalogue(IReadOnlyList<CatalogueEntry> entries)
    {
        this.entries = new Dictionary<InstrumentId, CatalogueEntry>(entries.Count);
        foreach (var entry in entries)
        {
            if (!this.entries.TryAdd(entry.Instrument.Id, entry))
            {
                throw new DataException($"instrument catalogue: {entry.Instrument.Id} is there twice; each instrument has one entry");
            }
        }

        Entries = entries;
    }

    /// <summary>The table that ships with the product.</summary>
    public static InstrumentCatalogue Default => Embedded.Value;

    public IReadOnlyList<CatalogueEntry> Entries { get; }

    /// <summary>The entry, or null where the catalogue does not know the instrument.</summary>
    public CatalogueEntry? Find(InstrumentId id) => entries.GetValueOrDefault(id);
}
