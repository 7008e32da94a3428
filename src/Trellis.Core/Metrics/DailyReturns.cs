namespace Trellis.Core.Metrics;

/// <summary>What the returns of whole UTC days say of risk; docs/metrics.md has the formulas.</summary>
/// <param name="Days">Days counted: whole ones that began with equity above 0.</param>
/// <param name="Mean">Arithmetic mean; null without a day. 0.01 is 1 %.</param>
/// <param name="Deviation">Sample standard deviation; null with fewer than two days.</param>
/// <param name="Best">Largest return; null without a day, like the two below.</param>
/// <param name="Positive">Share of the days with a return above 0.</param>
/// <param name="Sharpe">Per year of 365 days, without a risk-free rate; null where the deviation is 0 or unknown.</param>
/// <param name="Sortino">Per year; null with fewer than two days or none below 0.</param>
/// <param name="Omega">At a threshold of 0; null where no day was below 0.</param>
public sealed record DailyReturns(int Days, double? Mean, double? Deviation, double? Best, double? Worst, double? Positive, double? Sharpe, double? Sortino, double? Omega)
{
    /// <summary>Crypto markets never close.</summary>
    public const int DaysPerYear = 365;
}

/// <summary>Takes equity at the midnights of a run.</summary>
public sealed class DailyReturnsMeter
{
    /// <summary>A day in milliseconds.</summary>
    public const long Day = 86_400_000;

    private long? midnight;
    private Int128 equityThen;
    private int days;
    private int positive;
    private double mean;
    private double squares;
    private double gains;
    private double losses;
    private double lossSquares;
    private double best;
    private double worst;

    public DailyReturns Result
    {
        get
        {
            if (days == 0)
            {
                return new DailyReturns(0, null, null, null, null, null, null, null, null);
            }

            var yearly = Math.Sqrt(DailyReturns.DaysPerYear);
            double? deviation = days < 2 ? null : Math.Sqrt(squares / (days - 1));
            return new DailyReturns(
                days,
                mean,
                deviation,
                best,
                worst,
                (double)positive / days,
                deviation is > 0 and { } spread ? mean / spread * yearly : null,
                days < 2 || lossSquares == 0 ? null : mean / Math.Sqrt(lossSquares / days) * yearly,
                losses == 0 ? null : gains / losses);
        }
    }

    /// <summary>Equity at the start or at a close; what is not at midnight UTC is passed over.</summary>
    /// <param name="time">Unix milliseconds, ascending.</param>
    public void Take(long time, Int128 equity)
    {
        if (time % Day != 0)
        {
            return;
        }

        if (midnight == time - Day && equityThen > 0)
        {
            Add((double)(equity - equityThen) / (double)equityThen);
        }

        (midnight, equityThen) = (time, equity);
    }

    private void Add(double result)
    {
        // Welford, so that small returns around a large number of days lose no digits.
        days++;
        var distance = result - mean;
        mean += distance / days;
        squares += distance * (result - mean);
        best = days == 1 ? result : Math.Max(best, result);
        worst = days == 1 ? result : Math.Min(worst, result);
        if (result > 0)
        {
            positive++;
            gains += result;
        }
        else
        {
            losses -= result;
            lossSquares += result * result;
        }
    }
}
