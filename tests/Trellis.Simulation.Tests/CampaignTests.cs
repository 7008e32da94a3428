using Trellis.Simulation.Faults;
using Trellis.Simulation.Scenarios;

namespace Trellis.Simulation.Tests;

/// <summary>Days of accounts with random bots, a hand and every fault, against three shapes of venue. TRELLIS_SEEDS runs more, TRELLIS_FIRST_SEED others.</summary>
public sealed class CampaignTests(ITestOutputHelper output)
{
    private const int LeastSeeds = 500;
    private const long LeastOfEachFault = 100;

    private static readonly VenueShape[] Shapes = [VenueShape.Coins, VenueShape.Contracts, VenueShape.Ahead, VenueShape.Contracts];

    private static int Seeds => (int)Setting("TRELLIS_SEEDS", LeastSeeds);

    [Fact]
    public void Whatever_happens_orders_positions_and_money_are_those_of_the_exchange()
    {
        var start = TimeProvider.System.GetTimestamp();
        var first = Setting("TRELLIS_FIRST_SEED", 0);
        var (results, failures) = Campaign.Run(Enumerable.Range(0, Seeds).Select(i => ScenarioOf(first + (ulong)i)));

        if (results.Count > 0)
        {
            Tell(results, TimeProvider.System.GetElapsedTime(start));
        }

        failures.ShouldBeEmpty(Explain(failures));
        results.ShouldAllBe(result => result.Hours >= 24);
        results.ShouldAllBe(result => result.QuietestHour.MarketEvents >= 60);
        results.ShouldAllBe(result => result.QuietestHour.OrderEvents >= 20);
        if (Seeds >= LeastSeeds)
        {
            Enum.GetValues<FaultKind>().Where(kind => Count(results, kind) < LeastOfEachFault).ShouldBeEmpty($"each fault happens at least {LeastOfEachFault} times");
        }
    }

    [Fact]
    public void Equal_scenarios_run_alike()
    {
        var (once, again) = (SimulationRun.Of(ScenarioOf(7)), SimulationRun.Of(ScenarioOf(7)));

        (again.Steps, again.Inputs, again.OrderEvents).ShouldBe((once.Steps, once.Inputs, once.OrderEvents));
        again.Faults.ShouldBe(once.Faults);
    }

    private static Scenario ScenarioOf(ulong seed) => new() { Seed = seed, Shape = Shapes[(int)(seed % (ulong)Shapes.Length)] };

    private static ulong Setting(string name, ulong otherwise) => ulong.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : otherwise;

    private static long Count(IReadOnlyList<SimulationResult> results, FaultKind kind) => results.Sum(result => result.Faults[(int)kind]);

    /// <summary>Every failure in a line, and the first one whole and shrunk.</summary>
    private static string Explain(IReadOnlyList<InvariantException> failures) => failures.Count == 0 ? "" : string.Join(
        '\n',
        failures.Select(failure => $"seed {failure.Scenario!.Seed}: {failure.Invariant}").Prepend($"{failures.Count} seeds failed")
            .Append(failures[0].Report()).Append("shrunk:").Append(Shrinking.Shrink(failures[0]).Report()).Append(failures[0].InnerException?.ToString() ?? ""));

    private void Tell(IReadOnlyList<SimulationResult> results, TimeSpan elapsed)
    {
        var hours = results.Sum(result => result.Hours);
        output.WriteLine(
            $"{results.Count} runs, {hours:N0} hours, {results.Sum(result => result.Hours * result.Bots):N0} bot-hours, {results.Sum(result => result.Steps):N0} steps, " +
            $"{results.Sum(result => result.Inputs):N0} inputs in {elapsed.TotalSeconds:0.0} s; per hour {results.Sum(result => result.MarketEvents) / hours:0} market events " +
            $"(least {results.Min(result => result.QuietestHour.MarketEvents)}) and {results.Sum(result => result.OrderEvents) / hours:0} order events (least {results.Min(result => result.QuietestHour.OrderEvents)})");
        output.WriteLine(string.Join(", ", Enum.GetValues<FaultKind>().Select(kind => $"{kind} {Count(results, kind)}")));
        var codes = results.SelectMany(result => result.Alerts.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        output.WriteLine(string.Join(", ", codes.Select(code => $"{code} {results.Sum(result => result.Alerts.GetValueOrDefault(code))}")));
    }
}
