using Trellis.Core.Numerics;

namespace Trellis.Core.Strategies.Dca;

/// <summary>
/// Where the safety orders lie and how large they are, as shares that follow from the options alone
/// (docs/strategies/dca.md, "Safety orders").
/// </summary>
internal sealed class DcaLadder
{
    /// <summary>Offsets are counted in 10^-15: finer than any tick of a price.</summary>
    private const int OffsetDecimals = 15;
    private const decimal OffsetScale = 1_000_000_000_000_000m;
    private const long WholeOffset = 1_000_000_000_000_000;

    /// <summary>An offset or a factor that reaches this is not followed any further.</summary>
    private const decimal Furthest = 9_000m;

    private readonly long[] offsets;
    private readonly long[] factors;
    private readonly int direction;

    public DcaLadder(DcaOptions options)
    {
        direction = options.Direction == DcaDirection.Short ? -1 : 1;
        offsets = new long[options.MaxSafetyOrders];
        factors = new long[options.MaxSafetyOrders];
        var (step, factor, offset) = (options.DeviationPercent.GetValueOrDefault() / 100m, 1m, 0m);
        for (var n = 0; n < offsets.Length; n++)
        {
            offset = options.DeviationMode == DeviationMode.Cumulative ? offset + step : step;
            offsets[n] = (long)(decimal.Round(Math.Min(offset, Furthest), OffsetDecimals, MidpointRounding.ToEven) * OffsetScale);
            factors[n] = Shares.Of(Math.Min(factor, Furthest));
            step = Math.Min(step * options.StepScale, Furthest);
            factor = Math.Min(factor * options.VolumeScale, Furthest);
            offset = Math.Min(offset, Furthest);
        }
    }

    public int Count => offsets.Length;

    /// <summary>Distance of safety order n from the base order's fill price as a share of it.</summary>
    public decimal Offset(int n) => offsets[n] / OffsetScale;

    /// <summary>Size of safety order n as a multiple of the first, in 10^-12.</summary>
    public long Factor(int n) => factors[n];

    /// <summary>Size of safety order n, rounded down.</summary>
    /// <param name="n">From 0.</param>
    /// <param name="first">Size of the first, in any unit of money.</param>
    public Int128 Size(int n, Int128 first)
    {
        // In two parts, since the product of both may be wider than 128 bits.
        var (whole, rest) = Int128.DivRem(first, Shares.Whole);
        return (whole * factors[n]) + (rest * factors[n] / Shares.Whole);
    }

    /// <summary>Price of safety order n on the tick, rounded away from the base order; 0 where there is no such price.</summary>
    /// <param name="n">From 0.</param>
    /// <param name="basePrice">Fill price of the base order, in price units.</param>
    /// <param name="terms">Of the deal.</param>
    public int Price(int n, int basePrice, in DcaTerms terms)
    {
        if (offsets[n] >= Furthest * OffsetScale)
        {
            return 0;
        }

        return terms.OnTick((Int128)basePrice * (WholeOffset - (direction * (Int128)offsets[n])), WholeOffset, up: direction < 0);
    }
}
