using Trellis.Simulation.Exchange;
using Trellis.Simulation.Scenarios;

namespace Trellis.Simulation;

/// <summary>A scenario's markets and hand on its exchange alone: what a simulation costs without loop, shell and faults.</summary>
public static class ExchangeRun
{
    /// <returns>How many order events the exchange told.</returns>
    public static long Of(Scenario scenario)
    {
        var settings = RandomAccount.Of(scenario);
        var exchange = new SimulatedExchange(settings, scenario.Shape, World.Start, World.Wallet);
        var hand = new Hand(exchange, settings, scenario.Seed ^ World.HandSeed);
        List<MarketPath> paths = [.. settings.Markets.Select((_, market) => new MarketPath(exchange, market, World.PathSeed(scenario, market)))];
        var handed = 0L;
        for (var time = World.BetweenQuotes; time <= scenario.Hours * World.Hour; time += World.BetweenQuotes)
        {
            exchange.Time = World.Start + time;
            paths.ForEach(path => path.Move());
            for (; handed * World.Hour < time * World.HandPerHour; handed++)
            {
                hand.Act(paths);
            }

            exchange.News.Clear();
        }

        return exchange.OrderEvents;
    }
}
