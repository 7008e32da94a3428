namespace Trellis.Core.Indicators;

/// <summary>
/// Simple moving average: the mean of the latest n prices. The sum is kept as an integer, so that nothing drifts; the value
/// is the double nearest to sum ÷ (n × 10^decimals). Ready with the n-th price; NaN before.
/// </summary>
/// <param name="period">n, 1 to 10,000.</param>
/// <param name="priceDecimals">Prices are integers × 10^-this.</param>
public sealed class Sma(int period, int priceDecimals)
{
    private readonly RollingWindow window = new(Scale.Checked(period));
    private readonly double scale = period * Scale.Of(priceDecimals);

    public bool IsReady => window.IsFull;

    /// <summary>Sum of the window in price units, exact.</summary>
    public long Sum { get; private set; }

    public double Value => IsReady ? Sum / scale : double.NaN;

    public void Update(int price) => Sum += (long)price - window.Push(price);

    /// <summary>The column form: entry i is the value after price i.</summary>
    /// <param name="prices">In price units.</param>
    /// <param name="period">n, 1 to 10,000.</param>
    /// <param name="priceDecimals">Prices are integers × 10^-this.</param>
    /// <param name="values">As long as the prices.</param>
    public static void Fill(ReadOnlySpan<int> prices, int period, int priceDecimals, Span<double> values)
    {
        var divisor = Scale.Checked(period) * Scale.Of(priceDecimals);
        values = values[..prices.Length];
        var warmUp = Math.Min(period - 1, prices.Length);
        var sum = 0L;
        for (var i = 0; i < warmUp; i++)
        {
            sum += prices[i];
            values[i] = double.NaN;
        }

        if (warmUp == prices.Length)
        {
            return;
        }

        // Entering and leaving prices side by side: the loop has no window and no branch.
        var entering = prices[warmUp..];
        var leaving = prices[..entering.Length];
        var ready = values[warmUp..];
        for (var i = 0; i < entering.Length && i < leaving.Length && i < ready.Length; i++)
        {
            sum += entering[i];
            ready[i] = sum / divisor;
            sum -= leaving[i];
        }
    }
}
