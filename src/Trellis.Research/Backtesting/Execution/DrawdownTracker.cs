using Trellis.Core.Numerics;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>
/// The maximum drawdown at closes, exact without looking at every candle. While the account stands still, equity is affine in
/// the closes, and the closes lie between the prices at which the lane would have had an event: that bounds a stretch without
/// touching a candle. A fill only notes its stretch; when there are many notes, they are sifted, eight at a time where none of
/// them can matter. Of what is left when there is much of it, all but a few are known not to matter, neither as the deepest
/// fall nor as its peak, and only those few are looked at exactly.
/// </summary>
internal sealed class DrawdownTracker
{
    private const int MostPending = 128;

    /// <summary>Relative room for the rounding of the doubles below.</summary>
    private const double Room = 1e-12;

    private readonly Lane[] lanes;
    private readonly Lane[] exposed;
    private readonly ExactDrawdown exact;
    private readonly StretchNotes notes;
    private readonly Stretch[] pending = new Stretch[MostPending];
    private int pendingCount;

    /// <summary>The equity has been at least this high.</summary>
    private double knownPeak;

    /// <summary>The equity has been at most this high.</summary>
    private double highest;

    /// <summary>The deepest fall will be at least this share of its peak.</summary>
    private double knownFall;

    private int exposedCount;
    private int next;

    /// <summary>The close of the next candle to be taken in, where there is one lane: its events bring them, and no other place is as near.</summary>
    private int firstClose;

    public DrawdownTracker(Lane[] lanes, Money startBalance)
    {
        this.lanes = lanes;
        exposed = new Lane[lanes.Length];
        exact = new ExactDrawdown(startBalance);
        notes = new StretchNotes(lanes);
        firstClose = lanes[0].Candles.Close[lanes[0].Offset];
        Know();
    }

    /// <summary>
    /// Takes in the closes of all candles before this one, with the account as it stands; call before it changes, with the candle loaded
    /// or behind the last one.
    /// </summary>
    public void AdvanceTo(int candle, Int128 cash)
    {
        if (candle <= next)
        {
            return;
        }

        if (lanes.Length == 1)
        {
            var lane = lanes[0];
            Note(lane, cash, firstClose, candle);
            firstClose = lane.Close;
            lane.ForgetCloses();
        }
        else
        {
            AdvanceSeveral(candle, cash);
        }

        next = candle;
    }

    /// <summary>Of everything taken in.</summary>
    public Drawdown Result()
    {
        Settle();
        return exact.Result();
    }

    private void AdvanceSeveral(int candle, Int128 cash)
    {
        exposedCount = 0;
        foreach (var lane in lanes)
        {
            if (lane.NetSize != 0)
            {
                exposed[exposedCount++] = lane;
            }
        }

        if (exposedCount <= 1)
        {
            var lane = exposedCount == 0 ? lanes[0] : exposed[0];
            Note(lane, cash, lane.Candles.Close[next + lane.Offset], candle);
        }
        else
        {
            Settle();
            TakeSeveral(cash, next, candle);
            Know();
        }

        foreach (var lane in lanes)
        {
            lane.ForgetCloses();
        }
    }

    private void Note(Lane lane, Int128 cash, int firstClose, int to)
    {
        if (notes.IsFull)
        {
            Sift();
        }

        notes.Add(lane, cash, next, to, firstClose);
    }

    /// <summary>Keeps those of the noted stretches that may matter.</summary>
    private void Sift()
    {
        for (var group = 0; group * StretchNotes.Group < notes.Count; group++)
        {
            if (!notes.Bound(group, knownPeak, highest, knownFall * (1 - Room)))
            {
                SiftEach(group * StretchNotes.Group, Math.Min(notes.Count, (group + 1) * StretchNotes.Group));
            }
        }

        notes.Clear();
    }

