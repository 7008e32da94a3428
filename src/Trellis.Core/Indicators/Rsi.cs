namespace Trellis.Core.Indicators;

/// <summary>
/// Relative strength index (Wilder, 1978): 100 × gain ÷ (gain + loss) of the averages, smoothed Wilder's way, of the rises and of the falls from price to
/// price; 50 where there were neither. Ready with the price n + 1, after n changes; NaN before.
/// </summary>
/// <param name="period">n, 1 to 10,000.</param>
/// <param name="priceDecimals">Prices are integers × 10^-this.</param>
public sealed class Rsi(int period, int priceDecimals)
{
    private WilderAverage gain = new(Scale.Checked(period), Scale.Of(priceDecimals));
    private WilderAverage loss = new(period, Scale.Of(priceDecimals));
    private int? last;

    public bool IsReady => gain.IsReady;

    /// <summary>0 to 100.</summary>
    public double Value
    {
        get
        {
            if (!IsReady)
            {
                return double.NaN;
            }

            var both = gain.Value + loss.Value;
            return both > 0 ? 100.0 * gain.Value / both : 50.0;
        }
    }

    public void Update(int price)
    {
        if (last is { } before)
        {
            var change = (long)price - before;
            gain.Update(Math.Max(change, 0));
            loss.Update(Math.Max(-change, 0));
        }

        last = price;
    }

    /// <summary>The column form: entry i is the value after price i.</summary>
    /// <param name="prices">In price units.</param>
    /// <param name="period">n, 1 to 10,000.</param>
    /// <param name="priceDecimals">Prices are integers × 10^-this.</param>
    /// <param name="values">As long as the prices.</param>
    public static void Fill(ReadOnlySpan<int> prices, int period, int priceDecimals, Span<double> values)
    {
        var index = new Rsi(period, priceDecimals);
        for (var i = 0; i < prices.Length; i++)
        {
            index.Update(prices[i]);
            values[i] = index.Value;
        }
    }
}
