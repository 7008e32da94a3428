namespace Trellis.Simulator.MarketData;

/// <summary>Candles of one interval, put together from closed minutes; the minute that is under way is added when someone reads.</summary>
internal sealed class KlineSeries(KlineInterval interval, int capacity)
{
    private static readonly Func<KlineBar, long> OpenTime = static bar => bar.OpenTime;

    private long _nextOpen = long.MinValue;
    private KlineBar _partial;
    private bool _hasPartial;

    /// <summary>Candles that are over, oldest first.</summary>
    public Ring<KlineBar> Closed { get; } = new(capacity);

    /// <summary>Appends a minute that is over; minutes come in order.</summary>
    public void Fold(in KlineBar minute)
    {
        if (_hasPartial && minute.OpenTime < _nextOpen)
        {
            _partial.Append(minute);
            return;
        }

        if (_hasPartial)
        {
            Closed.Add(_partial);
        }

        Start(minute);
    }

    /// <param name="minute">The minute under way; null where there is none yet.</param>
    /// <param name="from">Smallest open time; null takes the last candles instead of the first.</param>
    /// <param name="to">Largest open time.</param>
    public List<Kline> Read(KlineBar? minute, long? from, long? to, int limit)
    {
        Span<KlineBar> tail = stackalloc KlineBar[2];
        var tailCount = Tail(minute, tail);
        var total = Closed.Count + tailCount;
        var end = to is { } latest ? CountUpTo(latest, tail[..tailCount]) : total;
        var start = from is { } earliest ? CountUpTo(earliest - 1, tail[..tailCount]) : Math.Max(0, end - limit);
        var klines = new List<Kline>(Math.Max(0, Math.Min(limit, end - start)));
        for (var i = start; i < end && klines.Count < limit; i++)
        {
            var isLast = i == total - 1;
            var bar = i < Closed.Count ? Closed[i] : tail[i - Closed.Count];
            klines.Add(bar.ToKline(interval, !isLast || minute is not { } open || open.OpenTime >= KlineIntervals.NextOpenOf(interval, bar.OpenTime)));
        }

        return klines;
    }

    /// <summary>Closed candles and the one of the minutes so far, from an open time on.</summary>
    public IEnumerable<KlineBar> ReadFrom(long openTime)
    {
        for (var i = Closed.FirstAtLeast(openTime, OpenTime); i < Closed.Count; i++)
        {
            yield return Closed[i];
        }

        if (_hasPartial && _partial.OpenTime >= openTime)
        {
            yield return _partial;
        }
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_hasPartial);
        if (_hasPartial)
        {
            KlineBarCodec.Write(writer, _partial);
        }

        writer.Write(Closed.Count);
        for (var i = 0; i < Closed.Count; i++)
        {
            KlineBarCodec.Write(writer, Closed[i]);
        }
    }

    public void Read(BinaryReader reader)
    {
        _hasPartial = false;
        if (reader.ReadBoolean())
        {
            Start(KlineBarCodec.Read(reader));
        }

        Closed.Clear();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            Closed.Add(KlineBarCodec.Read(reader));
        }
    }

    private void Start(in KlineBar minute)
    {
        _partial = minute;
        _partial.OpenTime = KlineIntervals.OpenOf(interval, minute.OpenTime);
        _nextOpen = KlineIntervals.NextOpenOf(interval, minute.OpenTime);
        _hasPartial = true;
    }

    /// <summary>What comes after the closed candles: the one of the minutes so far, and that of the minute under way.</summary>
    private int Tail(KlineBar? minute, Span<KlineBar> tail)
    {
        var count = 0;
        if (_hasPartial)
        {
            tail[count++] = _partial;
        }

        if (minute is { } open)
        {
            if (_hasPartial && open.OpenTime < _nextOpen)
            {
                tail[0].Append(open);
            }
            else
            {
                open.OpenTime = KlineIntervals.OpenOf(interval, open.OpenTime);
                tail[count++] = open;
            }
        }

        return count;
    }

    private int CountUpTo(long time, ReadOnlySpan<KlineBar> tail)
    {
        var count = Closed.FirstAtLeast(time + 1, OpenTime);
        foreach (var bar in tail)
        {
            count += count >= Closed.Count && bar.OpenTime <= time ? 1 : 0;
        }

        return count;
    }
}
