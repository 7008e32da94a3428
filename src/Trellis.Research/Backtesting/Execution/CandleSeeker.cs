namespace Trellis.Research.Backtesting.Execution;

/// <summary>Finds the next candle that matters to any lane, candle by candle or by skipping.</summary>
internal sealed class CandleSeeker(Lane[] lanes, Engine engine)
{
    /// <summary>Where an event comes more often than once in this many candles, looking at each candle is faster.</summary>
    private const int DenseSpacing = 12;

    private const int WindowSize = 64;

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

        dense = from - windowStart < WindowSize * DenseSpacing;
        windowStart = from;
        eventsInWindow = 0;
    }

    private int Plain(int from, int to)
    {
        // Plain does not keep what skipping found.
        foreach (var lane in lanes)
        {
            lane.SearchIsStale = true;
        }

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
        var low = lane.Candles.Low.Span[(from + lane.Offset)..(end + lane.Offset)];
        var high = lane.Candles.High.Span[(from + lane.Offset)..(end + lane.Offset)];
        var close = lane.Candles.Close.Span[(from + lane.Offset)..(end + lane.Offset)];
        var watch = lane.Watch;
        for (var i = 0; i < low.Length && i < high.Length && i < close.Length; i++)
        {
            if (watch.IsMetBy(low[i], high[i], close[i]))
            {
                return from + i;
            }
        }

        return end;
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
        lane.NextCandle = end <= from ? from : CandleSearch.Next(lane.Candles, lane.Watch, from + lane.Offset, end + lane.Offset) - lane.Offset;
        lane.SearchIsStale = false;
    }
}
