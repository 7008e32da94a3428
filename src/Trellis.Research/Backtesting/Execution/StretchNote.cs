namespace Trellis.Research.Backtesting.Execution;

/// <summary>What a fill notes of the <see cref="Stretch"/> that it ends, as exact as it is; <see cref="StretchNotes"/> keeps estimates beside it.</summary>
internal struct StretchNote
{
    /// <summary>Equity at a close is this + size × notional factor × close.</summary>
    public Int128 Base;

    /// <summary>Net size of the lane.</summary>
    public long Size;

    /// <summary>Index of the only lane that may be exposed.</summary>
    public int Lane;

    public int From;

    public int To;
}
