using Trellis.Core.Numerics;

namespace Trellis.Core.Metrics;

/// <summary>How many trades ended with a profit in [From, To).</summary>
public readonly record struct ProfitBin(Money From, Money To, int Count);

/// <summary>A histogram of profits with round bounds.</summary>
public static class ProfitDistribution
{
    /// <summary>The bins between the smallest and the largest profit are at most this many, plus one at each end.</summary>
    public const int MostBins = 24;

    /// <summary>
    /// Bins of one width, 1, 2 or 5 × 10^k units of 10^-12, the smallest with which <see cref="MostBins"/> span all profits; bounds are
    /// multiples of it, so that 0 is a bound. Empty bins in between are there; none without a trade.
    /// </summary>
    public static IReadOnlyList<ProfitBin> Of(ReadOnlySpan<Int128> profits)
    {
        if (profits.IsEmpty)
        {
            return [];
        }

        var (least, most) = (profits[0], profits[0]);
        foreach (var profit in profits)
        {
            least = profit < least ? profit : least;
            most = profit > most ? profit : most;
        }

        var width = Width(most - least);
        var first = Floor(least, width);
        var counts = new int[(int)(Floor(most, width) - first) + 1];
        foreach (var profit in profits)
        {
            counts[(int)(Floor(profit, width) - first)]++;
        }

        var bins = new ProfitBin[counts.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            bins[i] = new ProfitBin(new Money((first + i) * width), new Money((first + i + 1) * width), counts[i]);
        }

        return bins;
    }

    private static Int128 Width(Int128 span)
    {
        Int128 power = 1;
        while (true)
        {
            foreach (var step in (ReadOnlySpan<int>)[1, 2, 5])
            {
                if (span <= power * step * MostBins)
                {
                    return power * step;
                }
            }

            power *= 10;
        }
    }

    private static Int128 Floor(Int128 value, Int128 width)
    {
        var quotient = value / width;
        return value < 0 && quotient * width != value ? quotient - 1 : quotient;
    }
}
