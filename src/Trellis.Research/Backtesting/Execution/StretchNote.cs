namespace Trellis.Research.Backtesting.Execution;

/// <summary>What a fill notes of the <see cref="Stretch"/> that it ends: whole numbers only, to be judged later.</summary>
internal struct StretchNote
{
    /// <summary>Equity at a close is this + size × notional factor × close.</summary>
    public Int128 Base;

    /// <summary>Net size of the lane; 0 where nothing is exposed.</summary>
    public long Size;

    /// <summary>Index of the exposed lane; −1 for none, and then there are no closes.</summary>
    public int Lane;

    public int From;

    public int To;

    public int FirstClose;

    /// <summary>No close was below this.</summary>
    public int LowestClose;

    /// <summary>No close was above this.</summary>
    public int HighestClose;
}
