using Trellis.Bench.Measuring;
using Trellis.Bench.Reporting;
using Trellis.Simulation;
using Trellis.Simulation.Scenarios;

namespace Trellis.Bench.Topics;

/// <summary>Simulated days of whole accounts: bots, exchange, faults, restarts and checks on one thread.</summary>
internal sealed class SimulationTopic : ITopic
{
    /// <summary>1,000 bot-hours a second.</summary>
    private const double BudgetPerBotHour = 1_000_000;

    public string Name => "simulation";

    public string Summary => "simulated days of accounts with bots, exchange, faults and restarts, one thread";

    public RuntimeSettings Settings => RuntimeSettings.LargePieces;

    public void Run(bool quick, TextWriter output)
    {
        var seeds = quick ? 4UL : 16UL;
        var table = new Table(1, "venue", "bot-hours", "steps", "best", "steps a second", "bot-hours a second", "÷ exchange alone", "budget per bot-hour", "");
        foreach (var shape in new[] { VenueShape.Coins, VenueShape.Contracts })
        {
            var scenarios = Enumerable.Range(0, (int)seeds).Select(seed => new Scenario { Seed = (ulong)seed, Shape = shape }).ToList();
            var (steps, hours) = (0L, 0.0);
            Action[] contestants =
            [
                () => (steps, hours) = Simulate(scenarios),
                () => Sink.Take(scenarios.Sum(ExchangeRun.Of)),
            ];
            Contest.WarmUp(contestants);
            var figures = Contest.Run(quick ? 2 : 3, contestants);
            var perBotHour = figures[0].Best / hours;
            table.Add(
                shape.Name,
                Text.Count((int)hours),
                Text.Count((int)steps),
                Text.Time(figures[0].Best),
                Text.Count((int)(steps * 1e9 / figures[0].Best)),
                Text.Count((int)(1e9 / perBotHour)),
                Text.Ratio(figures[0].Best, figures[1].Best),
                Text.Time(BudgetPerBotHour),
                Text.Verdict(perBotHour, BudgetPerBotHour));
        }

        table.Print(output);
        output.WriteLine("Baseline: the same markets and the same hand on the exchange alone, without bots, loop, faults and checks. The journal is replayed after each kill; the whole replay at the end of a run is left to the tests.");
    }

    private static (long Steps, double BotHours) Simulate(List<Scenario> scenarios)
    {
        var (steps, hours) = (0L, 0.0);
        foreach (var result in scenarios.Select(scenario => SimulationRun.Of(scenario, endsWithReplay: false)))
        {
            steps += result.Steps;
            hours += result.Hours * result.Bots;
        }

        return (steps, hours);
    }
}
