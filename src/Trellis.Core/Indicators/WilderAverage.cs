namespace Trellis.Core.Indicators;

/// <summary>
/// Wilder's smoothing (J. Welles Wilder, New Concepts in Technical Trading Systems, 1978): the mean of the first n values, summed as
/// integers, then (average × (n − 1) + value) ÷ n.
/// </summary>
/// <param name="period">n, at least 1.</param>
/// <param name="scale">A value is an integer ÷ this.</param>
internal struct WilderAverage(int period, double scale)
{
    private long sum;
    private int count;

    public readonly bool IsReady => count == period;

    /// <summary>Meaningful where <see cref="IsReady"/>.</summary>
    public double Value { get; private set; }

    public void Update(long value)
    {
        if (count == period)
        {
            Value = ((Value * (period - 1)) + (value / scale)) / period;
            return;
        }

        sum += value;
        count++;
        Value = sum / (period * scale);
    }
}
