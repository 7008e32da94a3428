using Trellis.Core.Markets;

namespace Trellis.Exchanges.Binance.Streams;

/// <summary>Finds instruments by the bytes of their names, without making a text of them.</summary>
internal sealed class SymbolLookup
{
    private readonly int _mask;
    private readonly (byte[] Name, int Index)[] _places;

    public SymbolLookup(IReadOnlyList<InstrumentId> instruments)
    {
        Instruments = instruments;
        var size = 8;
        while (size < instruments.Count * 4)
        {
            size *= 2;
        }

        _mask = size - 1;
        _places = new (byte[], int)[size];
        for (var i = 0; i < instruments.Count; i++)
        {
            var name = System.Text.Encoding.ASCII.GetBytes(instruments[i].Symbol);
            var place = Hash(name) & _mask;
            while (_places[place].Name is not null)
            {
                place = (place + 1) & _mask;
            }

            _places[place] = (name, i);
        }
    }

    public IReadOnlyList<InstrumentId> Instruments { get; }

    /// <returns>The index of the instrument; −1 for none of ours.</returns>
    public int Find(ReadOnlySpan<byte> name)
    {
        for (var place = Hash(name) & _mask; _places[place].Name is { } known; place = (place + 1) & _mask)
        {
            if (name.SequenceEqual(known))
            {
                return _places[place].Index;
            }
        }

        return -1;
    }

    private static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = 17u;
        foreach (var letter in name)
        {
            hash = (hash * 31) + letter;
        }

        return (int)(hash ^ (hash >> 15));
    }
}
