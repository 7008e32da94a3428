using System.Security.Cryptography;
using System.Text;
using Trellis.Core.Markets;
using Trellis.Data;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Results;

/// <summary>The market data of one instrument in a run.</summary>
/// <param name="Holes">Candles of the run's range that the data lacks.</param>
/// <param name="LongestHoles">At most <see cref="HolesListed"/>, longest first, then oldest first; cut to the range.</param>
/// <param name="SourceFrom">Open time of the first candle there is, Unix milliseconds.</param>
/// <param name="SourceTo">Behind the last candle there is, Unix milliseconds.</param>
/// <param name="FundingRates">Rates that fall into the run's range.</param>
/// <param name="FundingSha256">Over the canonical lines of those rates; null where there are none.</param>
public sealed record DataDescription(
    Instrument Instrument,
    Interval Interval,
    int Holes,
    IReadOnlyList<Gap> LongestHoles,
    string Fingerprint,
    string? GeneratedBy,
    long SourceFrom,
    long SourceTo,
    int FundingRates,
    string? FundingSha256,
    InstrumentSource? Source)
{
    public const int HolesListed = 10;

    internal static IReadOnlyList<DataDescription> Of(RunDescription run, RunOutcome outcome, IReadOnlyList<ResultLane> lanes) =>
        [.. lanes.DistinctBy(lane => lane.Instrument).Select(lane => Of(run, outcome.Range, lane))];

    private static DataDescription Of(RunDescription run, RunRange range, ResultLane lane)
    {
        var candles = lane.Setup.Candles;
        var gaps = Gap.Of(candles).Select(gap => Cut(gap, range)).Where(gap => gap.Candles > 0).ToList();
        var funding = lane.Setup.Funding.Where(rate => rate.Time >= range.StartTime && rate.Time < range.TimeOf(range.Count)).ToList();
        return new DataDescription(
            lane.Units.Instrument,
            candles.Interval,
            gaps.Sum(gap => gap.Candles),
            [.. gaps.OrderByDescending(gap => gap.Candles).ThenBy(gap => gap.Start).Take(HolesListed)],
            candles.Fingerprint,
            candles.GeneratedBy,
            candles.StartTime,
            candles.EndTime,
            funding.Count,
            funding.Count == 0 ? null : Hash(funding),
            run.Sources.FirstOrDefault(source => source.Instrument == lane.Instrument));
    }

    private static Gap Cut(Gap gap, RunRange range)
    {
        var start = Math.Max(gap.Start, range.StartTime);
        var end = Math.Min(gap.Start + (gap.Candles * range.Interval), range.TimeOf(range.Count));
        return new Gap(start, (int)Math.Max(0, (end - start) / range.Interval));
    }

    private static string Hash(IEnumerable<FundingRate> rates)
    {
        var lines = new StringBuilder();
        foreach (var rate in rates)
        {
            lines.Append(rate.Time).Append(',').Append(CanonicalText.Of(rate.Rate)).Append(',')
                .Append(rate.MarkPrice is { } mark ? CanonicalText.Of(mark) : "").Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString())));
    }
}
