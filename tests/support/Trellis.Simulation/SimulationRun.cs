using Trellis.Simulation.Scenarios;
using Trellis.Simulation.Shell;

namespace Trellis.Simulation;

/// <summary>Runs scenarios.</summary>
public static class SimulationRun
{
    private const int HoursBetweenRests = 8;
    private const long Hour = 3_600_000;

    /// <summary>Runs a scenario to its end.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="seam">How the shell does wrong; null for a right one.</param>
    /// <param name="endsWithReplay">Whether the whole journal is replayed once more at the end.</param>
    /// <exception cref="InvariantException">An invariant does not hold; the scenario runs into it again.</exception>
    public static SimulationResult Of(Scenario scenario, ShellSeam? seam = null, bool endsWithReplay = true)
    {
        var world = new World(scenario, seam ?? new ShellSeam());
        try
        {
            world.Begin();
            for (var hour = 1; hour <= scenario.Hours; hour++)
            {
                world.RunHour();
                if (hour % HoursBetweenRests == 0 || hour == scenario.Hours)
                {
                    world.Rest();
                }
            }

            if (endsWithReplay)
            {
                world.CheckReplay();
            }
        }
#pragma warning disable CA1031 // Whatever ends a run is told with its scenario.
        catch (Exception error)
#pragma warning restore CA1031
        {
            var known = error as InvariantException;
            throw new InvariantException(known?.Invariant ?? "no part throws", known?.Detail ?? $"{error.GetType().Name}: {error.Message}", error)
            {
                Step = world.Steps,
                Since = world.Now - World.Start,
                Scenario = scenario,
            };
        }

        return new SimulationResult
        {
            Hours = (world.Now - World.Start) / (double)Hour,
            Bots = world.Settings.Bots.Count,
            Markets = world.Settings.Markets.Count,
            Steps = world.Steps,
            Inputs = world.Shell.Inputs,
            MarketEvents = world.MarketEvents,
            OrderEvents = world.Exchange.OrderEvents,
            QuietestHour = world.QuietestHour,
            HandOrders = world.HandOrders,
            Faults = world.Dice.Counts,
            Alerts = world.Watch.Alerts,
        };
    }
}
