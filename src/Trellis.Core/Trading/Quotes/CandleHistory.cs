using Trellis.Core.Markets;

namespace Trellis.Core.Trading.Quotes;

/// <summary>The candles of a market as they came, on the unbroken grid of <see cref="CandleSeries"/>: missing ones are holes.</summary>
internal sealed class CandleHistory(InstrumentUnits units, Interval interval)
{
    private const int VolumeDecimals = 8;

    private int[] open = [];
    private int[] high = [];
    private int[] low = [];
    private int[] close = [];
    private long[] volume = [];
    private long startTime;

    public int Count { get; private set; }

    /// <summary>Of the latest candle, in price units; 0 before the first.</summary>
    public int LastClose => Count == 0 ? 0 : close[Count - 1];

    /// <summary>Close time of the latest candle.</summary>
    public long EndTime => startTime + (Count * interval.Milliseconds);

    /// <returns>False for a candle that is not behind all that came before, or not on the grid.</returns>
    public bool Add(in Candle candle)
    {
        if (candle.OpenTime % interval.Milliseconds != 0 || (Count > 0 && candle.OpenTime < EndTime) || candle.Low > candle.High || candle.Low <= 0)
        {
            return false;
        }

        if (Count == 0)
        {
            startTime = candle.OpenTime;
        }

        while (EndTime < candle.OpenTime)
        {
            var last = LastClose;
            Append(last, int.MinValue, int.MaxValue, last, 0);
        }

        Append(Price(candle.Open), Price(candle.High), Price(candle.Low), Price(candle.Close), Volume(candle.Volume));
        return true;
    }

    /// <summary>A view without copying; it stays as it is when candles are added.</summary>
    public CandleSeries Series() => new()
    {
        Instrument = units.Instrument.Id,
        Interval = interval,
        StartTime = startTime,
        PriceDecimals = units.PriceDecimals,
        VolumeDecimals = VolumeDecimals,
        Open = open.AsMemory(0, Count),
        High = high.AsMemory(0, Count),
        Low = low.AsMemory(0, Count),
        Close = close.AsMemory(0, Count),
        Volume = volume.AsMemory(0, Count),
    };

    private int Price(decimal price) => units.NearestPrice(price);

    private static long Volume(decimal amount) => (long)Math.Min(decimal.Round(amount * 100_000_000m), long.MaxValue / 2);

    private void Append(int first, int top, int bottom, int last, long amount)
    {
        if (Count == close.Length)
        {
            var size = Math.Max(1_024, Count * 2);
            Array.Resize(ref open, size);
            Array.Resize(ref high, size);
            Array.Resize(ref low, size);
            Array.Resize(ref close, size);
            Array.Resize(ref volume, size);
        }

        (open[Count], high[Count], low[Count], close[Count], volume[Count]) = (first, top, bottom, last, amount);
        Count++;
    }
}
