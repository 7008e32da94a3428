using Trellis.Core.Indicators;
using Trellis.Core.Markets;

namespace Trellis.Core.Strategies.Signals;

/// <summary>
/// What a signal says, and how far the market ranges, at the close of each candle: by columns over the candles that are there at first, bar by
/// bar over those that come later, so that a candle costs the same however many came before.
/// </summary>
/// <param name="options">Checked.</param>
/// <param name="signal">What decides.</param>
internal sealed class SignalHistory(SignalOptions options, ISignal signal)
{
    private BarSeries? bars;
    private double[] ranges = [];
    private Followed? followed;

    /// <summary>By candle, as signed bytes: +1 long, −1 short, 0 for nothing. At least as long as the candles.</summary>
    public byte[] Directions { get; private set; } = [];

    /// <summary>The average true range of the bars that are over at a candle's close; NaN where none is known.</summary>
    public double RangeAt(int candle)
    {
        if (followed is not null)
        {
            return followed.Ranges[candle];
        }

        var bar = ranges.Length > 0 ? bars!.LatestAt(candle) : -1;
        return bar >= 0 ? ranges[bar] : double.NaN;
    }

    /// <param name="candles">All so far; those of the last time come first.</param>
    public void Take(CandleSeries candles)
    {
        var timeframe = options.Timeframe ?? candles.Interval;
        if (bars is not null)
        {
            followed ??= new Followed(timeframe, candles, signal.Start(candles.PriceDecimals), options.NeedsAtr ? new Atr(options.AtrPeriod, candles.PriceDecimals) : null);
            followed.Take(candles);
            Directions = followed.Directions;
            return;
        }

        bars = BarSeries.Of(candles, timeframe);
        Directions = SignalColumn.Of(signal, bars, candles.Count);
        if (options.NeedsAtr)
        {
            ranges = new double[bars.Count];
            Atr.Fill(bars, options.AtrPeriod, ranges);
        }
    }

    /// <summary>Candles as they come.</summary>
    private sealed class Followed(Interval timeframe, CandleSeries first, ISignalFollower follower, Atr? range)
    {
        private readonly BarBuilder builder = new(timeframe.Milliseconds, first.Interval.Milliseconds);
        private int count;

        public byte[] Directions { get; private set; } = new byte[first.Count];

        public double[] Ranges { get; private set; } = new double[first.Count];

        public void Take(CandleSeries candles)
        {
            if (Directions.Length < candles.Count)
            {
                Directions = Grown(Directions, candles.Count * 2);
                Ranges = Grown(Ranges, candles.Count * 2);
            }

            var open = candles.Open.Span;
            var high = candles.High.Span;
            var low = candles.Low.Span;
            var close = candles.Close.Span;
            var volume = candles.Volume.Span;
            Span<Bar> completed = stackalloc Bar[2];
            for (; count < candles.Count; count++)
            {
                if (low[count] <= high[count])
                {
                    var candle = new Bar(candles.TimeOf(count), open[count], high[count], low[count], close[count], volume.IsEmpty ? 0 : volume[count]);
                    foreach (ref readonly var bar in completed[..builder.Add(candle, completed)])
                    {
                        Follow(bar);
                    }
                }

                Ranges[count] = range?.Value ?? double.NaN;
            }
        }

        private void Follow(in Bar bar)
        {
            range?.Update(bar.High, bar.Low, bar.Close);
            var direction = follower.Update(bar);
            if (direction != 0)
            {
                Directions[count] = (byte)(sbyte)direction;
            }
        }

        private static T[] Grown<T>(T[] values, int size)
        {
            Array.Resize(ref values, size);
            return values;
        }
    }
}
