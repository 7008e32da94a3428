namespace Trellis.Core.Indicators;

/// <summary>
/// Volume-weighted average price of the latest n bars, a rolling window (not a session): Σ typical price × volume ÷ Σ volume, where the typical price is
/// (high + low + close) ÷ 3. The sums are integers; the value is Σ(h + l + c) × v ÷ (3 × Σv) ÷ 10^decimals, each step rounded. Ready with the n-th bar; NaN before, and
/// where nothing was traded in the window.
/// </summary>
/// <param name="period">n, 1 to 10,000.</param>
/// <param name="priceDecimals">Prices are integers × 10^-this.</param>
public sealed class Vwap(int period, int priceDecimals)
{
    private readonly (long Price, long Volume)[] window = new (long, long)[Scale.Checked(period)];
    private readonly double scale = Scale.Of(priceDecimals);
    private Int128 traded;
    private Int128 volumes;
    private int next;
    private int count;

    public bool IsReady => count == period;

    public double Value => IsReady && volumes > 0 ? (double)traded / (double)(volumes * 3) / scale : double.NaN;

    /// <param name="high">In price units.</param>
    /// <param name="low">In price units.</param>
    /// <param name="close">In price units.</param>
    /// <param name="volume">In any unit, always the same; at least 0.</param>
    public void Update(int high, int low, int close, long volume)
    {
        var (oldPrice, oldVolume) = window[next];
        var price = (long)high + low + close;
        window[next] = (price, volume);
        next = next + 1 == period ? 0 : next + 1;
        count = Math.Min(count + 1, period);
        traded += ((Int128)price * volume) - ((Int128)oldPrice * oldVolume);
        volumes += (Int128)volume - oldVolume;
    }

    /// <summary>The column form: entry i is the value after bar i.</summary>
    /// <param name="bars">With volume; without it every entry is NaN.</param>
    /// <param name="period">n, 1 to 10,000.</param>
    /// <param name="values">As long as the bars.</param>
    public static void Fill(BarSeries bars, int period, Span<double> values)
    {
        var average = new Vwap(period, bars.PriceDecimals);
        var high = bars.High.Span;
        var low = bars.Low.Span;
        var close = bars.Close.Span;
        var volume = bars.Volume.Span;
        for (var i = 0; i < close.Length; i++)
        {
            average.Update(high[i], low[i], close[i], volume.IsEmpty ? 0 : volume[i]);
            values[i] = average.Value;
        }
    }
}
