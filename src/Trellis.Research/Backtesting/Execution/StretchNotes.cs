using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>
/// Stretches that were noted and not judged yet. A fill only writes down whole numbers, in columns; when there are many, the bounds of
/// eight at a time are drawn from them.
/// </summary>
internal sealed class StretchNotes(Lane[] lanes)
{
    public const int Most = 64;

    /// <summary>How many are bounded at a time.</summary>
    public const int Group = 8;

    private const double HighUnit = 18446744073709551616.0;

    // Columns, one behind the other.
    private const int CashLow = 0;
    private const int CashHigh = Most;
    private const int Size = 2 * Most;
    private const int FirstClose = 3 * Most;
    private const int LowestClose = 4 * Most;
    private const int HighestClose = 5 * Most;
    private const int From = 6 * Most;
    private const int To = 7 * Most;
    private const int LaneIndex = 8 * Most;

    private readonly long[] columns = new long[9 * Most];
    private readonly double[] lows = new double[Most];
    private readonly double[] highs = new double[Most];
    private readonly double[] firsts = new double[Most];
    private readonly double[] errors = new double[Most];

    public int Count { get; private set; }

    public bool IsFull => Count == Most;

    /// <param name="lane">The only one that may be exposed.</param>
    /// <param name="cash">Of the account.</param>
    /// <param name="from">First candle of the stretch.</param>
    /// <param name="to">The candle behind its last.</param>
    /// <param name="firstClose">Of the lane.</param>
    public void Add(Lane lane, Int128 cash, int from, int to, int firstClose)
    {
        ref var note = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(columns), Count++);
        Unsafe.Add(ref note, CashLow) = (long)cash;
        Unsafe.Add(ref note, CashHigh) = (long)(cash >> 64);
        Unsafe.Add(ref note, Size) = lane.NetSize;
        Unsafe.Add(ref note, FirstClose) = firstClose;
        Unsafe.Add(ref note, LowestClose) = lane.LowestClose;
        Unsafe.Add(ref note, HighestClose) = lane.HighestClose;
        Unsafe.Add(ref note, From) = from;
        Unsafe.Add(ref note, To) = to;
        Unsafe.Add(ref note, LaneIndex) = lane.Index;
    }

    public void Clear() => Count = 0;

    /// <summary>A note of a group that has been bounded.</summary>
    public Stretch this[int index]
    {
        get
        {
            var size = columns[Size + index];
            return new Stretch
            {
                Base = new Int128((ulong)columns[CashHigh + index], (ulong)columns[CashLow + index]),
                Lane = size == 0 ? null : lanes[columns[LaneIndex + index]],
                Size = size,
                From = (int)columns[From + index],
                To = (int)columns[To + index],
                Bounds = Bounds(index),
                First = First(index),
            };
        }
    }

    /// <summary>Equity at the first close, right within the error of the bounds.</summary>
    public double First(int index) => firsts[index];

    public EquityBounds Bounds(int index) => new(lows[index], highs[index], errors[index]);

    /// <summary>
    /// Draws the bounds of a group: equity is affine in the closes, so the lowest and the highest close bound it. Says whether no stretch of the
    /// group can matter: none rises to a known peak, and none falls from the highest by the share that there is anyway.
    /// </summary>
    /// <param name="group">Its notes start at this × <see cref="Group"/>; what is left there of earlier notes has a say too, which is on the safe side.</param>
    /// <param name="knownPeak">Equity has been this high.</param>
    /// <param name="highest">Equity has not been higher.</param>
    /// <param name="least">A fall below this share does not matter.</param>
    public bool Bound(int group, double knownPeak, double highest, double least)
    {
        var start = group * Group;
        var cash = (Column(CashHigh + start) * HighUnit) + Vector512.ConvertToDouble(Vector512.LoadUnsafe(ref columns[CashLow + start]).AsUInt64());
        var slope = Column(Size + start) * Factors(start);
        var one = cash + (slope * Column(LowestClose + start));
        var other = cash + (slope * Column(HighestClose + start));
        var error = Vector512.Create(EquityBounds.LeastError) + (Vector512.Create(EquityBounds.RoomOf) * (Vector512.Abs(cash) + Vector512.Abs(other - cash)));
        var low = Vector512.Min(one, other) - error;
        var high = Vector512.Max(one, other) + error;
        low.StoreUnsafe(ref lows[start]);
        high.StoreUnsafe(ref highs[start]);
        error.StoreUnsafe(ref errors[start]);
        (cash + (slope * Column(FirstClose + start))).StoreUnsafe(ref firsts[start]);
        var floor = Math.Max(0, highest * (1 - least));
        return Vector512.LessThanAll(high, Vector512.Create(knownPeak)) && Vector512.GreaterThanAll(low, Vector512.Create(floor));
    }

    /// <summary>The notional factors of a group's lanes.</summary>
    private Vector512<double> Factors(int start)
    {
        if (lanes.Length == 1)
        {
            return Vector512.Create((double)lanes[0].Factor);
        }

        Span<double> factors = stackalloc double[Group];
        for (var i = 0; i < Group; i++)
        {
            factors[i] = lanes[columns[LaneIndex + start + i]].Factor;
        }

        return Vector512.Create<double>(factors);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<double> Column(int start) => Vector512.ConvertToDouble(Vector512.LoadUnsafe(ref columns[start]));
}
