using Trellis.Core.Numerics;
using Trellis.Core.Trading;
using Trellis.Simulation.Faults;

namespace Trellis.Simulation.Scenarios;

/// <summary>The account of a scenario: markets, bots and limits, drawn from its seed.</summary>
public static class RandomAccount
{
    public static TradingSettings Of(Scenario scenario)
    {
        var random = new DeterministicRandom(scenario.Seed ^ 0xACC0);
        var hedge = random.NextUnit() < 0.35;
        var markets = 1 + (int)(random.NextUnit() * 1.8);
        var count = Math.Max(markets, 1 + (int)(random.NextUnit() * 4));
        var drawn = new RandomBots(random, hedge);
        var bots = Enumerable.Range(0, count).Select(i => drawn.Next($"bot{i}", i % markets, !hedge && count > markets)).Take(scenario.MostBots).ToList();
        return new TradingSettings
        {
            Installation = "sim1",
            Markets = [.. Enumerable.Range(0, markets).Select(market => SimulatedMarkets.Of(scenario.Shape, market))],
            Bots = bots,
            HedgeMode = hedge,
            Currency = "USDT",
            CandleInterval = World.Candle,
            ReconcileEvery = random.NextUnit() < 0.3 ? 60_000 : 300_000,
            Limits = scenario.Without.Contains(FaultKind.DrawdownLimit) ? Limits(random) with { MaxDrawdownPercent = null } : Limits(random),
        };
    }

    private static RiskLimits Limits(DeterministicRandom random) => random.NextUnit() < 0.4 ? new RiskLimits() : new RiskLimits
    {
        MaxPosition = random.NextUnit() < 0.5 ? 500m + (decimal)Math.Round(random.NextUnit() * 3_000) : null,
        MaxTotalExposure = random.NextUnit() < 0.4 ? 1_000m + (decimal)Math.Round(random.NextUnit() * 5_000) : null,
        MaxOrdersPerInstrument = random.NextUnit() < 0.4 ? 4 + (int)(random.NextUnit() * 10) : null,
        PriceCollarPercent = random.NextUnit() < 0.4 ? 1m + (decimal)Math.Round(random.NextUnit() * 5, 1) : null,
        MaxDrawdownPercent = random.NextUnit() < 0.4 ? 0.05m + (decimal)Math.Round(random.NextUnit() * 0.5, 2) : null,
    };
}
