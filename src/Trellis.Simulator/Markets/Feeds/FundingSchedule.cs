using Trellis.Core.Markets;

namespace Trellis.Simulator.Markets.Feeds;

/// <summary>A funding that is due.</summary>
/// <param name="Time">Market time, Unix milliseconds.</param>
/// <param name="Rate">Null where nothing was recorded, so that the premium makes it.</param>
/// <param name="MarkPrice">Null where the market's own counts.</param>
internal readonly record struct DueFunding(long Time, decimal? Rate, decimal? MarkPrice);

/// <summary>
/// When positions on an instrument pay funding, and how much. A market in the time of its data pays recorded rates at their own times;
/// one that was moved in time pays at the whole hours of the exchange, each time the rate that was last known in the data.
/// </summary>
/// <param name="rates">Recorded rates in order of time; empty for none.</param>
/// <param name="shift">Market time less the data's time, in milliseconds.</param>
/// <param name="hours">Hours between two fundings.</param>
internal sealed class FundingSchedule(IReadOnlyList<FundingRate> rates, long shift, int hours)
{
    private const long Hour = 3_600_000;

    /// <summary>The first funding at or after an instant of the market.</summary>
    public DueFunding NextFrom(long time)
    {
        if (rates.Count > 0 && shift == 0 && FirstAt(time) is var next && next < rates.Count)
        {
            return new DueFunding(rates[next].Time, rates[next].Rate, rates[next].MarkPrice);
        }

        var period = hours * Hour;
        var due = (time + period - 1) / period * period;
        if (rates.Count == 0)
        {
            return new DueFunding(due, null, null);
        }

        // Before the first record its rate stands in, and behind the last one that one.
        var known = Math.Clamp(FirstAt(due - shift + 1) - 1, 0, rates.Count - 1);
        return new DueFunding(due, rates[known].Rate, null);
    }

    private int FirstAt(long dataTime)
    {
        var (low, high) = (0, rates.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = rates[middle].Time < dataTime ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
