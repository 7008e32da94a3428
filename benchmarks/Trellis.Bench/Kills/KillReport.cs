using System.Globalization;
using Trellis.Bench.Measuring;
using Trellis.Bench.Reporting;
using Trellis.Live.Tests.Kills;

namespace Trellis.Bench.Kills;

/// <summary>What series of kills came to.</summary>
internal static class KillReport
{
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);

    public static void Print(IReadOnlyList<KillSeries> series, TextWriter output)
    {
        output.WriteLine();
        var sums = new Table(1, "database", "kills", "in flight", "lost", "orphaned", "doubled", "books", "other", "replay", "median", "max", "budget", "");
        foreach (var one in series.Where(one => one.Results.Count > 0))
        {
            Sum(sums, one.Database, one.Results, one.Replay.Length == 0 ? "not asked" : one.IsReplayEqual ? "equal" : "DIFFERENT");
        }

        sums.Print(output);
        output.WriteLine();
        var points = new Table(1, "point", "kills", "in flight", "problems", "median", "max");
        foreach (var point in series.SelectMany(one => one.Results).GroupBy(result => result.Point, StringComparer.Ordinal))
        {
            points.Add(
                point.Key,
                Text.Count(point.Count()),
                Text.Count(point.Count(result => result.InFlight)),
                Text.Count(point.Sum(result => result.Problems.Count)),
                Seconds(Median(point)),
                Seconds(point.Max(result => result.Recovery)));
        }

        points.Print(output);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Times are from the start of the next process until every order of its ladder stands, wall clock, default settings; simulator, killer and database share the machine. {Machine.LoadNow()}."));
        foreach (var one in series.Where(one => one.Replay.Length > 0))
        {
            output.WriteLine($"{one.Database}: trellis replay says {one.Replay}");
        }
    }

    private static void Sum(Table table, string name, IReadOnlyList<KillResult> results, string replay)
    {
        var median = Median(results);
        var max = results.Max(result => result.Recovery);
        table.Add(
            name,
            Text.Count(results.Count),
            string.Create(CultureInfo.InvariantCulture, $"{100.0 * results.Count(result => result.InFlight) / results.Count:0} %"),
            Count(results, ProblemKind.Lost),
            Count(results, ProblemKind.Orphaned),
            Count(results, ProblemKind.Doubled),
            Count(results, ProblemKind.Books),
            Count(results, ProblemKind.Other),
            replay,
            Seconds(median),
            Seconds(max),
            Seconds(Budget),
            Text.Verdict(max.TotalSeconds, Budget.TotalSeconds));
    }

    private static string Count(IEnumerable<KillResult> results, ProblemKind kind) => Text.Count(results.Sum(result => result.Problems.Count(problem => problem.Kind == kind)));

    private static TimeSpan Median(IEnumerable<KillResult> results)
    {
        var sorted = results.Select(result => result.Recovery).Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s");
}
