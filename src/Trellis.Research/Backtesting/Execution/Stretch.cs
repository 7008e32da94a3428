namespace Trellis.Research.Backtesting.Execution;

/// <summary>
/// Candles [From, To) of the run in which the account stood still with at most one lane exposed: equity at a close is
/// Base + size × notional factor × close. Bounds and the first equity are doubles, each right within <see cref="Error"/>.
/// </summary>
internal struct Stretch
{
    public Int128 Base;

    public Lane? Lane;

    /// <summary>Net size of the lane; 0 where nothing is exposed.</summary>
    public long Size;

    public int From;

    public int To;

    /// <summary>No close of the stretch has less equity.</summary>
    public double Low;

    /// <summary>No close of the stretch has more equity.</summary>
    public double High;

    /// <summary>Equity at the first close.</summary>
    public double First;

    public double Error;

    public readonly Int128 EquityAt(int close) => Lane is null ? Base : Base + Math.BigMul(close * Lane.Factor, Size);

    public readonly double RoughEquityAt(int close) => Estimate.Of(Base) + (Slope() * close);

    /// <summary>The close prices between which all of the stretch lies, from the candles themselves.</summary>
    public readonly (int Lowest, int Highest) Closes() =>
        Lane is null ? (0, 0) : CloseRange.Of(Lane.Candles, From + Lane.Offset, To + Lane.Offset);

    /// <summary>Draws the bounds from two prices between which all closes lie.</summary>
    public void Bound(int lowest, int highest)
    {
        var slope = Slope();
        var atBase = Estimate.Of(Base);
        var first = atBase + (slope * lowest);
        var second = atBase + (slope * highest);
        Error = Estimate.Doubt * 1e-3 * (Math.Abs(atBase) + Math.Abs(slope * highest) + Estimate.Floor);
        (Low, High) = slope >= 0 ? (first - Error, second + Error) : (second - Error, first + Error);
    }

    /// <summary>Draws the bounds from the candles.</summary>
    public void BoundByCloses()
    {
        var (lowest, highest) = Closes();
        Bound(lowest, highest);
    }

    private readonly double Slope() => Lane is null ? 0 : (double)Size * Lane.Factor;
}
