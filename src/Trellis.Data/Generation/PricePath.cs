using Trellis.Core.Numerics;

namespace Trellis.Data.Generation;

/// <summary>
/// The price between and within candles, in ticks. A model answers what drift, volatility and gap the next candle
/// has; each candle is then <see cref="Steps"/> steps of <c>price × (1 + drift + volatility × bell)</c>.
/// Only + − × ÷ and sqrt are used, which IEEE 754 fixes to the bit.
/// </summary>
internal abstract class PricePath
{
    /// <summary>Steps within a candle.</summary>
    public const int Steps = 8;

    /// <summary>Prices stay between 1 and this many ticks.</summary>
    public const int HighestTick = 2_000_000_000;

    private const double MillisecondsPerDay = 86_400_000;

    protected PricePath(GeneratorOptions options, DeterministicRandom random)
    {
        Random = random;
        StepsPerDay = MillisecondsPerDay / options.Interval.Milliseconds * Steps;
        DailyVolatility = (double)options.VolatilityPercent / 100;
        StepVolatility = DailyVolatility / Math.Sqrt(StepsPerDay);
    }

    protected DeterministicRandom Random { get; }

    protected double StepsPerDay { get; }

    /// <summary>Standard deviation of a day's return as a share.</summary>
    protected double DailyVolatility { get; }

    /// <summary>Standard deviation of a step's return as a share.</summary>
    protected double StepVolatility { get; }

    /// <summary>What the next candle is like.</summary>
    /// <param name="price">The close before it, in ticks.</param>
    public abstract CandleMood Next(double price);

    public static PricePath Create(GeneratorOptions options, DeterministicRandom random, double startTicks) => options.Model switch
    {
        GeneratorModel.MeanReversion => new MeanReversionPath(options, random, startTicks),
        GeneratorModel.Regimes => new RegimesPath(options, random),
        GeneratorModel.Jumps => new JumpsPath(options, random),
        _ => new RandomWalkPath(options, random),
    };
}

/// <summary>The character of one candle.</summary>
/// <param name="Drift">Expected return of a step, as a share.</param>
/// <param name="Volatility">Standard deviation of a step's return, as a share.</param>
/// <param name="Gap">Return between the last close and the open, as a share; 0 is none.</param>
internal readonly record struct CandleMood(double Drift, double Volatility, double Gap);

internal sealed class RandomWalkPath(GeneratorOptions options, DeterministicRandom random) : PricePath(options, random)
{
    public override CandleMood Next(double price) => new(0, StepVolatility, 0);
}

internal sealed class MeanReversionPath(GeneratorOptions options, DeterministicRandom random, double anchor) : PricePath(options, random)
{
    /// <summary>The natural logarithm of 2: what is left of a distance after a day is about one half.</summary>
    private const double HalfADay = 0.6931471805599453;

    public override CandleMood Next(double price) => new(HalfADay / StepsPerDay * ((anchor - price) / price), StepVolatility, 0);
}

internal sealed class JumpsPath(GeneratorOptions options, DeterministicRandom random) : PricePath(options, random)
{
    private const double JumpsPerDay = 4;

    public override CandleMood Next(double price)
    {
        var gap = 0.0;
        if (Random.NextUnit() < JumpsPerDay * Steps / StepsPerDay)
        {
            var size = Random.NextUnit();
            var magnitude = (0.25 + (1.5 * size * size)) * DailyVolatility;
            gap = Random.NextUnit() < 0.5 ? -magnitude : magnitude;
        }

        return new CandleMood(0, 0.7 * StepVolatility, gap);
    }
}
