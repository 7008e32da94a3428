using Trellis.Core.Numerics;

namespace Trellis.Data.Generation;

/// <summary>Calm, rising, falling and crashing markets; each lasts a random time and hands over to another.</summary>
internal sealed class RegimesPath(GeneratorOptions options, DeterministicRandom random) : PricePath(options, random)
{
    /// <summary>Gaps in a crash, per day.</summary>
    private const double CrashGapsPerDay = 24;

    private Regime regime = Regime.Calm;

    private enum Regime
    {
        Calm,
        Rising,
        Falling,
        Crash,
    }

    public override CandleMood Next(double price)
    {
        var meanDays = regime switch { Regime.Calm => 3.0, Regime.Crash => 0.125, _ => 2.0 };
        if (Random.NextUnit() < Steps / (meanDays * StepsPerDay))
        {
            regime = Follow(regime, Random.NextUnit());
        }

        return regime switch
        {
            Regime.Calm => new CandleMood(0, 0.6 * StepVolatility, 0),
            Regime.Rising => new CandleMood(0.75 * DailyVolatility / StepsPerDay, StepVolatility, 0),
            Regime.Falling => new CandleMood(-0.5 * DailyVolatility / StepsPerDay, StepVolatility, 0),
            _ => new CandleMood(-6 * DailyVolatility / StepsPerDay, 4 * StepVolatility, CrashGap()),
        };
    }

    private static Regime Follow(Regime regime, double draw) => regime switch
    {
        Regime.Calm => draw < 0.45 ? Regime.Rising : draw < 0.9 ? Regime.Falling : Regime.Crash,
        Regime.Crash => draw < 0.5 ? Regime.Calm : Regime.Rising,
        _ => draw < 0.95 ? Regime.Calm : Regime.Crash,
    };

    private double CrashGap() => Random.NextUnit() < CrashGapsPerDay * Steps / StepsPerDay
        ? -(0.25 + (0.5 * Random.NextUnit())) * DailyVolatility
        : 0;
}
