using System.Collections;
using Trellis.Core.Accounts;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>What a run books while it runs: no more than what the rest can be told from afterwards.</summary>
internal struct Booking
{
    public Int128 Fee;

    /// <summary>Realized profit of a fill, or the amount of a funding payment.</summary>
    public Int128 Result;

    public long Quantity;

    public long BaseFee;

    public int Candle;

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
internal sealed class EntryLog(Money startBalance, Lane[] lanes) : IReadOnlyList<RunEntry>
{
    /// <summary>Below the size at which an array is a large object, whose pages would be fresh each time.</summary>
    private const int PieceSize = 1000;

    private readonly List<Booking[]> pieces = [];
    private Booking[] piece = [];
    private int used;
    private RunEntry[]? entries;

    public int Count { get; private set; }

    public RunEntry this[int index] => Entries()[index];

    /// <summary>A fresh booking to fill in.</summary>
    public ref Booking Next()
    {
        if (used == piece.Length)
        {
            piece = GC.AllocateUninitializedArray<Booking>(PieceSize);
            pieces.Add(piece);
            used = 0;
        }

        Count++;
        return ref piece[used++];
    }

    public IEnumerator<RunEntry> GetEnumerator() => ((IEnumerable<RunEntry>)Entries()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private RunEntry[] Entries()
    {
        if (entries?.Length == Count)
        {
            return entries;
        }

        var told = new RunEntry[Count];
        var wallet = startBalance.Units;
        var positions = new Position[lanes.Length * 2];
        for (var i = 0; i < Count; i++)
        {
            ref readonly var booking = ref pieces[i / PieceSize][i % PieceSize];
            ref var position = ref positions[(booking.Lane * 2) + (booking.PositionSide == PositionSide.Short ? 1 : 0)];
            var isFill = booking.Kind != EntryKind.Funding;
            if (isFill)
            {
                position.Apply(booking.Side.Sign(), booking.Quantity - booking.BaseFee, booking.Price * lanes[booking.Lane].Factor);
            }

            wallet += booking.Fee + booking.Result;
            told[i] = new RunEntry
            {
                Candle = booking.Candle,
                Lane = booking.Lane,
                Kind = booking.Kind,
                Side = booking.Side,
                PositionSide = booking.PositionSide,
                Slot = booking.Slot,
                Cycle = booking.Cycle,
                Price = booking.Price,
                Quantity = booking.Quantity,
                BaseFee = booking.BaseFee,
                Fee = booking.Fee,
                Realized = isFill ? booking.Result : 0,
                Funding = isFill ? 0 : booking.Result,
                WalletAfter = wallet,
                SizeAfter = position.Size,
                CostAfter = position.Cost,
            };
        }

        return entries = told;
    }
}
