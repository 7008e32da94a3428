namespace Trellis.Core.Indicators;

/// <summary>
/// Bollinger bands (John Bollinger, 1983): the simple moving average, and a multiple of the population standard deviation of the same n prices above and
/// below it. Sums and squares are integers: the deviation is √(n × Σx² − (Σx)²) ÷ (n × 10^decimals), exact up to the conversion of the radicand to double.
/// Ready with the n-th price; NaN before.
/// </summary>
/// <param name="period">n, 1 to 10,000.</param>
/// <param name="width">The multiple, usually 2.</param>
/// <param name="priceDecimals">Prices are integers × 10^-this.</param>
public sealed class BollingerBands(int period, double width, int priceDecimals)
{
    private readonly RollingWindow window = new(Scale.Checked(period));
    private readonly double divisor = period * Scale.Of(priceDecimals);
    private long sum;
    private Int128 squares;

    public bool IsReady => window.IsFull;

    public double Middle => IsReady ? sum / divisor : double.NaN;

    /// <summary>Population standard deviation, in quote currency.</summary>
    public double Deviation => IsReady ? Math.Sqrt((double)((squares * period) - Math.BigMul(sum, sum))) / divisor : double.NaN;

    public double Upper => Middle + (width * Deviation);

    public double Lower => Middle - (width * Deviation);

    public void Update(int price)
    {
        var oldest = (long)window.Push(price);
        sum += price - oldest;
        squares += ((Int128)price * price) - (oldest * oldest);
    }

    /// <summary>The column form: entry i of each is the value after price i.</summary>
    /// <param name="prices">In price units.</param>
    /// <param name="period">n, 1 to 10,000.</param>
    /// <param name="width">The multiple, usually 2.</param>
    /// <param name="priceDecimals">Prices are integers × 10^-this.</param>
    /// <param name="lower">As long as the prices.</param>
    /// <param name="middle">As long as the prices.</param>
    /// <param name="upper">As long as the prices.</param>
    public static void Fill(ReadOnlySpan<int> prices, int period, double width, int priceDecimals, Span<double> lower, Span<double> middle, Span<double> upper)
    {
        var bands = new BollingerBands(period, width, priceDecimals);
        for (var i = 0; i < prices.Length; i++)
        {
            bands.Update(prices[i]);
            (lower[i], middle[i], upper[i]) = (bands.Lower, bands.Middle, bands.Upper);
        }
    }
}