    private void SiftEach(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            var bounds = notes.Bounds(i);
            var first = notes.First(i);
            LearnFrom(first, bounds.Error);
            highest = bounds.High > highest ? bounds.High : highest;
            if (bounds.High < knownPeak && IsHarmless(bounds, highest, knownFall))
            {
                continue;
            }

            if (pendingCount == MostPending)
            {
                SettlePending();
            }

            pending[pendingCount++] = notes[i];
        }
    }

    /// <summary>The closes of events are known: what the peak and the deepest fall will be at least.</summary>
    private void LearnFrom(double equity, double error)
    {
        var (low, high) = (equity + error, equity - error);
        if (high > knownPeak)
        {
            knownPeak = high;
        }
        else if (low > 0 && knownPeak - low > knownFall * knownPeak)
        {
            knownFall = Math.Max(knownFall, (knownPeak - low) / knownPeak * (1 - Room));
        }
    }

    private void Settle()
    {
        Sift();
        SettlePending();
    }

    /// <summary>Looks exactly at those of the kept stretches that may hold the deepest fall, or the peak of one to come.</summary>
    private void SettlePending()
    {
        var top = exact.RoughPeak;
        var peaksTaken = 0;
        for (var i = 0; i < pendingCount; i++)
        {
            ref var stretch = ref pending[i];
            if (IsHarmless(stretch.Bounds, top, knownFall))
            {
                top = Math.Max(top, stretch.Bounds.High);
                continue;
            }

            stretch.BoundByCloses();
            TakePeaks(peaksTaken, i);
            peaksTaken = i;
            top = exact.RoughPeak;
            if (IsHarmless(stretch.Bounds, top, knownFall))
            {
                top = Math.Max(top, stretch.Bounds.High);
                continue;
            }

            exact.Take(stretch);
            peaksTaken = i + 1;
            top = exact.RoughPeak;
            knownFall = Math.Max(knownFall, exact.Worst);
        }

        TakePeaks(peaksTaken, pendingCount);
        pendingCount = 0;
        Know();
    }

    /// <summary>Starts from what is exact.</summary>
    private void Know()
    {
        knownPeak = exact.RoughPeak * (1 - Room);
        highest = exact.RoughPeak * (1 + Room);
        knownFall = Math.Max(knownFall, exact.Worst);
    }

    /// <summary>
    /// Whether no fall from a peak of at most <paramref name="top"/> into the stretch reaches the one there is for certain.
    /// Below an equity of nothing the share of a higher peak is the smaller one: there no bound holds.
    /// </summary>
    private static bool IsHarmless(in EquityBounds bounds, double top, double least)
    {
        var peak = top > bounds.High ? top : bounds.High;
        return bounds.Low > 0 && peak - bounds.Low < least * peak * (1 - Room);
    }

    /// <summary>The peaks of kept stretches [from, to), of which none holds the deepest fall.</summary>
    private void TakePeaks(int from, int to)
    {
        var least = exact.RoughPeak * (1 - Room);
        for (var i = from; i < to; i++)
        {
            least = Math.Max(least, pending[i].First - pending[i].Bounds.Error);
        }

        for (var i = from; i < to; i++)
        {
            if (pending[i].Bounds.High >= least)
            {
                exact.TakePeak(pending[i]);
            }
        }
    }

    /// <summary>Several lanes exposed: their sums at each close, but for blocks whose bounds make no difference.</summary>
    private void TakeSeveral(Int128 baseValue, int from, int to)
    {
        const int leaf = 64;
        var (low, high) = BoundsOfSeveral(baseValue, from, to);
        if (!exact.Matters(low, high))
        {
            return;
        }

        if (to - from <= leaf)
        {
            for (var candle = from; candle < to; candle++)
            {
                exact.Take(candle, EquityOfSeveral(baseValue, candle));
            }

            return;
        }

        var size = to - from > leaf * leaf ? leaf * leaf : leaf;
        var offset = exposed[0].Offset;
        for (var start = from; start < to;)
        {
            var end = Math.Min(to, (((start + offset) / size) + 1) * size - offset);
            TakeSeveral(baseValue, start, end);
            start = end;
        }
    }

    private (Int128 Low, Int128 High) BoundsOfSeveral(Int128 baseValue, int from, int to)
    {
        var (low, high) = (baseValue, baseValue);
        for (var i = 0; i < exposedCount; i++)
        {
            var lane = exposed[i];
            var (lowest, highest) = CloseRange.Of(lane.Candles, from + lane.Offset, to + lane.Offset);
            var unit = (Int128)lane.NetSize * lane.Factor;
            low += unit * (unit > 0 ? lowest : highest);
            high += unit * (unit > 0 ? highest : lowest);
        }

        return (low, high);
    }

    private Int128 EquityOfSeveral(Int128 baseValue, int candle)
    {
        var equity = baseValue;
        for (var i = 0; i < exposedCount; i++)
        {
            var lane = exposed[i];
            equity += (Int128)lane.NetSize * lane.Factor * lane.Candles.Close[candle + lane.Offset];
        }

        return equity;
    }
}
