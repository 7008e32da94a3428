using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Data.Format;
using Trellis.Data.Store;

namespace Trellis.Data.Verification;

/// <summary>What a thorough look at a candle file found.</summary>
/// <param name="Candles">What the file holds; null where it could not be opened.</param>
/// <param name="Gaps">Runs of missing candles; allowed, yet to be known.</param>
/// <param name="Problems">What is wrong, in words; none in a sound file.</param>
public sealed record VerificationReport(string Path, StoredCandles? Candles, IReadOnlyList<Gap> Gaps, IReadOnlyList<string> Problems)
{
    public bool IsSound => Problems.Count == 0;
}

/// <summary>Looks at everything in a candle file: checksums, every candle's rules, index, fingerprint, units, holes.</summary>
public static class CandleVerifier
{
    private const int MostRows = 20;

    /// <summary>Verifies a file; what is wrong with it is told, not thrown.</summary>
    /// <param name="path">A file whose path ends in <c>exchange/market/SYMBOL/interval.candles</c>.</param>
    public static VerificationReport Verify(string path)
    {
        try
        {
            using var file = CandleFile.Open(path);
            var series = file.Series;
            var problems = new List<string>();
            CheckPath(path, series, problems);
            CheckCandles(series, problems);
            CheckDerived(file, problems);
            return new VerificationReport(path, CandleStore.Describe(file), Gap.Of(series), problems);
        }
        catch (DataException error)
        {
            return new VerificationReport(path, null, [], [error.Message]);
        }
    }

    private static void CheckPath(string path, CandleSeries series, List<string> problems)
    {
        var expected = $"{series.Instrument}/{series.Interval}{CandleFile.Extension}";
        if (!Path.GetFullPath(path).Replace('\\', '/').EndsWith('/' + expected, StringComparison.Ordinal))
        {
            problems.Add($"holds {series.Instrument} {series.Interval}, so its path should end in {expected}");
        }
    }

    private static void CheckCandles(CandleSeries series, List<string> problems)
    {
        if (series.StartTime % series.Interval.Milliseconds != 0)
        {
            problems.Add($"start time {series.StartTime} is not a multiple of the interval {series.Interval}");
        }

        if (series.IsHole(0) || series.IsHole(series.Count - 1))
        {
            problems.Add("the first or the last candle is a hole");
        }

        var bad = 0;
        for (var i = 0; i < series.Count; i++)
        {
            if (Rule(series, i) is { } rule && bad++ < MostRows)
            {
                problems.Add($"candle {i} ({TimeText.Of(series.TimeOf(i))}): {rule}");
            }
        }

        if (bad > MostRows)
        {
            problems.Add($"and {bad - MostRows} more bad candles");
        }
    }

    private static string? Rule(CandleSeries series, int i)
    {
        var (open, high, low, close, volume) = (series.Open.Span[i], series.High.Span[i], series.Low.Span[i], series.Close.Span[i], series.Volume.Span[i]);
        if (low == int.MaxValue && high == int.MinValue)
        {
            var last = i == 0 ? close : series.Close.Span[i - 1];
            return open == last && close == last && volume == 0 ? null : "a hole must repeat the last close and have no volume";
        }

        return low <= 0 ? $"low {low} must be above 0"
            : low > high ? $"low {low} is above high {high}"
            : low > Math.Min(open, close) ? $"low {low} is above open {open} or close {close}"
            : high < Math.Max(open, close) ? $"high {high} is below open {open} or close {close}"
            : volume < 0 ? $"volume {volume} is below 0"
            : null;
    }

    private static void CheckDerived(MappedCandles file, List<string> problems)
    {
        var series = file.Series;
        var index = CandleIndex.Build(series.Low.Span, series.High.Span, series.Close.Span);
        if (!Same(index.Small, series.Index.Small) || !Same(index.Large, series.Index.Large))
        {
            problems.Add("the index differs from the one computed from the candles");
        }

        var fingerprint = CandleFingerprint.Compute(series);
        if (fingerprint != series.Fingerprint)
        {
            problems.Add($"the fingerprint of the candles is {fingerprint}, the header says {series.Fingerprint}");
        }

        var holes = CandleScale.CountHoles(series);
        if (holes != file.Holes)
        {
            problems.Add($"there are {holes} holes, the header says {file.Holes}");
        }

        if (!ReferenceEquals(CandleScale.Smallest(series), series))
        {
            problems.Add($"prices or volumes would need fewer decimals than {series.PriceDecimals} and {series.VolumeDecimals}");
        }
    }

    private static bool Same(IndexLevel one, IndexLevel other) =>
        one.LowMin.Span.SequenceEqual(other.LowMin.Span) && one.HighMax.Span.SequenceEqual(other.HighMax.Span)
        && one.CloseMin.Span.SequenceEqual(other.CloseMin.Span) && one.CloseMax.Span.SequenceEqual(other.CloseMax.Span);
}
