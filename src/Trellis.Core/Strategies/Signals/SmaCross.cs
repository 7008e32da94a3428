using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Trellis.Core.Indicators;

namespace Trellis.Core.Strategies.Signals;

/// <summary>Two simple moving averages: long when the fast one crosses above the slow one, short when it crosses below.</summary>
/// <remarks>
/// Which average is higher is decided on integers, Σfast × slow against Σslow × fast, so that no rounding invents a cross. Equal averages
/// change nothing: a cross is a bar at which the higher one is another than it last was.
/// </remarks>
/// <param name="fast">Bars of the fast average, 1 to 9,999.</param>
/// <param name="slow">Bars of the slow average, above fast, at most 10,000.</param>
public sealed class SmaCross(int fast, int slow) : ISignal
{
    private const int Lanes = 8;
    private const int Block = 4 * Lanes;

    public static SignalDefinition Definition { get; } = new(
        "sma-cross",
        "Two simple moving averages of the close: long when the fast one crosses above the slow one, short when it crosses below.",
        [
            SignalParameter.Whole("fast", "Bars of the fast average.", 1, 9_999),
            SignalParameter.Whole("slow", "Bars of the slow average.", 2, 10_000),
        ],
        values => new SmaCross(values.Whole("fast"), values.Whole("slow")))
    {
        Check = values => values["fast"] < values["slow"] ? null : new SignalProblem("fast", $"is not below slow ({values["slow"]:0.####})", "fast below slow"),
    };

    public ISignalFollower Start(int priceDecimals) => new Follower(fast, slow);

    public void Fill(BarSeries bars, Span<sbyte> directions)
    {
        var prices = bars.Close.Span;
        if (prices.Length < slow)
        {
            return;
        }

        var (quick, calm) = (0L, 0L);
        for (var i = 0; i < slow; i++)
        {
            calm += prices[i];
            quick += i >= slow - fast ? prices[i] : 0;
        }

        // One number stands for both sums: Σfast × slow − Σslow × fast.
        var difference = (quick * slow) - (calm * fast);
        var higher = Math.Sign(difference);
        var entering = prices[slow..];
        var leavingFast = prices.Slice(slow - fast, entering.Length);
        var leavingSlow = prices[..entering.Length];
        var (gain, loss) = (Vector512.Create((long)(slow - fast)), Vector512.Create((long)fast));
        var before = Vector512.Create(difference);
        var next = 0;
        for (; next <= entering.Length - Block; next += Block)
        {
            // Four vectors at once, so that each block waits only for the end of the last one.
            var first = Sums(entering, leavingFast, leavingSlow, next, gain, loss);
            var second = Sums(entering, leavingFast, leavingSlow, next + Lanes, gain, loss) + Last(first);
            var third = Sums(entering, leavingFast, leavingSlow, next + (2 * Lanes), gain, loss);
            var fourth = Sums(entering, leavingFast, leavingSlow, next + (3 * Lanes), gain, loss) + Last(third);
            var half = Last(second) + before;
            (first, second, third, fourth) = (first + before, second + before, third + half, fourth + half);
            before = Last(fourth);
            var lowest = Vector512.Min(Vector512.Min(first, second), Vector512.Min(third, fourth));
            var highest = Vector512.Max(Vector512.Max(first, second), Vector512.Max(third, fourth));
            if ((higher <= 0 && Vector512.GreaterThanAny(highest, Vector512<long>.Zero)) || (higher >= 0 && Vector512.LessThanAny(lowest, Vector512<long>.Zero)))
            {
                var block = directions.Slice(slow + next, Block);
                Mark(first, ref higher, block);
                Mark(second, ref higher, block[Lanes..]);
                Mark(third, ref higher, block[(2 * Lanes)..]);
                Mark(fourth, ref higher, block[(3 * Lanes)..]);
            }
        }

        difference = before[0];
        for (; next < entering.Length; next++)
        {
            difference += ((slow - fast) * ((long)entering[next] - leavingFast[next])) + (fast * ((long)leavingSlow[next] - leavingFast[next]));
            Note(difference, ref higher, ref directions[slow + next]);
        }
    }

    private static void Note(long difference, ref int higher, ref sbyte direction)
    {
        var now = Math.Sign(difference);
        if (now != higher && now != 0)
        {
            direction = (sbyte)(higher == 0 ? 0 : now);
            higher = now;
        }
    }

    /// <summary>Goes from cross to cross.</summary>
    private static void Mark(Vector512<long> differences, ref int higher, Span<sbyte> directions)
    {
        var ahead = ulong.MaxValue;
        while (true)
        {
            var others = (higher <= 0 ? Vector512.GreaterThan(differences, Vector512<long>.Zero).ExtractMostSignificantBits() : 0) |
                (higher >= 0 ? Vector512.LessThan(differences, Vector512<long>.Zero).ExtractMostSignificantBits() : 0);
            others &= ahead;
            if (others == 0)
            {
                return;
            }

            var lane = BitOperations.TrailingZeroCount(others);
            Note(differences[lane], ref higher, ref directions[lane]);
            ahead = ulong.MaxValue << lane << 1;
        }
    }

    /// <summary>By how much each of eight bars moves the difference, with all before it.</summary>
    private static Vector512<long> Sums(ReadOnlySpan<int> entering, ReadOnlySpan<int> leavingFast, ReadOnlySpan<int> leavingSlow, int next, Vector512<long> gain, Vector512<long> loss)
    {
        var leaving = Vector256.Create(leavingFast[next..]);
        return RunningSums(Product(Vector256.Create(entering[next..]) - leaving, gain) + Product(Vector256.Create(leavingSlow[next..]) - leaving, loss));
    }

    /// <summary>Where there is an instruction for 32 × 32 bits, it is several times faster than the one for 64.</summary>
    private static Vector512<long> Product(Vector256<int> values, Vector512<long> factor) => Avx512F.IsSupported
        ? Avx512F.Multiply(Avx512F.ConvertToVector512Int64(values).AsInt32(), factor.AsInt32())
        : Vector512.Create(Vector256.WidenLower(values), Vector256.WidenUpper(values)) * factor;

    private static Vector512<long> Last(Vector512<long> values) => Vector512.Shuffle(values, Vector512.Create(Lanes - 1L));

    /// <summary>Of each lane and all before it.</summary>
    private static Vector512<long> RunningSums(Vector512<long> values)
    {
        // An index beyond the lanes stands for zero.
        values += Vector512.Shuffle(values, Vector512.Create(Lanes, 0, 1, 2, 3, 4, 5, 6L));
        values += Vector512.Shuffle(values, Vector512.Create(Lanes, Lanes, 0, 1, 2, 3, 4, 5L));
        return values + Vector512.Shuffle(values, Vector512.Create(Lanes, Lanes, Lanes, Lanes, 0, 1, 2, 3L));
    }

    private sealed class Follower(int fast, int slow) : ISignalFollower
    {
        private readonly Sma quick = new(fast, 0);
        private readonly Sma calm = new(slow, 0);
        private int higher;

        public int Update(in Bar bar)
        {
            quick.Update(bar.Close);
            calm.Update(bar.Close);
            var now = calm.IsReady ? Math.Sign((quick.Sum * slow) - (calm.Sum * fast)) : 0;
            if (now == 0 || now == higher)
            {
                return 0;
            }

            var crossed = higher == 0 ? 0 : now;
            higher = now;
            return crossed;
        }
    }
}
