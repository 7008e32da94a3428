namespace Trellis.Core.Strategies.Grid;

/// <summary>What happens between two neighbouring lines. Quantities in quantity units.</summary>
internal struct GridCell
{
    /// <summary>The number of the cell's lower line.</summary>
    public int Line;

    /// <summary>Lower and upper line in price units.</summary>
    public int Low;

    public int High;

    /// <summary>+1 buys at the lower line and sells at the upper, −1 sells at the upper and buys back at the lower, 0 either.</summary>
    public int Direction;

    /// <summary>What one cycle trades.</summary>
    public long Quantity;

    /// <summary>What this cycle's entry has filled, before fees.</summary>
    public long Entered;

    /// <summary>What the cell holds (or is short of) and its exit has not taken yet, dust included.</summary>
    public long Held;

    /// <summary>Entry price × quantity of what is held, in price units × quantity units.</summary>
    public Int128 Cost;

    /// <summary>Whether an exit of the whole quantity is above the exchange's minimums.</summary>
    public bool WholeIsOrderable;

    /// <summary>The price was beyond the cell when it began, and nothing was bought: its entry waits for its own side, post-only or not.</summary>
    public bool Waits;

    /// <summary>The budget does not reach this far after a move of the window: no entry until the next move.</summary>
    public bool Sleeps;

    /// <summary>What the cell may tie up: its whole quantity at its entry (the lower line where it may go either way), or what it holds if that cost more.</summary>
    public readonly Int128 Commitment
    {
        get
        {
            var entry = Math.BigMul((long)EntryPrice, Quantity);
            return Entered > 0 && Cost > entry ? Cost : entry;
        }
    }

    public readonly int EntryPrice => Direction < 0 ? High : Low;

    public readonly int ExitPrice => Direction > 0 ? High : Low;

    /// <summary>Whether the cell lies beyond a price on the side where it would hold: above for a long cell, below for a short one.</summary>
    public readonly bool IsBeyond(int price) => Direction > 0 ? Low > price : High <= price;

    /// <summary>Takes a share of the cost along with a share of what is held, rounded down.</summary>
    public Int128 Release(long quantity)
    {
        var released = quantity >= Held ? Cost : Cost * quantity / Held;
        Cost -= released;
        Held -= quantity;
        return released;
    }
}
