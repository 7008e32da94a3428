namespace Trellis.Core.Indicators;

/// <summary>
/// Average true range (Wilder, 1978): the true range, max(high, last close) − min(low, last close) (of the first bar high − low), smoothed
/// Wilder's way. Ready with the n-th bar; NaN before.
/// </summary>
/// <param name="period">n, 1 to 10,000.</param>
/// <param name="priceDecimals">Prices are integers × 10^-this.</param>
public sealed class Atr(int period, int priceDecimals)
{
    private WilderAverage range = new(Scale.Checked(period), Scale.Of(priceDecimals));
    private int? last;

    public bool IsReady => range.IsReady;

    /// <summary>In quote currency.</summary>
    public double Value => IsReady ? range.Value : double.NaN;

    public void Update(int high, int low, int close)
    {
        range.Update((long)Math.Max(high, last ?? high) - Math.Min(low, last ?? low));
        last = close;
    }

    /// <summary>The column form: entry i is the value after bar i.</summary>
    /// <param name="bars">Any timeframe.</param>
    /// <param name="period">n, 1 to 10,000.</param>
    /// <param name="values">As long as the bars.</param>
    public static void Fill(BarSeries bars, int period, Span<double> values)
    {
        var average = new Atr(period, bars.PriceDecimals);
        var high = bars.High.Span;
        var low = bars.Low.Span;
        var close = bars.Close.Span;
        for (var i = 0; i < close.Length; i++)
        {
            average.Update(high[i], low[i], close[i]);
            values[i] = average.Value;
        }
    }
}
