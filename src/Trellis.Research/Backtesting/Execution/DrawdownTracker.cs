using Trellis.Core.Numerics;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>
/// The maximum drawdown at closes, exact without looking at every candle. While the account stands still, equity
/// is affine in the closes, so the lowest and highest close of a stretch bound it; a stretch is opened up only
/// where a bound could make a new maximum (or, with several exposed lanes, a new peak).
/// </summary>
internal sealed class DrawdownTracker
{
    /// <summary>Quotients of doubles are not provably monotone in the last place; a bound gets this much room.</summary>
    private const double Room = 1 + 1e-14;

    private const int LeafSize = 64;

    private readonly Lane[] lanes;
    private readonly Lane[] exposed;
    private int exposedCount;
    private Int128 baseValue;
    private int next;
    private Int128 peak;
    private double roughPeak;
    private double worst;
    private int peakCandle = -1;
    private (int From, int To, int Close, Lane Lane) lazyPeak;
    private bool peakIsLazy;
    private int worstPeakCandle = -1;
    private int worstTroughCandle = -1;
    private Int128 worstPeak;
    private Int128 worstTrough;

    public DrawdownTracker(Lane[] lanes, Money startBalance)
    {
        this.lanes = lanes;
        exposed = new Lane[lanes.Length];
        SetPeak(startBalance.Units);
        worstPeak = worstTrough = peak;
    }

    public Drawdown Result => new(worst, worstPeakCandle, worstTroughCandle, new Money(worstPeak), new Money(worstTrough));

    /// <summary>Takes in the closes of all candles before this one, with the account as it stands; call before it changes.</summary>
    public void AdvanceTo(int candle, Int128 wallet)
    {
        if (candle <= next)
        {
            return;
        }

        baseValue = wallet;
        exposedCount = 0;
        foreach (var lane in lanes)
        {
            if (lane.HasPosition)
            {
                baseValue += lane.First.SignedCost + lane.Second.SignedCost;
                if (lane.NetSize != 0)
                {
                    exposed[exposedCount++] = lane;
                }
            }
        }

        if (exposedCount == 0)
        {
            Take(next, baseValue);
        }
        else if (exposedCount > 1 || !IsClearlyHarmless(next, candle))
        {
            Stretch(next, candle);
        }

        next = candle;
    }

    /// <summary>The usual case in doubles: the stretch makes no new maximum for certain, and at most a new peak.</summary>
    private bool IsClearlyHarmless(int from, int to)
    {
        var lane = exposed[0];
        var (lowest, highest) = CloseRange.Of(lane.Candles, from + lane.Offset, to + lane.Offset);
        var slope = (double)lane.NetSize * lane.Factor;
        var atBase = Estimate.Of(baseValue);
        var first = atBase + (slope * lowest);
        var second = atBase + (slope * highest);
        var (low, high) = slope > 0 ? (first, second) : (second, first);
        var doubt = Estimate.Doubt * 1e-3 * (Math.Abs(atBase) + Math.Abs(slope * highest) + Estimate.Floor);
        if (high + doubt < roughPeak)
        {
            return roughPeak - low + doubt <= worst * roughPeak;
        }

        if (high - low + doubt > worst * (high - doubt))
        {
            return false;
        }

        var close = slope > 0 ? highest : lowest;
        var equity = baseValue + Math.BigMul(close * lane.Factor, lane.NetSize);
        if (equity > peak)
        {
            SetPeak(equity);
            peakIsLazy = true;
            lazyPeak = (from, to, close, lane);
        }

        return true;
    }

    private void SetPeak(Int128 equity)
    {
        peak = equity;
        roughPeak = Estimate.Of(equity);
    }

    private static double Share(Int128 peak, Int128 equity) => peak > 0 && equity < peak ? (double)(peak - equity) / (double)peak : 0;

    private void Stretch(int from, int to)
    {
        var (low, high, lowest, highest) = Bounds(from, to);
        var exact = exposedCount == 1;
        if (high <= peak)
        {
            if (Share(peak, low) * (exact ? 1 : Room) <= worst)
            {
                return;
            }
        }
        else if (exact && Share(high, low) * Room <= worst)
        {
            var lane = exposed[0];
            SetPeak(high);
            peakIsLazy = true;
            lazyPeak = (from, to, lane.NetSize > 0 ? highest : lowest, lane);
            return;
        }

        if (to - from <= LeafSize)
        {
            for (var candle = from; candle < to; candle++)
            {
                Take(candle, EquityAt(candle));
            }

            return;
        }

        var size = to - from > LeafSize * LeafSize ? LeafSize * LeafSize : LeafSize;
        for (var start = from; start < to;)
        {
            // Pieces end where the blocks of the first exposed lane do, so that the index serves them.
            var offset = exposed[0].Offset;
            var end = Math.Min(to, (((start + offset) / size) + 1) * size - offset);
            Stretch(start, end);
            start = end;
        }
    }

    private (Int128 Low, Int128 High, int Lowest, int Highest) Bounds(int from, int to)
    {
        var low = baseValue;
        var high = baseValue;
        var lowest = 0;
        var highest = 0;
        for (var i = 0; i < exposedCount; i++)
        {
            var lane = exposed[i];
            (lowest, highest) = CloseRange.Of(lane.Candles, from + lane.Offset, to + lane.Offset);
            var unit = (Int128)lane.NetSize * lane.Factor;
            var atLowest = unit * lowest;
            var atHighest = unit * highest;
            var rising = lane.NetSize > 0;
            low += rising ? atLowest : atHighest;
            high += rising ? atHighest : atLowest;
        }

        return (low, high, lowest, highest);
    }

    private Int128 EquityAt(int candle)
    {
        var equity = baseValue;
        for (var i = 0; i < exposedCount; i++)
        {
            var lane = exposed[i];
            equity += (Int128)lane.NetSize * lane.Factor * lane.Candles.Close.Span[candle + lane.Offset];
        }

        return equity;
    }

    private void Take(int candle, Int128 equity)
    {
        if (equity > peak)
        {
            SetPeak(equity);
            peakCandle = candle;
            peakIsLazy = false;
            return;
        }

        var share = Share(peak, equity);
        if (share > worst)
        {
            ResolvePeak();
            worst = share;
            worstPeak = peak;
            worstTrough = equity;
            worstPeakCandle = peakCandle;
            worstTroughCandle = candle;
        }
    }

    private void ResolvePeak()
    {
        if (!peakIsLazy)
        {
            return;
        }

        var (from, to, close, lane) = lazyPeak;
        peakCandle = from + lane.Candles.Close.Span[(from + lane.Offset)..(to + lane.Offset)].IndexOf(close);
        peakIsLazy = false;
    }
}
