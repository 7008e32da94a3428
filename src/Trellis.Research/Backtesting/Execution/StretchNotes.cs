using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>
/// Stretches that were noted and not judged yet. A fill only writes them down; when there are many, the bounds of eight at a time are drawn
/// from columns of doubles.
/// </summary>
internal sealed class StretchNotes
{
    public const int Most = 64;

    /// <summary>How many are bounded at a time.</summary>
    public const int Group = 8;

    private const int Slope = Most;
    private const int FirstClose = 2 * Most;
    private const int LowestClose = 3 * Most;
    private const int HighestClose = 4 * Most;

    private readonly StretchNote[] notes = new StretchNote[Most];

    /// <summary>One column of estimates behind the other: cash, slope, first, lowest and highest close.</summary>
    private readonly double[] columns = new double[5 * Most];
    private readonly double[] lows = new double[Most];
    private readonly double[] highs = new double[Most];
    private readonly double[] firsts = new double[Most];
    private readonly double[] errors = new double[Most];

    public int Count { get; private set; }

    public bool IsFull => Count == Most;

    public ref readonly StretchNote this[int index] => ref notes[index];

    /// <summary>Equity at the first close, right within the error of the bounds.</summary>
    public double First(int index) => firsts[index];

    public EquityBounds Bounds(int index) => new(lows[index], highs[index], errors[index]);

    /// <param name="lane">The only one that may be exposed.</param>
    /// <param name="cash">Of the account.</param>
    /// <param name="from">First candle of the stretch.</param>
    /// <param name="to">The candle behind its last.</param>
    /// <param name="firstClose">Of the lane.</param>
    public void Add(Lane lane, Int128 cash, int from, int to, int firstClose)
    {
        var index = Count++;
        var size = lane.NetSize;
        ref var note = ref notes[index];
        note.Base = cash;
        note.Size = size;
        note.Lane = lane.Index;
        note.From = from;
        note.To = to;
        ref var cell = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(columns), index);
        cell = Estimate.Of(cash);
        Unsafe.Add(ref cell, Slope) = (double)size * lane.Factor;
        Unsafe.Add(ref cell, FirstClose) = firstClose;
        Unsafe.Add(ref cell, LowestClose) = lane.LowestClose;
        Unsafe.Add(ref cell, HighestClose) = lane.HighestClose;
    }

    public void Clear() => Count = 0;

    /// <summary>
    /// Draws the bounds of a group: equity is affine in the closes, so the lowest and the highest close bound it. Says whether no stretch of the
    /// group can matter: none rises to a known peak, and none falls from the highest by the share that there is anyway.
    /// </summary>
    /// <param name="group">Its notes start at this × <see cref="Group"/>.</param>
    /// <param name="knownPeak">Equity has been this high.</param>
    /// <param name="highest">Equity has not been higher.</param>
    /// <param name="least">A fall below this share does not matter.</param>
    public bool Bound(int group, double knownPeak, double highest, double least)
    {
        var start = (nuint)(group * Group);
        var atBase = At(start);
        var slope = At(start + Slope);
        var one = atBase + (slope * At(start + LowestClose));
        var other = atBase + (slope * At(start + HighestClose));
        var error = Vector512.Create(EquityBounds.RoomOf) * (Vector512.Abs(atBase) + Vector512.Abs(other - atBase) + Vector512.Create(Estimate.Floor));
        var low = Vector512.Min(one, other) - error;
        var high = Vector512.Max(one, other) + error;
        low.StoreUnsafe(ref lows[0], start);
        high.StoreUnsafe(ref highs[0], start);
        error.StoreUnsafe(ref errors[0], start);
        (atBase + (slope * At(start + FirstClose))).StoreUnsafe(ref firsts[0], start);
        var floor = Math.Max(0, highest * (1 - least));
        return Vector512.LessThanAll(high, Vector512.Create(knownPeak)) && Vector512.GreaterThanAll(low, Vector512.Create(floor));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<double> At(nuint place) => Vector512.LoadUnsafe(ref columns[0], place);
}
