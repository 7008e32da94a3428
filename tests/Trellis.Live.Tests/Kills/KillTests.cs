using Trellis.Storage.Tests.Databases;

namespace Trellis.Live.Tests.Kills;

/// <summary>The real process, killed at every point that has a name and at instants that have none.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    /// <summary>Five seconds on a quiet machine, which this one need not be; the figure is printed.</summary>
    private static readonly TimeSpan MostRecovery = TimeSpan.FromSeconds(30);

    [Fact]
    public Task Whatever_kills_the_bot_its_ladder_comes_back_from_SQLite() => RunAsync(null, [.. KillPoints.Named.Where((_, index) => index % 2 == 0), "before-send"], 1);

    [Fact]
    public Task Whatever_kills_the_bot_its_ladder_comes_back_from_PostgreSQL()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed");
        return RunAsync(PostgresServer.Shared.CreateDatabase("kills"), [.. KillPoints.Named.Where((_, index) => index % 2 == 1), .. KillPoints.OnTheirWay], 2);
    }

    private async Task RunAsync(string? connection, IEnumerable<string> points, ulong seed)
    {
        var folder = Directory.CreateTempSubdirectory("trellis-kill-");
        try
        {
            await using var campaign = await KillCampaign.StartAsync(folder.FullName, connection, seed);
            List<KillResult> results = [];
            foreach (var point in points.Prepend(KillPoints.Migration))
            {
                Add(results, await campaign.KillAtAsync(point));
            }

            for (var kill = 0; kill < 2; kill++)
            {
                Add(results, await campaign.KillAtRandomAsync());
            }

            var printed = await campaign.PrintedStatusAsync();
            var (code, replayed) = await campaign.ReplayAsync();
            output.WriteLine(replayed);

            results.SelectMany(result => result.Problems.Select(problem => $"{result.Point}: {problem}")).ShouldBeEmpty();
            results.ShouldAllBe(result => result.Recovery < MostRecovery);
            results.Count(result => result.InFlight).ShouldBeGreaterThanOrEqualTo(results.Count / 2);
            printed.Orders.Count.ShouldBe(Ladder.Cells);
            code.ShouldBe(0, replayed);
            replayed.ShouldStartWith("equal: ");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private void Add(List<KillResult> results, KillResult result)
    {
        results.Add(result);
        output.WriteLine($"{result.Point,-24} {(result.InFlight ? "order in flight" : ""),-16} dead after {result.Dying.TotalSeconds:0.00} s, ladder back in {result.Recovery.TotalSeconds:0.00} s");
    }
}
