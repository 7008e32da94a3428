namespace Trellis.Core.Indicators;

/// <summary>
/// Exponential moving average, as TradingView's ta.ema and pandas' ewm(adjust=False): the first price is the first value, then
/// value += α × (price − value) with α = 2 ÷ (n + 1). A constant price stays constant to the bit. Ready with the n-th price; NaN before.
/// </summary>
/// <remarks>The order of the operations is part of the definition; a fused multiply-add would give other bits.</remarks>
/// <param name="period">n, 1 to 10,000.</param>
/// <param name="priceDecimals">Prices are integers × 10^-this.</param>
public sealed class Ema(int period, int priceDecimals)
{
    private readonly double weight = 2.0 / (Scale.Checked(period) + 1);
    private readonly double scale = Scale.Of(priceDecimals);
    private double value;
    private int count;

    public bool IsReady => count >= period;

    public double Value => IsReady ? value : double.NaN;

    public void Update(int price)
    {
        var current = price / scale;
        value = count == 0 ? current : value + (weight * (current - value));
        count = Math.Min(count + 1, period);
    }

    /// <summary>The column form: entry i is the value after price i.</summary>
    /// <param name="prices">In price units.</param>
    /// <param name="period">n, 1 to 10,000.</param>
    /// <param name="priceDecimals">Prices are integers × 10^-this.</param>
    /// <param name="values">As long as the prices.</param>
    public static void Fill(ReadOnlySpan<int> prices, int period, int priceDecimals, Span<double> values)
    {
        var average = new Ema(period, priceDecimals);
        for (var i = 0; i < prices.Length; i++)
        {
            average.Update(prices[i]);
            values[i] = average.Value;
        }
    }
}
