namespace Trellis.Core.Metrics;

/// <summary>A fill or a funding payment as metrics see it. Money in units of 10^-12 quote currency.</summary>
public readonly record struct AccountEntry
{
    /// <summary>Open time of its candle, Unix milliseconds.</summary>
    public required long Time { get; init; }

    /// <summary>Index of the instrument.</summary>
    public int Instrument { get; init; }

    /// <summary>Index of the position: of a bot, on an instrument, and in hedge mode of a side.</summary>
    public int Position { get; init; }

    /// <summary>False for a funding payment.</summary>
    public bool IsFill { get; init; }

    public bool IsMaker { get; init; }

    /// <summary>What a fill adds to the position, signed, in quantity units; without what was kept as a fee.</summary>
    public long SizeChange { get; init; }

    /// <summary>Price × quantity × multiplier of a fill, at least 0.</summary>
    public Int128 Notional { get; init; }

    /// <summary>Below 0 where it was paid.</summary>
    public Int128 Fee { get; init; }

    public Int128 Realized { get; init; }

    public Int128 Funding { get; init; }
}
