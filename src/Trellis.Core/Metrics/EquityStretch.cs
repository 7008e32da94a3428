using Trellis.Core.Markets;

namespace Trellis.Core.Metrics;

/// <summary>Closes between two bookings, at least one, and what equity was at them.</summary>
public readonly ref struct EquityStretch
{
    public EquityStretch(ReadOnlySpan<int> prices, EquityLine line)
    {
        Prices = prices;
        Line = line;
        (LowestPrice, HighestPrice) = (CandleIndex.Minimum(prices), CandleIndex.Maximum(prices));
        var (atLowest, atHighest) = (line.At(LowestPrice), line.At(HighestPrice));
        (Least, Most) = atLowest < atHighest ? (atLowest, atHighest) : (atHighest, atLowest);
    }

    /// <summary>The closes, in price units.</summary>
    public ReadOnlySpan<int> Prices { get; }

    public EquityLine Line { get; }

    public int LowestPrice { get; }

    public int HighestPrice { get; }

    /// <summary>Lowest equity, in units of 10^-12.</summary>
    public Int128 Least { get; }

    /// <summary>Highest equity, in units of 10^-12.</summary>
    public Int128 Most { get; }
}
