using System.Collections;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>What a run books while it runs: no more than what the rest can be told from afterwards.</summary>
internal struct Booking
{
    public long Quantity;

    public int Candle;

    /// <summary>Of the order; of a funding payment its index in the lane's schedule.</summary>
    public int Slot;

    public int Cycle;

    public int Price;

    public short Lane;

    public EntryKind Kind;

    public Side Side;

    public PositionSide PositionSide;
}

/// <summary>
/// The bookings of a run, in pieces that never move; read as entries, with wallet and positions told from the start again.
/// </summary>
internal sealed class EntryLog(Money startBalance, Lane[] lanes, RunRange range) : IReadOnlyList<RunEntry>
{
    /// <summary>Below the size at which an array is a large object, whose pages would be fresh each time.</summary>
    private const int PieceSize = 2000;

    private readonly List<Booking[]> pieces = [];
    private Booking[] piece = [];
    private int used;
    private EntryTeller books = new(startBalance, lanes, range);
    private int booked;
    private RunEntry[]? entries;

    public int Count => (pieces.Count * PieceSize) - (piece.Length - used);

    public RunEntry this[int index] => Entries()[index];

    /// <summary>A fresh booking to fill in.</summary>
    public ref Booking Next()
    {
        var current = piece;
        if ((uint)used >= (uint)current.Length)
        {
            current = piece = GC.AllocateUninitializedArray<Booking>(PieceSize);
            pieces.Add(current);
            used = 0;
        }

        return ref current[used++];
    }

    /// <summary>Wallet and positions as all bookings so far leave them.</summary>
    public EntryTeller Books()
    {
        while (booked < Count)
        {
            books.Tell(At(booked++));
        }

        return books;
    }

    public IEnumerator<RunEntry> GetEnumerator() => ((IEnumerable<RunEntry>)Entries()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private RunEntry[] Entries()
    {
        if (entries?.Length == Count)
        {
            return entries;
        }

        var teller = new EntryTeller(startBalance, lanes, range);
        var told = new RunEntry[Count];
        for (var i = 0; i < Count; i++)
        {
            told[i] = teller.Tell(At(i));
        }

        // Who reads all entries mostly asks for the wallet too: it has been told on the way.
        (books, booked) = (teller, Count);
        return entries = told;
    }

    private ref readonly Booking At(int index) => ref pieces[index / PieceSize][index % PieceSize];
}
