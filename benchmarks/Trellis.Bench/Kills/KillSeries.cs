using System.Globalization;
using Trellis.Bench.Measuring;
using Trellis.Live.Tests.Kills;

namespace Trellis.Bench.Kills;

/// <summary>The kills of one bot on one database, and whether its journal tells the same story again.</summary>
/// <param name="Database">In words.</param>
/// <param name="Results">In their order.</param>
/// <param name="Replay">What <c>trellis replay</c> said; empty where the series was cut short.</param>
internal sealed record KillSeries(string Database, IReadOnlyList<KillResult> Results, string Replay)
{
    /// <summary>Lines of a process that came back slowly.</summary>
    private const int Shown = 80;

    public bool IsReplayEqual => Replay.StartsWith("equal: ", StringComparison.Ordinal);

    public bool IsClean => IsReplayEqual && Results.All(result => result.Problems.Count == 0);

    /// <param name="database">In words.</param>
    /// <param name="connection">Of an empty PostgreSQL database; null for SQLite.</param>
    /// <param name="kills">How many.</param>
    /// <param name="seed">Of prices and instants.</param>
    /// <param name="output">Gets a line per kill.</param>
    /// <param name="cancellation">Ends it early: every process is ended, and what was measured so far is the result.</param>
    public static async Task<KillSeries> RunAsync(string database, string? connection, int kills, ulong seed, TextWriter output, CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        List<KillResult> results = [];
        try
        {
            await using var campaign = await KillCampaign.StartAsync(folder.Path, connection, seed).WaitAsync(cancellation);
            foreach (var point in KillPoints.Schedule().Take(kills))
            {
                var kill = point == KillPoints.Random ? campaign.KillAtRandomAsync() : campaign.KillAtAsync(point);
                results.Add(await kill.WaitAsync(cancellation));
                output.WriteLine(Line(database, results.Count, results[^1]));
                Explain(results[^1], output);
            }

            var (_, replayed) = await campaign.ReplayAsync().WaitAsync(cancellation);
            return new KillSeries(database, results, replayed.Trim());
        }
        catch (OperationCanceledException)
        {
            return new KillSeries(database, results, "");
        }
    }

    /// <summary>What took its time, where it took more than it should.</summary>
    private static void Explain(KillResult result, TextWriter output)
    {
        if (result.Recovery > KillReport.Budget)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"             from {result.Back - result.Recovery:HH:mm:ss.fff} to {result.Back:HH:mm:ss.fff}. {Machine.LoadNow()}; it said:"));
            foreach (var line in result.Said.Split('\n').Where(line => line.StartsWith('2')).Take(Shown))
            {
                output.WriteLine($"             {line}");
            }
        }
    }

    private static string Line(string database, int number, KillResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{database,-10} {number,4} {result.Point,-24} {(result.InFlight ? "in flight" : ""),-9} ladder back in {result.Recovery.TotalSeconds:0.00} s{string.Concat(result.Problems.Select(problem => $"; {problem}"))}");
}
