using Trellis.Core.Markets;
using Trellis.Core.Strategies;
using Trellis.Core.Strategies.Signals;
using Trellis.Research.Backtesting;

namespace Trellis.Research.Tests.Fuzz;

/// <summary>Signal bots whose windows are short enough to trade often within a short case.</summary>
internal static class RandomSignal
{
    public static Func<IStrategy> Make(Random random, LaneSetup lane, decimal leverage, bool hedgeMode)
    {
        var isSpot = lane.Units.Instrument.Id.Market == MarketKind.Spot;
        var sizing = (SignalSizing)random.Next(3);
        var stop = sizing == SignalSizing.RiskPerTrade ? random.Next(2) : random.Next(3);
        var target = random.Next(stop < 2 ? 4 : 3);
        var signal = Signal(random);
        var options = new SignalOptions
        {
            Name = "random",
            Timeframe = random.Next(3) == 0 ? Interval.Parse(random.Next(2) == 0 ? "3m" : "5m") : null,
            Direction = isSpot ? SignalDirection.Long : (SignalDirection)random.Next(3),
            Sizing = sizing,
            Size = sizing switch
            {
                SignalSizing.Fixed => random.Next(20, 1_200),
                SignalSizing.PercentOfEquity => random.Next(5, 100),
                _ => random.Next(1, 60) / 10m,
            },
            Leverage = isSpot ? 1m : leverage,
            StopLossPercent = stop == 0 ? random.Next(1, 60) / 10m : null,
            StopLossAtr = stop == 1 ? random.Next(1, 40) / 10m : null,
            TakeProfitPercent = target == 0 ? random.Next(1, 80) / 10m : null,
            TakeProfitAtr = target == 1 ? random.Next(1, 60) / 10m : null,
            TakeProfitR = target == 3 ? random.Next(2, 50) / 10m : null,
            AtrPeriod = random.Next(1, 8),
            OnOpposite = (OppositeSignal)random.Next(3),
            MaxBars = random.Next(3) == 0 ? random.Next(1, 15) : null,
            CooldownBars = random.Next(3) == 0 ? random.Next(1, 6) : 0,
        };
        return () => new SignalStrategy(options, signal, hedgeMode);
    }

    private static ISignal Signal(Random random)
    {
        var period = random.Next(1, 8);
        return random.Next(4) switch
        {
            0 => new RsiReversal(period, 40, 60),
            1 => new Breakout(period),
            _ => new SmaCross(period, period + random.Next(1, 12)),
        };
    }
}
