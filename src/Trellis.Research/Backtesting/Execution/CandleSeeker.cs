using Trellis.Core.Markets;

namespace Trellis.Research.Backtesting.Execution;

/// <summary>Finds the next candle that matters to any lane, candle by candle or by skipping.</summary>
internal sealed class CandleSeeker(Lane[] lanes, Engine engine)
{
    /// <summary>Where an event comes more often than once in this many candles, looking at each candle is faster.</summary>
    private const int DenseSpacing = 12;

    private const int WindowSize = 64;

    /// <summary>
    /// Candles that matter and lie nearer than this, of late, are found by looking at a few blocks in a row, which the processor fetches by
    /// itself; farther ones by the index, and then a guess is worth what it costs.
    /// </summary>
    private const int SparseSpacing = 48;

    /// <summary>A distance counts as no more than this, so that one long calm is soon forgotten.</summary>
    private const int FarSpacing = 256;

    private const int FewCandles = 2 * CompactCandles.BlockSize;

    private int eventsInWindow;
    private int windowStart;
    private bool dense;

    /// <summary>The first candle in [from, to) that matters; to or more where none does.</summary>
    public int Next(int from, int to)
    {
        switch (engine)
        {
            case Engine.Plain:
                return Plain(from, to);
            case Engine.Skip:
                return Skip(from, to);
            default:
                Measure(from);
                return dense ? Plain(from, to) : Skip(from, to);
        }
    }

    private void Measure(int from)
    {
        if (++eventsInWindow < WindowSize)
        {
            return;
        }

        var wasDense = dense;
        dense = from - windowStart < WindowSize * DenseSpacing;
        if (dense && !wasDense)
        {
            Forget();
        }

        windowStart = from;
        eventsInWindow = 0;
    }

    /// <summary>Plain does not keep what skipping found.</summary>
    private void Forget()
    {
        foreach (var lane in lanes)
        {
            lane.SearchIsStale = true;
            lane.LooksAhead = false;
        }
    }

    private int Plain(int from, int to)
    {
        if (lanes.Length == 1)
        {
            return PlainSingle(lanes[0], from, to);
        }

        for (var candle = from; candle < to; candle++)
        {
            foreach (var lane in lanes)
            {
                var local = candle + lane.Offset;
                if (candle >= lane.ForcedCandle ||
                    lane.Watch.IsMetBy(lane.Candles.Low[local], lane.Candles.High[local], lane.Candles.Close[local]))
                {
                    return candle;
                }
            }
        }

        return to;
    }

    private static int PlainSingle(Lane lane, int from, int to)
    {
        var end = Math.Min(to, Math.Max(from, lane.ForcedCandle));
        return CandleSearch.NextOfEach(lane.Candles, lane.Watch, from + lane.Offset, end + lane.Offset) - lane.Offset;
    }

    private int Skip(int from, int to)
    {
        var next = to;
        foreach (var lane in lanes)
        {
            if (lane.SearchIsStale || lane.NextCandle < from)
            {
                Search(lane, from);
            }

            next = Math.Min(next, lane.NextCandle);
        }

        return next;
    }

    private static void Search(Lane lane, int from)
    {
        var end = Math.Min(lane.Candles.Count - lane.Offset, Math.Max(from, lane.ForcedCandle));
        lane.NextCandle = end <= from ? from : Next(lane, from + lane.Offset, end + lane.Offset) - lane.Offset;
        lane.SearchIsStale = false;
        lane.Spacing += (Math.Min(lane.NextCandle - from, FarSpacing) - lane.Spacing) / 4;
        lane.LooksAhead = lane.Spacing >= SparseSpacing;
    }

    private static int Next(Lane lane, int from, int to)
    {
        if (lane.LooksAhead)
        {
            return lane.Ahead.Next(lane.Watch, from, to);
        }

        var near = Math.Min(to, from + FewCandles);
        var next = CandleSearch.NextOfEach(lane.Candles, lane.Watch, from, near);
        return next < near ? next : CandleSearch.Next(lane.Candles, lane.Watch, near, to);
    }
}
