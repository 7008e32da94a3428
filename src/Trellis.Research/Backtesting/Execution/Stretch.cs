namespace Trellis.Research.Backtesting.Execution;

/// <summary>
/// Candles [From, To) of the run in which the account stood still with at most one lane exposed: equity at a close is
/// Base + size × notional factor × close.
/// </summary>
internal struct Stretch
{
    public Int128 Base;

    public Lane? Lane;

    /// <summary>Net size of the lane; 0 where nothing is exposed.</summary>
    public long Size;

    public int From;

    public int To;

    public EquityBounds Bounds;

    /// <summary>Equity at the first close, right within the error of the bounds.</summary>
    public double First;

    public readonly Int128 EquityAt(int close) => Lane is null ? Base : Base + Math.BigMul(close * Lane.Factor, Size);

    /// <summary>The close prices between which all of the stretch lies, from the candles themselves.</summary>
    public readonly (int Lowest, int Highest) Closes() =>
        Lane is null ? (0, 0) : CloseRange.Of(Lane.Candles, From + Lane.Offset, To + Lane.Offset);

    /// <summary>Draws the bounds from the candles.</summary>
    public void BoundByCloses()
    {
        var (lowest, highest) = Closes();
        Bounds = EquityBounds.Of(Estimate.Of(Base), Lane is null ? 0 : (double)Size * Lane.Factor, lowest, highest);
    }
}

/// <summary>Between what equity lies while the account stands still.</summary>
/// <param name="Low">No close has less.</param>
/// <param name="High">No close has more.</param>
/// <param name="Error">How far a double may be off the exact equity.</param>
internal readonly record struct EquityBounds(double Low, double High, double Error)
{
    /// <summary>The error of a bound, as a share of the amounts that go into it.</summary>
    public const double RoomOf = Estimate.Doubt * 1e-3;

    /// <summary>The least error: the low half of a small negative amount lies near 2^64, where doubles are 2048 apart.</summary>
    public const double LeastError = 2048;

    /// <summary>From two prices between which all closes lie.</summary>
    public static EquityBounds Of(double atBase, double slope, int lowest, int highest)
    {
        var first = atBase + (slope * lowest);
        var second = atBase + (slope * highest);
        var error = LeastError + (RoomOf * (Math.Abs(atBase) + Math.Abs(slope * highest)));
        return slope >= 0 ? new EquityBounds(first - error, second + error, error) : new EquityBounds(second - error, first + error, error);
    }
}
