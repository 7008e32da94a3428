namespace Trellis.Core.Metrics;

/// <summary>
/// Time below the highest equity so far, over all closes, exactly. Closes are numbered from 0; −1 is the start of the run.
/// </summary>
/// <param name="start">Equity at the start, the first peak.</param>
/// <param name="trough">A close whose recovery is looked for; −1 for none.</param>
public sealed class UnderwaterMeter(Int128 start, int trough = -1)
{
    private int closes;
    private int below;
    private int top = -1;
    private (int From, int To) longest = (-1, -1);

    /// <summary>Highest equity so far, starting with that of the start.</summary>
    public Int128 Peak { get; private set; } = start;

    /// <summary>First close after the given trough at which equity stood at its peak again; null where it never did.</summary>
    public int? Recovery { get; private set; }

    /// <summary>Share of the closes at which equity was below its peak, 0 to 1.</summary>
    public double Share => closes == 0 ? 0 : (double)below / closes;

    /// <summary>
    /// The longest time below a peak, the first of equal ones: from the last close at the peak to the first close that is not below it
    /// again, or to the last close of all. Both equal where equity was never below.
    /// </summary>
    public (int From, int To) Longest => closes - 1 - top > longest.To - longest.From ? (top, closes - 1) : longest;

    /// <summary>Whether <see cref="Longest"/> ended.</summary>
    public bool LongestRecovered => Longest == longest;

    /// <summary>One close.</summary>
    public void Take(Int128 equity)
    {
        if (equity >= Peak)
        {
            Peak = equity;
            Surface(closes);
        }
        else
        {
            below++;
        }

        closes++;
    }

    /// <summary>Closes between two bookings. Which of them are at the peak is decided on the price, in integers.</summary>
    public void Take(EquityStretch stretch)
    {
        var prices = stretch.Prices;
        var line = stretch.Line;
        if (stretch.Most < Peak)
        {
            below += prices.Length;
            closes += prices.Length;
            return;
        }

        if (line.PerClose == 0)
        {
            Flat(prices.Length, line.Base);
            return;
        }

        // Equity ≥ peak where the close is at or beyond this price, on the side to which equity rises.
        var rises = line.PerClose > 0;
        var distance = rises ? Peak - line.Base : line.Base - Peak;
        var slope = rises ? line.PerClose : -line.PerClose;
        var exact = rises ? -FloorDivide(-distance, slope) : FloorDivide(distance, slope);
        var edge = (int)Int128.Clamp(exact, int.MinValue, int.MaxValue);
        var reached = rises ? Rising(prices, edge) : Falling(prices, edge);
        if (reached is { } price)
        {
            Peak = line.At(price);
        }

        closes += prices.Length;
    }

    private int? Rising(ReadOnlySpan<int> prices, int edge)
    {
        int? reached = null;
        for (var i = 0; i < prices.Length; i++)
        {
            if (prices[i] >= edge)
            {
                reached = edge = prices[i];
                Surface(closes + i);
            }
            else
            {
                below++;
            }
        }

        return reached;
    }

    private int? Falling(ReadOnlySpan<int> prices, int edge)
    {
        int? reached = null;
        for (var i = 0; i < prices.Length; i++)
        {
            if (prices[i] <= edge)
            {
                reached = edge = prices[i];
                Surface(closes + i);
            }
            else
            {
                below++;
            }
        }

        return reached;
    }

    private void Flat(int count, Int128 equity)
    {
        Peak = equity;
        for (var i = 0; i < count; i++)
        {
            Surface(closes + i);
        }

        closes += count;
    }

    private void Surface(int close)
    {
        if (close - top > 1 && close - top > longest.To - longest.From)
        {
            longest = (top, close);
        }

        if (trough >= 0 && Recovery is null && close > trough)
        {
            Recovery = close;
        }

        top = close;
    }

    private static Int128 FloorDivide(Int128 value, Int128 divisor)
    {
        var quotient = value / divisor;
        return value < 0 && quotient * divisor != value ? quotient - 1 : quotient;
    }
}
