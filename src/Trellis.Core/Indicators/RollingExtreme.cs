namespace Trellis.Core.Indicators;

/// <summary>
/// The highest or the lowest of the latest n values. Ready with the n-th; NaN before. Values that can't matter any more are thrown away as they come
/// (a monotonic queue), so that an update costs the same for any n.
/// </summary>
public sealed class RollingExtreme
{
    private readonly int sign;
    private readonly int period;
    private readonly double scale;
    private readonly (long Number, int Value)[] queue;
    private int head;
    private int length;
    private long number;

    private RollingExtreme(int sign, int period, int priceDecimals)
    {
        this.sign = sign;
        this.period = Scale.Checked(period);
        scale = Scale.Of(priceDecimals);
        queue = new (long, int)[period];
    }

    public bool IsReady => number >= period;

    /// <summary>In price units; meaningful where <see cref="IsReady"/>.</summary>
    public int Units => queue[head].Value;

    public double Value => IsReady ? Units / scale : double.NaN;

    /// <param name="period">n, 1 to 10,000.</param>
    /// <param name="priceDecimals">Prices are integers × 10^-this.</param>
    public static RollingExtreme Highest(int period, int priceDecimals) => new(1, period, priceDecimals);

    /// <param name="period">n, 1 to 10,000.</param>
    /// <param name="priceDecimals">Prices are integers × 10^-this.</param>
    public static RollingExtreme Lowest(int period, int priceDecimals) => new(-1, period, priceDecimals);

    public void Update(int value)
    {
        if (length > 0 && queue[head].Number <= number - period)
        {
            head = Wrap(head + 1);
            length--;
        }

        while (length > 0 && sign * ((long)value - queue[Wrap(head + length - 1)].Value) >= 0)
        {
            length--;
        }

        queue[Wrap(head + length)] = (number, value);
        length++;
        number++;
    }

    /// <summary>The column form: entry i is the value after value i.</summary>
    /// <param name="extreme">Fresh.</param>
    /// <param name="values">In price units.</param>
    /// <param name="extremes">As long as the values.</param>
    public static void Fill(RollingExtreme extreme, ReadOnlySpan<int> values, Span<double> extremes)
    {
        for (var i = 0; i < values.Length; i++)
        {
            extreme.Update(values[i]);
            extremes[i] = extreme.Value;
        }
    }

    private int Wrap(int place) => place >= period ? place - period : place;
}
